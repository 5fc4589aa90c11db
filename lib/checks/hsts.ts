import type { HstsWanted } from '../model/case.ts'
import { fieldValues } from '../text/fields.ts'
import { type HstsDirective, parseHsts } from '../text/hsts.ts'
import { type Check, quote, withAnswer } from './check.ts'

const NAME = 'Strict-Transport-Security'

/** Half a year: what is shorter runs out between two visits. */
const LASTING = 15_768_000

interface Property {
  readonly say: string
  /** `lines` are the field lines, `directives` those of the first, which alone counts (§8.1). */
  readonly holds: (lines: readonly string[], directives: readonly HstsDirective[]) => boolean
}

const argumentOf = (directives: readonly HstsDirective[], name: string): string | undefined =>
  directives.find((each) => each.name === name)?.value

const seconds = (directives: readonly HstsDirective[]): number | undefined => {
  const value = argumentOf(directives, 'max-age')
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined
}

const properties: Readonly<Record<HstsWanted, Property>> = {
  grammar: {
    say: 'directives parted by semicolons',
    holds: (lines) => lines.every((line) => parseHsts(line).fault === undefined),
  },
  once: {
    say: 'each directive once',
    holds: (_, directives) =>
      new Set(directives.map(({ name }) => name)).size === directives.length,
  },
  'max-age': {
    say: 'max-age with a whole number of seconds',
    holds: (_, directives) => seconds(directives) !== undefined,
  },
  bare: {
    say: 'includeSubDomains without a value',
    holds: (_, directives) => argumentOf(directives, 'includesubdomains') === undefined,
  },
  single: { say: 'one line', holds: (lines) => lines.length <= 1 },
  lasting: {
    say: 'max-age of half a year or more',
    // What is no number is found by max-age itself.
    holds: (_, directives) => (seconds(directives) ?? LASTING) >= LASTING,
  },
  subdomains: {
    say: 'includeSubDomains',
    holds: (_, directives) => directives.some(({ name }) => name === 'includesubdomains'),
  },
}

/** Strict-Transport-Security is as RFC 6797 has it, or is not there. */
export const hsts: Check<HstsWanted> = (wanted, context) => {
  const property = properties[wanted]
  return withAnswer('field', `${NAME}: ${property.say}`, context, ({ fields }) => {
    const lines = fieldValues(fields, NAME)
    const [first = ''] = lines
    return {
      got: lines.length === 0 ? `no ${NAME}` : quote(context, lines.join(' | '), 120),
      holds: lines.length === 0 || property.holds(lines, parseHsts(first).directives),
    }
  })
}
