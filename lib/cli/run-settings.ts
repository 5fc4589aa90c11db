import type { Risk } from '../model/case.ts'
import type { Witness } from '../model/profile.ts'
import type { Given } from './option.ts'
import type { Settings } from './settings.ts'
import { UsageError } from './usage-error.ts'
import { flag, integer, listed, one, words } from './values.ts'

/** How a run is to go, as far as the command line says; the rest has defaults. */
export interface RunSettings {
  readonly timeoutMs: number
  readonly only: readonly string[]
  readonly skip: readonly string[]
  readonly allow: readonly Risk[]
  readonly strict: boolean
  readonly concurrency: number
  readonly rate?: number
  readonly loginBudget?: number
  readonly seed?: string
  readonly witness?: Witness
  readonly keyRefresh?: number
}

/** Every risk there is; `failed-login` within its budget needs no permission. */
export const risks: readonly Risk[] = [
  'failed-login',
  'heavy',
  'intrusive',
  'changes-keys',
  'unsafe-method',
  'cleartext-secret',
]

function readWitnessPart({ text, source }: Given): Witness {
  const at = text.indexOf('=')
  const [kind, value] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)]
  if (kind === 'status' && /^[1-5]\d\d$/u.test(value)) return { status: Number(value) }
  if (kind === 'text' && value !== '') return { text: value }
  if (kind === 'pointer' && /^(?:\/(?:[^~/]|~[01])*)+$/u.test(value)) return { pointer: value }
  throw new UsageError(
    'bad-value',
    `${source.name} wants status=NNN, text=… or pointer=/a/b.`,
    'A JSON pointer writes ~ as ~0 and / as ~1 (RFC 6901 §3).',
  )
}

function readWitness(given: readonly Given[]): Witness | undefined {
  const parts = given.map(readWitnessPart)
  const kinds = parts.flatMap((part) => Object.keys(part))
  if (new Set(kinds).size < kinds.length) {
    throw new UsageError('given-twice', `${given[0]?.source.name} names one kind of witness twice.`)
  }
  return parts.length === 0 ? undefined : Object.assign({}, ...parts)
}

function readSeed(given: Given | undefined): string | undefined {
  if (given === undefined || /^[\w.-]{1,64}$/u.test(given.text)) return given?.text
  throw new UsageError('bad-value', `${given.source.name} wants a number or a short word.`)
}

const texts = (given: readonly Given[]): readonly string[] => given.map(({ text }) => text)

/** Leaves out members whose value is undefined, so that absent stays absent. */
export function defined<T extends object>(
  members: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

/** Reads the options on selection, pace and judging. Throws UsageError. */
export function readRunSettings(settings: Settings): RunSettings {
  return {
    timeoutMs: integer(settings, 'timeout', { from: 1, to: 600_000, of: 'milliseconds' }) ?? 10_000,
    only: texts(listed(settings, 'only')),
    skip: texts(listed(settings, 'skip')),
    allow: words(listed(settings, 'allow'), risks),
    strict: flag(settings, 'strict') ?? false,
    concurrency: integer(settings, 'concurrency', { from: 1, to: 64, of: 'brackets' }) ?? 1,
    ...defined({
      rate: integer(settings, 'rate', { from: 1, to: 100_000, of: 'requests' }),
      loginBudget: integer(settings, 'login-budget', { from: 0, to: 100_000, of: 'log-ins' }),
      keyRefresh: integer(settings, 'key-refresh', { from: 1, to: 86_400, of: 'seconds' }),
      seed: readSeed(one(settings, 'seed')),
      witness: readWitness(settings.get('witness') ?? []),
    }),
  }
}
