import type { Given } from './option.ts'
import type { Settings } from './settings.ts'
import { didYouMean } from './suggest.ts'
import { UsageError } from './usage-error.ts'

/** The one value of an option, with its place; undefined where it was not given. */
export function one(settings: Settings, name: string): Given | undefined {
  return settings.get(name)?.[0]
}

/** The text of an option's one value. */
export function text(settings: Settings, name: string): string | undefined {
  return one(settings, name)?.text
}

/** Whether a flag is set; undefined where nobody said. */
export function flag(settings: Settings, name: string): boolean | undefined {
  const value = text(settings, name)
  return value === undefined ? undefined : value === 'true'
}

/** All values of an option, those between commas apart. */
export function listed(settings: Settings, name: string): readonly Given[] {
  return (settings.get(name) ?? []).flatMap((given) =>
    given.text.split(',').map((part) => {
      if (part.trim() !== '') return { ...given, text: part.trim() }
      throw new UsageError('bad-value', `${given.source.name} has an empty member in its list.`)
    }),
  )
}

interface Range {
  readonly from: number
  readonly to: number
  /** What the number counts, for the sentence. */
  readonly of: string
}

/** A whole number within bounds; undefined where it was not given. */
export function integer(settings: Settings, name: string, range: Range): number | undefined {
  const given = one(settings, name)
  if (given === undefined) return undefined
  const value = /^\d{1,9}$/u.test(given.text) ? Number(given.text) : Number.NaN
  if (value >= range.from && value <= range.to) return value
  throw new UsageError(
    'bad-value',
    `${given.source.name} wants a whole number of ${range.of} from ${range.from} to ${range.to}.`,
  )
}

/** Each of the listed values must be one of the words. */
export function words<W extends string>(
  given: readonly Given[],
  known: readonly W[],
): readonly W[] {
  return given.map(({ text: word, source }) => {
    const found = known.find((each) => each === word)
    if (found !== undefined) return found
    throw new UsageError(
      'unknown-name',
      `${source.name} does not know ${JSON.stringify(word)}.`,
      didYouMean(word, known) ?? `It knows ${known.join(', ')}.`,
    )
  })
}
