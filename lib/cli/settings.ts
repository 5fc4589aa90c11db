import { keyedGiven } from './arguments.ts'
import type { CommandName, Given, Option, Source } from './option.ts'
import { fileTwin, optionNamed, options } from './options-table.ts'
import { UsageError } from './usage-error.ts'

/** Reads a whole file as text; throws what Node throws. */
export type ReadFile = (path: string) => string

/** The values that count, by option: those of the nearest place that gave any. */
export type Settings = ReadonlyMap<string, readonly Given[]>

const ranks: Readonly<Record<Source['kind'], number>> = { argument: 0, environment: 1, config: 2 }

/** The code of a system error, such as ENOENT, for a sentence. */
export function faultCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : 'unreadable'
}

/** Reads a file that an option names; the sentence says which option. */
export function readNamed(path: string, source: Source, readFile: ReadFile): string {
  try {
    return readFile(path)
  } catch (error) {
    throw new UsageError(
      'unreadable-file',
      `${source.name}: cannot read ${path} (${faultCode(error)}).`,
    )
  }
}

/** A `-file` value becomes the values that the file holds. */
function fromFile(option: Option, twin: Given, readFile: ReadFile): readonly Given[] {
  const text = readNamed(twin.text, twin.source, readFile)
  // Editors and `echo` end a file with a line break that is no part of the secret.
  const lines = text.replace(/(?:\r?\n)+$/u, '').split(/\r?\n/u)
  if (option.form !== 'once') return lines.map((line) => keyedGiven(option, line, twin.source))
  if (lines.length > 1) {
    throw new UsageError('bad-value', `${twin.source.name}: the file has more than one line.`)
  }
  return [{ option: option.name, text: lines[0] ?? '', source: twin.source }]
}

function nearest(given: readonly Given[]): readonly Given[] {
  const best = Math.min(...given.map(({ source }) => ranks[source.kind]))
  return given.filter(({ source }) => ranks[source.kind] === best)
}

function checkOnce(given: readonly Given[]): void {
  const [first, second] = given
  if (first === undefined || second === undefined) return
  const places = [...new Set([first.source.name, second.source.name])]
  throw new UsageError(
    'given-twice',
    places.length === 1
      ? `${places[0]} was given twice.`
      : `${places.join(' and ')} exclude each other.`,
  )
}

/** The values of one option that count; of a keyed one, for each name apart. */
function winners(option: Option, given: readonly Given[]): readonly Given[] {
  if (given.length === 0) return []
  if (option.form === 'many' || option.form === 'list') return nearest(given)
  const keys = [...new Set(given.map(({ key }) => key))]
  return keys.flatMap((key) => {
    const found = nearest(given.filter((each) => each.key === key))
    checkOnce(found)
    return found
  })
}

function checkEmpty(option: Option, given: Given): void {
  const empty = option.secret ? /^:?$/u.test(given.text) : given.text === ''
  if (!empty || option.form === 'flag') return
  const of = given.key === undefined ? given.source.name : `${given.source.name} (${given.key})`
  if (option.secret) {
    throw new UsageError(
      'empty-secret',
      `${of} is empty.`,
      'A secret that is missing in a pipeline expands to nothing; leave the option out to run without.',
    )
  }
  throw new UsageError('bad-value', `${of} is empty.`)
}

/**
 * Brings what was given into one set: an argument outranks the environment, which outranks the
 * configuration file; names of keyed options are settled one by one. Throws UsageError.
 */
export function settle(
  given: readonly Given[],
  command: CommandName,
  readFile: ReadFile,
): Settings {
  const taken = given.filter((each) => optionNamed(each.option)?.commands.includes(command))
  return new Map(
    options.flatMap((option) => {
      const own = taken.filter((each) => each.option === option.name)
      const twins = option.secret
        ? taken.filter((each) => each.option === fileTwin(option).name)
        : []
      checkTwins(option, own, twins)
      const read = winningTwins(option, own, twins).flatMap((twin) =>
        fromFile(option, twin, readFile),
      )
      const won = winners(option, [...own, ...read])
      for (const each of won) checkEmpty(option, each)
      return won.length === 0 ? [] : [[option.name, won] as const]
    }),
  )
}

/** A file twice in one place is a mistake, also where its option may be repeated. */
function checkTwins(option: Option, own: readonly Given[], twins: readonly Given[]): void {
  if (twins.length > 0) checkOnce(nearest(twins))
  if (option.form === 'once' && twins.length > 0) checkOnce(nearest([...own, ...twins]))
}

/** Files are read only where their place counts, so that a stale variable harms no argument. */
function winningTwins(
  option: Option,
  own: readonly Given[],
  twins: readonly Given[],
): readonly Given[] {
  if (twins.length === 0) return []
  return option.form === 'keyed'
    ? nearest(twins)
    : nearest([...own, ...twins]).filter((each) => twins.includes(each))
}
