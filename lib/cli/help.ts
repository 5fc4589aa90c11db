import { beside, wrap } from './columns.ts'
import type { CommandName, Option, OptionGroup } from './option.ts'
import { commands, options } from './options-table.ts'

const width = 80
const column = 30
const program = 'npx http-auth-conformance'

function row(name: string, says: string): string {
  return beside(`  ${name}`, says, column, width)
}

function optionRow(option: Option): string {
  const value = option.value === undefined ? '' : ` ${option.value}`
  const repeats = option.form === 'many' || option.form === 'keyed' ? ' …' : ''
  return row(`--${option.name}${value}${repeats}`, option.says)
}

function groupsOf(shown: readonly Option[]): readonly string[] {
  const groups: readonly OptionGroup[] = [...new Set(shown.map(({ group }) => group))]
  return groups.map((group) =>
    [group, ...shown.filter((option) => option.group === group).map(optionRow)].join('\n'),
  )
}

function commandRow(name: CommandName): string {
  const { operand, says } = commands[name]
  return row(operand === undefined ? name : `${name} ${operand}`, says)
}

const places = wrap(
  'Every option has a variable: CONFORMANCE_LOGIN_BUDGET is --login-budget. So that no process ' +
    'list shows a secret, give it as CONFORMANCE_USER, as CONFORMANCE_ACCOUNT_PLUS_SLASH for an ' +
    'account, as CONFORMANCE_SCHEME_TOKEN for the word Token, or in a file: --user-file FILE, ' +
    'CONFORMANCE_USER_FILE.',
  width,
).join('\n')

const exits = [
  'Exit code',
  '  0  nothing closes the gate        1  a result does (--fail-on)',
  '  2  usage or configuration         3  it could not be judged',
  '  130  interrupted',
].join('\n')

/** What fits one screen and is shown where no server was named. */
function firstScreen(): string {
  return [
    "Says, clause by clause, whether an HTTP server's authentication is right.",
    ['Usage', `  ${program} --target URL [options]`, `  ${program} COMMAND [options]`].join('\n'),
    [
      'Examples',
      `  ${program} demo`,
      `  ${program} --target https://api.example.test/me`,
      '  CONFORMANCE_USER=alice:secret \\',
      `    ${program} --target https://api.example.test/me`,
      `  ${program} --target URL --only challenge,rfc7617`,
    ].join('\n'),
    ['Commands', ...Object.keys(commands).map((name) => commandRow(name as CommandName))].join(
      '\n',
    ),
  ].join('\n\n')
}

/** The help of the tool or of one command, at most 80 columns wide, with a line end. */
export function helpText(of?: CommandName): string {
  const sections =
    of === undefined
      ? [firstScreen(), ...groupsOf(options), places, exits]
      : [
          `${commands[of].says}`,
          `Usage\n  ${[program, of, commands[of].operand, '[options]'].filter(Boolean).join(' ')}`,
          ...groupsOf(options.filter((option) => option.commands.includes(of))),
          places,
        ]
  return `${sections.join('\n\n')}\n`
}

/** The beginning of the help, for a caller who named no server. */
export function shortHelp(): string {
  return `${firstScreen()}\n\nAll options: \`${program} --help\`.\n`
}
