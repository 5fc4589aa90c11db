import { parseLine } from './arguments.ts'
import { readConfig } from './config-file.ts'
import { type Environment, readEnvironment } from './environment.ts'
import { type GateOptions, readGate } from './gate-options.ts'
import type { CommandName, Given } from './option.ts'
import { repeatWords } from './repeat.ts'
import { defined, type RunSettings, readRunSettings } from './run-settings.ts'
import { type ReadFile, readNamed, type Settings, settle } from './settings.ts'
import { readTarget, type TargetInput } from './target-input.ts'
import { readUrl } from './target-url.ts'
import { UsageError } from './usage-error.ts'
import { flag, integer, listed, text } from './values.ts'

/** Where results go. */
export interface OutputOptions {
  /** Reporters by name; the first that has no file of its own is printed. */
  readonly reporters: readonly string[]
  readonly out: string
}

interface Judging {
  readonly run: RunSettings
  readonly gate: GateOptions
  readonly output: OutputOptions
}

export interface RunInvocation extends Judging {
  readonly command: 'run'
  readonly target: TargetInput
  readonly suiteFiles: readonly string[]
  readonly dryRun: boolean
  readonly repeat: readonly string[]
}
export interface DoctorInvocation {
  readonly command: 'doctor'
  readonly target: TargetInput
  readonly run: RunSettings
  readonly json: boolean
  readonly repeat: readonly string[]
}
export interface DemoInvocation extends Judging {
  readonly command: 'demo'
  readonly system?: string
  readonly mutant?: string
}
export interface ListInvocation {
  readonly command: 'list'
  readonly mutants: boolean
  readonly suiteFiles: readonly string[]
  readonly json: boolean
}
export interface ExplainInvocation {
  readonly command: 'explain'
  readonly id: string
  readonly url?: URL
  readonly profile: string
  readonly suiteFiles: readonly string[]
  readonly seed?: string
  readonly json: boolean
  readonly repeat: readonly string[]
}
export interface CoverageInvocation {
  readonly command: 'coverage'
  readonly profile?: string
  readonly json: boolean
}
export interface ExportInvocation {
  readonly command: 'export'
  readonly out?: string
}
export interface ServeInvocation {
  readonly command: 'serve'
  readonly system?: string
  readonly mutant?: string
  readonly port: number
  readonly expose: boolean
}
export type CommandInvocation =
  | RunInvocation
  | DoctorInvocation
  | DemoInvocation
  | ListInvocation
  | ExplainInvocation
  | CoverageInvocation
  | ExportInvocation
  | ServeInvocation

/** What a command line, its environment and its configuration file ask for. */
export type Invocation = (
  | { readonly command: 'version' }
  | { readonly command: 'help'; readonly of?: CommandName }
  | CommandInvocation
) & {
  /** Colours as asked for; undefined leaves it to the terminal. */
  readonly color?: boolean
  /** Remarks for the caller, such as a variable that looks misspelt. */
  readonly notices: readonly string[]
}

/** What reading an invocation needs of the world. */
export interface World {
  readonly environment: Environment
  readonly readFile: ReadFile
}

const defaultOut = 'reports/latest'

function readJudging(settings: Settings): Judging {
  const reporters = listed(settings, 'reporter').map((each) => each.text)
  return {
    run: readRunSettings(settings),
    gate: readGate(settings),
    output: {
      reporters: reporters.length === 0 ? ['terminal'] : reporters,
      out: text(settings, 'out') ?? defaultOut,
    },
  }
}

const suiteFiles = (settings: Settings): readonly string[] =>
  (settings.get('suite') ?? []).map((each) => each.text)

function readExplain(settings: Settings, id: string): ExplainInvocation {
  const target = settings.get('target')?.[0]
  return {
    command: 'explain',
    id,
    profile: text(settings, 'profile') ?? 'generic',
    suiteFiles: suiteFiles(settings),
    json: flag(settings, 'json') ?? false,
    repeat: repeatWords(settings),
    ...defined({
      url: target === undefined ? undefined : readUrl(target),
      seed: text(settings, 'seed'),
    }),
  }
}

function readCommand(
  command: CommandName,
  settings: Settings,
  operand: string | undefined,
  readFile: ReadFile,
): CommandInvocation {
  const named = defined({ system: text(settings, 'system'), mutant: text(settings, 'mutant') })
  const json = flag(settings, 'json') ?? false
  switch (command) {
    case 'run':
      return {
        command,
        target: readTarget(settings, readFile),
        ...readJudging(settings),
        suiteFiles: suiteFiles(settings),
        dryRun: flag(settings, 'dry-run') ?? false,
        repeat: repeatWords(settings),
      }
    case 'doctor':
      return {
        command,
        target: readTarget(settings, readFile),
        run: readRunSettings(settings),
        json,
        repeat: repeatWords(settings),
      }
    case 'demo':
      return { command, ...readJudging(settings), ...named }
    case 'list':
      return {
        command,
        mutants: flag(settings, 'mutants') ?? false,
        suiteFiles: suiteFiles(settings),
        json,
      }
    case 'explain':
      if (operand !== undefined) return readExplain(settings, operand)
      throw new UsageError(
        'missing-operand',
        'explain needs the id of a case.',
        'See `npx http-auth-conformance list`.',
      )
    case 'coverage':
      return { command, json, ...defined({ profile: text(settings, 'profile') }) }
    case 'export':
      return { command, ...defined({ out: text(settings, 'out') }) }
    case 'serve':
      return {
        command,
        port: integer(settings, 'port', { from: 0, to: 65535, of: 'ports' }) ?? 0,
        expose: flag(settings, 'expose') ?? false,
        ...named,
      }
  }
}

function configured(settings: Settings, { environment, readFile }: World): readonly Given[] {
  const named = settings.get('config')?.[0]
  if (named === undefined) return []
  const content = readNamed(named.text, named.source, readFile)
  return readConfig(content, { file: named.text, environment })
}

/**
 * Reads what the caller wants from the words of the command line (without node and script), the
 * environment and, where one is named, a configuration file. Throws UsageError.
 */
export function readInvocation(words: readonly string[], world: World): Invocation {
  const line = parseLine(words)
  const asks = (name: string): boolean => line.given.some(({ option }) => option === name)
  if (asks('version')) return { command: 'version', notices: [] }
  if (asks('help')) {
    const own = words[0] === line.command
    return { command: 'help', notices: [], ...(own ? { of: line.command } : {}) }
  }
  const { given: fromEnvironment, notices } = readEnvironment(world.environment, line.command)
  const near = [...line.given, ...fromEnvironment]
  const config = configured(settleOnly(near, 'config', line.command, world), world)
  const settings = settle([...near, ...config], line.command, world.readFile)
  const read = readCommand(line.command, settings, line.operands[0], world.readFile)
  const more = 'target' in read ? read.target.notices : []
  const color = flag(settings, 'color')
  return { ...read, notices: [...notices, ...more], ...(color === undefined ? {} : { color }) }
}

function settleOnly(
  near: readonly Given[],
  name: string,
  command: CommandName,
  { readFile }: World,
): Settings {
  return settle(
    near.filter(({ option }) => option === name),
    command,
    readFile,
  )
}
