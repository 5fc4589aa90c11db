/** Consumers that answer 500 to the token for which they fetched something unexpected. */
import { isObject, member, parseJson } from '../../bearer/json.ts'
import { textOf } from '../../bearer/remote/document.ts'
import type { Answer, RemoteRules } from '../../bearer/remote/types.ts'
import { entry, remote, textIn } from './key-sets-ways.ts'
import type { BearerDefect } from './types.ts'

const isSet = 'rfc7517#5-keys-member-required'
const inTime = 'house#key-fetch-is-bounded'

const upset = (
  id: string,
  what: string,
  change: BearerDefect['change'],
  clause: string = isSet,
): BearerDefect => ({
  id: `keyset-${id}-500`,
  does: `Answers 500 to the token for which it fetched ${what}.`,
  breaks: 'should',
  clauses: [clause] as BearerDefect['clauses'],
  hosted: true,
  change,
})

const fail = (): never => {
  throw new TypeError('The key set was not as expected.')
}

/** Fails at bodies of a look. */
const atBody = (isBad: (text: string, value: unknown) => boolean): BearerDefect['change'] =>
  remote(({ entries }) => ({
    entries: (body) => {
      const text = textOf(body) ?? ''
      return isBad(text, parseJson(text)) ? fail() : entries(body)
    },
  }))

/** Fails at answers of a look. */
const atAnswer = (isBad: (answer: Answer) => boolean): BearerDefect['change'] =>
  remote(({ isGood }) => ({ isGood: (answer) => (isBad(answer) ? fail() : isGood(answer)) }))

/** Fails at fetches that bring nothing, where one of these looks finds out why. */
const atFetch = (
  isBad: (asked: {
    readonly again: (limits: Partial<RemoteRules['limits']>) => Promise<Answer | undefined>
    readonly redirects: number
    readonly took: number
  }) => boolean | Promise<boolean>,
): BearerDefect['change'] =>
  remote(({ get, follows }) => {
    let redirects = 0
    return {
      follows: (from, to) => {
        redirects += 1
        return follows(from, to)
      },
      get: async (rules, url, held, closing) => {
        redirects = 0
        const since = rules.now()
        const answer = await get(rules, url, held, closing)
        if (answer !== undefined) return answer
        const took = rules.now() - since
        const seen = redirects
        const again = (limits: Partial<RemoteRules['limits']>) =>
          get({ ...rules, limits: { ...rules.limits, ...limits } }, url, held, closing)
        return (await isBad({ again, redirects: seen, took })) ? fail() : undefined
      },
    }
  })

const MEBIBYTE = 1024 * 1024

const sizeOf = async (answer: Promise<Answer | undefined>): Promise<number> =>
  (await answer)?.body.length ?? 0

const keysOf = (value: unknown): unknown => (isObject(value) ? member(value, 'keys') : undefined)
const hasError = (value: unknown): boolean =>
  isObject(value) && member(value, 'error') !== undefined

const documents: readonly BearerDefect[] = [
  upset(
    'page',
    'a page in HTML',
    atBody((text) => /^\s*</.test(text)),
  ),
  upset(
    'cut',
    'JSON that is cut off',
    atBody((text, value) => text.startsWith('{') && value === undefined),
  ),
  upset(
    'empty',
    'no content',
    atBody((text) => text === ''),
  ),
  upset(
    'null',
    'null',
    atBody((_text, value) => value === null),
  ),
  upset(
    'error-object',
    'an object about an error',
    atBody((_text, value) => hasError(value)),
  ),
  upset(
    'no-keys',
    'an empty object',
    atBody((_text, value) => isObject(value) && Object.keys(value).length === 0),
  ),
  upset(
    'null-keys',
    'keys that are null',
    atBody((_text, value) => keysOf(value) === null),
  ),
]

const answers: readonly BearerDefect[] = [
  upset(
    'status-404',
    'an answer 404',
    atAnswer(({ status }) => status === 404),
  ),
  upset(
    'status-204',
    'an answer 204',
    atAnswer(({ status }) => status === 204),
  ),
  upset(
    'loop',
    'a redirect that never ends',
    atFetch(({ redirects }) => redirects > 2),
    inTime,
  ),
  upset(
    'huge',
    'a set of megabytes',
    atFetch(async ({ redirects, took, again }) => {
      if (redirects > 0 || took > 250) return false
      const size = await sizeOf(again({ octets: 16 * MEBIBYTE, timeout: 5000 }))
      return size > MEBIBYTE
    }),
    inTime,
  ),
  upset(
    'bomb',
    'a set that unfolds to many megabytes',
    atFetch(async ({ redirects, took, again }) => {
      if (redirects > 0 || took > 250) return false
      const size = await sizeOf(again({ octets: 128 * MEBIBYTE, timeout: 5000 }))
      return size > 16 * MEBIBYTE
    }),
    inTime,
  ),
  upset(
    'closed',
    'nothing since the connection was closed',
    atFetch(async ({ redirects, took, again }) => {
      if (redirects > 0 || took > 250) return false
      return (await again({ octets: 128 * MEBIBYTE, timeout: 5000 })) === undefined
    }),
    'house#recovers-by-itself',
  ),
]

const repeats = (value: unknown): boolean =>
  Array.isArray(value) && new Set(value).size < value.length

const entries: readonly BearerDefect[] = [
  upset(
    'repeated-operation',
    'a key that names an operation twice',
    entry(({ verifies }) => ({
      verifies: (key) => (repeats(member(key, 'key_ops')) ? fail() : verifies(key)),
    })),
    'rfc7517#4.3-key-ops-no-duplicates',
  ),
  upset(
    'wide-exponent',
    'a key whose exponent begins with a zero octet',
    entry(({ kind }) => ({
      kind: (key) =>
        Buffer.from(textIn(key, 'e') ?? '', 'base64url')[0] === 0 ? fail() : kind(key),
    })),
    'rfc7518#6.3.1.2-rsa-e-minimal-encoding',
  ),
]

export const keySetUpsets: readonly BearerDefect[] = [...documents, ...answers, ...entries]
