import type { CommandName, Option } from './option.ts'

const all: readonly CommandName[] = [
  'run',
  'demo',
  'doctor',
  'list',
  'explain',
  'coverage',
  'export',
  'serve',
]
const live: readonly CommandName[] = ['run', 'doctor']
const target: readonly CommandName[] = ['run', 'doctor', 'explain']
const judging: readonly CommandName[] = ['run', 'demo']
const sending: readonly CommandName[] = ['run', 'demo', 'doctor']

/** Every option there is, in the order help shows them. */
export const options: readonly Option[] = [
  {
    name: 'target',
    form: 'once',
    value: 'URL',
    group: 'Target',
    says: 'The protected resource; for a named profile, the base its paths are appended to.',
    commands: target,
  },
  {
    name: 'public',
    form: 'once',
    value: 'URL',
    group: 'Target',
    says: 'A URL of the same origin that needs no credential.',
    commands: live,
  },
  {
    name: 'profile',
    form: 'once',
    value: 'NAME|FILE',
    group: 'Target',
    says: 'What the API calls things: a built-in profile or a .json file. Default: generic.',
    commands: [...target, 'coverage'],
  },
  {
    name: 'method',
    form: 'once',
    value: 'M',
    group: 'Target',
    says: 'Method of the protected resource (generic profile). Default: GET, with --data POST.',
    commands: live,
  },
  {
    name: 'data',
    form: 'once',
    value: 'D',
    group: 'Target',
    says: 'Body of the protected resource (generic profile): JSON or a form.',
    commands: live,
  },
  {
    name: 'witness',
    form: 'many',
    value: 'SPEC',
    group: 'Target',
    says: 'How a granted answer is known: status=200, text=…, or pointer=/a/b.',
    commands: live,
  },
  {
    name: 'user',
    form: 'once',
    value: 'NAME:PASSWORD',
    group: 'Credentials',
    says: 'Basic credentials. NAME alone asks for the password.',
    commands: live,
    secret: true,
  },
  {
    name: 'account',
    form: 'keyed',
    value: 'NAME=USER:PASSWORD',
    group: 'Credentials',
    says: 'A further identity, such as plus-slash, colon, utf8 or long.',
    commands: live,
    secret: true,
  },
  {
    name: 'scheme',
    form: 'keyed',
    value: 'WORD=SECRET',
    group: 'Credentials',
    says: 'An API token sent after WORD, such as Token=….',
    commands: live,
    secret: true,
  },
  {
    name: 'bearer',
    form: 'once',
    value: 'TOKEN',
    group: 'Credentials',
    says: 'A valid bearer token.',
    commands: live,
    secret: true,
  },
  {
    name: 'header',
    form: 'many',
    value: "'N: v'",
    group: 'Credentials',
    says: 'A field line sent with every request. Its value counts as secret.',
    commands: live,
    secret: true,
  },
  {
    name: 'ca',
    form: 'once',
    value: 'FILE',
    group: 'Connection',
    says: 'Certificates to trust besides the usual ones (PEM).',
    commands: live,
  },
  {
    name: 'servername',
    form: 'once',
    value: 'N',
    group: 'Connection',
    says: 'The name to ask for and to check in TLS. Default: the host of the target.',
    commands: live,
  },
  {
    name: 'insecure',
    form: 'flag',
    group: 'Connection',
    says: 'Do not check the certificate. Credentials then need --allow cleartext-secret.',
    commands: live,
  },
  {
    name: 'resolve',
    form: 'many',
    value: 'HOST:PORT:ADDR',
    group: 'Connection',
    says: 'Connect to ADDR where HOST:PORT is meant.',
    commands: live,
  },
  {
    name: 'timeout',
    form: 'once',
    value: 'MS',
    group: 'Connection',
    says: 'Time for one exchange. Default: 10000.',
    commands: sending,
  },
  {
    name: 'suite',
    form: 'many',
    value: 'FILE',
    group: 'Selection',
    says: 'Run the cases of this .json file too.',
    commands: ['run', 'explain', 'list'],
  },
  {
    name: 'only',
    form: 'list',
    value: 'PATTERN',
    group: 'Selection',
    says: 'Cases, suites or clauses to run; * stands for anything.',
    commands: judging,
  },
  {
    name: 'skip',
    form: 'list',
    value: 'PATTERN',
    group: 'Selection',
    says: 'Cases, suites or clauses to leave out.',
    commands: judging,
  },
  {
    name: 'allow',
    form: 'list',
    value: 'LIST',
    group: 'Selection',
    says: 'Risks to take: heavy, intrusive, changes-keys, unsafe-method, cleartext-secret.',
    commands: live,
  },
  {
    name: 'dry-run',
    form: 'flag',
    group: 'Selection',
    says: 'Print what would be run and what it would cost; send nothing.',
    commands: ['run'],
  },
  {
    name: 'concurrency',
    form: 'once',
    value: 'N',
    group: 'Pace',
    says: 'Brackets side by side, where no log-in budget is at stake. Default: 1.',
    commands: judging,
  },
  {
    name: 'rate',
    form: 'once',
    value: 'N',
    group: 'Pace',
    says: 'Requests per second. Default: 10, on this machine unlimited.',
    commands: live,
  },
  {
    name: 'login-budget',
    form: 'once',
    value: 'N',
    group: 'Pace',
    says: 'Failed log-ins per user. Default: 10, on this machine unlimited.',
    commands: live,
  },
  {
    name: 'seed',
    form: 'once',
    value: 'N',
    group: 'Pace',
    says: 'Where all that is random comes from. Default: a new one, kept in the report.',
    commands: [...sending, 'explain'],
  },
  {
    name: 'reporter',
    form: 'list',
    value: 'LIST',
    group: 'Results',
    says: 'What to print or write besides report.json and index.html. Default: terminal.',
    commands: judging,
  },
  {
    name: 'out',
    form: 'once',
    value: 'DIR',
    group: 'Results',
    says: 'Where report files go. Default: reports/latest.',
    commands: [...judging, 'export'],
  },
  {
    name: 'strict',
    form: 'flag',
    group: 'Results',
    says: 'A broken MUST that is softened by default fails.',
    commands: judging,
  },
  {
    name: 'fail-on',
    form: 'list',
    value: 'LIST',
    group: 'Results',
    says: 'Verdicts that close the gate besides fail, such as warn:high.',
    commands: judging,
  },
  {
    name: 'max-inconclusive',
    form: 'once',
    value: 'N',
    group: 'Results',
    says: 'How many results, or N%, may stay unjudged. Default: 10%.',
    commands: judging,
  },
  {
    name: 'json',
    form: 'flag',
    group: 'Results',
    says: 'Print one JSON document instead of text.',
    commands: ['list', 'explain', 'coverage', 'doctor'],
  },
  {
    name: 'system',
    form: 'once',
    value: 'NAME',
    group: 'Built-in server',
    says: 'Which built-in server.',
    commands: ['demo', 'serve'],
  },
  {
    name: 'mutant',
    form: 'once',
    value: 'NAME',
    group: 'Built-in server',
    says: 'Give the built-in server this one defect.',
    commands: ['demo', 'serve'],
  },
  {
    name: 'mutants',
    form: 'flag',
    group: 'Built-in server',
    says: 'List the defects instead of the cases.',
    commands: ['list'],
  },
  {
    name: 'port',
    form: 'once',
    value: 'N',
    group: 'Built-in server',
    says: 'Listen there. Default: any free port.',
    commands: ['serve'],
  },
  {
    name: 'expose',
    form: 'flag',
    group: 'Built-in server',
    says: 'Listen on every address, not only on this machine. It has known defects.',
    commands: ['serve'],
  },
  {
    name: 'config',
    form: 'once',
    value: 'FILE',
    group: 'General',
    says: 'Read options from a .json file; none is read unless named here.',
    commands: sending,
  },
  {
    name: 'color',
    form: 'flag',
    group: 'General',
    says: 'Colours always; with --no-color never. Default: on a terminal.',
    commands: all,
  },
  {
    name: 'help',
    form: 'flag',
    group: 'General',
    says: 'Print this, or after a command its own help.',
    commands: all,
    lineOnly: true,
  },
  {
    name: 'version',
    form: 'flag',
    group: 'General',
    says: 'Print the version.',
    commands: all,
    lineOnly: true,
  },
]

/** The option that reads the value of a secret one from a file, so that no process list shows it. */
export function fileTwin(option: Option): Option {
  return {
    name: `${option.name}-file`,
    form: 'once',
    value: 'FILE',
    group: option.group,
    says: `The same from a file${option.form === 'once' ? '' : ', one a line'}.`,
    commands: option.commands,
  }
}

const byName: ReadonlyMap<string, Option> = new Map(
  options
    .flatMap((option) => (option.secret ? [option, fileTwin(option)] : [option]))
    .map((option) => [option.name, option]),
)

/** All names an option can have on a line, the `-file` twins of secrets included. */
export function optionNames(): readonly string[] {
  return [...byName.keys()]
}

/** Looks an option up by its name without dashes. */
export function optionNamed(name: string): Option | undefined {
  return byName.get(name)
}

/** What a command is for, in one sentence, and what it takes besides options. */
export const commands: Readonly<
  Record<CommandName, { readonly says: string; readonly operand?: string }>
> = {
  run: { says: 'Judge a server (the default).' },
  demo: { says: 'Judge the built-in server, or one of its defects.' },
  doctor: { says: 'Check connection and credentials; judge nothing.' },
  list: { says: 'List the cases, or with --mutants the defects that prove them.' },
  explain: { says: 'Show the bytes, control and clauses of a case.', operand: 'ID' },
  coverage: { says: 'Show which requirement is decided by which case.' },
  export: { says: 'Write suites, clauses and profiles as JSON.' },
  serve: { says: 'Start the built-in server, for authors of clients.' },
}
