import type { CommandName, Given, Option } from './option.ts'
import { variableOf } from './option.ts'
import { fileTwin, options } from './options-table.ts'
import { closest } from './suggest.ts'
import { UsageError } from './usage-error.ts'

/** The variables of the process, as Node gives them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** What the environment says, and remarks on variables that look misspelt. */
export interface FromEnvironment {
  readonly given: readonly Given[]
  readonly notices: readonly string[]
}

/** `PLUS_SLASH` is the account `plus-slash`; `TOKEN` is the scheme or field name `Token`. */
function keyOf(option: Option, suffix: string): string {
  const words = suffix.toLowerCase().split('_')
  return option.name === 'account'
    ? words.join('-')
    : words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('-')
}

function flagText(name: string, text: string): string {
  if (/^(?:1|true|yes)$/iu.test(text)) return 'true'
  if (/^(?:0|false|no)$/iu.test(text)) return 'false'
  throw new UsageError('bad-value', `${name} is neither 1 nor 0.`, 'Unset it to leave the default.')
}

function splitLines(text: string): readonly string[] {
  return text.split(/\r?\n/u).filter((line) => line !== '')
}

/** Values under an option's own variable; several are one a line. */
function plainGiven(option: Option, text: string): readonly Given[] {
  const source = { kind: 'environment', name: variableOf(option.name) } as const
  if (option.form === 'flag') {
    return [{ option: option.name, text: flagText(source.name, text), source }]
  }
  // A pipeline expands a missing secret to nothing; anything else that is empty was not given.
  if (text === '' && !option.secret) return []
  if (option.form === 'once' || text === '') return [{ option: option.name, text, source }]
  return splitLines(text).map((line) => {
    const at = option.form === 'keyed' ? line.indexOf('=') : -1
    return at < 1
      ? { option: option.name, text: line, source }
      : { option: option.name, key: line.slice(0, at), text: line.slice(at + 1), source }
  })
}

/** Options of which each value has a name, and so can have a variable of its own. */
const named: ReadonlySet<string> = new Set(['account', 'scheme', 'header'])

/** Values under `CONFORMANCE_ACCOUNT_<NAME>`, `…_SCHEME_<WORD>` and `…_HEADER_<FIELD>`. */
function namedGiven(option: Option, environment: Environment): readonly Given[] {
  const prefix = `${variableOf(option.name)}_`
  const twin = variableOf(fileTwin(option).name)
  return Object.entries(environment).flatMap(([name, text]) => {
    const suffix = name.slice(prefix.length)
    const fits =
      name.startsWith(prefix) && name !== twin && /^[A-Z\d]+(?:_[A-Z\d]+)*$/u.test(suffix)
    if (!fits || text === undefined) return []
    const source = { kind: 'environment', name } as const
    const key = keyOf(option, suffix)
    return option.form === 'keyed'
      ? [{ option: option.name, key, text, source }]
      : [{ option: option.name, text: `${key}: ${text}`, source }]
  })
}

/** Read by the transport: lets requests to this machine go through a proxy. */
const proxying = 'CONFORMANCE_PROXY_LOOPBACK'

function misspelt(environment: Environment, known: ReadonlySet<string>): readonly string[] {
  return Object.keys(environment).flatMap((name) => {
    if (!name.startsWith('CONFORMANCE_') || known.has(name) || name === proxying) return []
    const near = closest(name, known)
    return near === undefined || near === name
      ? []
      : [`${name} is not read by this tool; ${near} is.`]
  })
}

/** Reads the variables of the options that a command takes. */
export function readEnvironment(environment: Environment, command: CommandName): FromEnvironment {
  const settable = options.filter((option) => !option.lineOnly)
  const withTwins = settable.flatMap((option) =>
    option.secret ? [option, fileTwin(option)] : [option],
  )
  const taken = withTwins.filter((option) => option.commands.includes(command))
  const given = taken.flatMap((option) => {
    const text = environment[variableOf(option.name)]
    return [
      ...(text === undefined ? [] : plainGiven(option, text)),
      ...(named.has(option.name) ? namedGiven(option, environment) : []),
    ]
  })
  const read = new Set([
    ...withTwins.map((option) => variableOf(option.name)),
    ...given.map(({ source }) => source.name),
    ...Object.keys(environment).filter((name) =>
      /^CONFORMANCE_(?:ACCOUNT|SCHEME|HEADER)_/u.test(name),
    ),
  ])
  return { given, notices: misspelt(environment, read) }
}
