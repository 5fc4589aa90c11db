/** Verifies a token from its text to its claims; whatever is not in order refuses all of it. */
import { checkSignature } from './algorithms.ts'
import { isTime, strictClaims, strictHeaders } from './checks.ts'
import { member, readObject } from './json.ts'
import { decodeSegment, decodeText, signingInput, splitToken } from './segments.ts'
import type {
  Check,
  Expectations,
  Granted,
  JsonObject,
  Part,
  Received,
  Refused,
  TokenRules,
  TrustedKey,
} from './types.ts'

/** Octets to an object by the rules. */
export const objectFrom = (
  rules: TokenRules,
  bytes: Buffer,
  part: Part,
): JsonObject | undefined => {
  const text = rules.text(bytes, part)
  return text === undefined ? undefined : rules.json(text, part)
}

/** Text to octets and header, nothing verified. */
export const takeApart = (rules: TokenRules, token: string): Received | Refused => {
  const segments = rules.split(token)
  if (!segments) return { refused: 'structure' }
  const head = rules.decode(segments.header, 'header')
  const payload = rules.decode(segments.payload, 'payload')
  const signature = rules.decode(segments.signature, 'signature')
  if (!head || !payload || !signature) return { refused: 'encoding' }
  const header = objectFrom(rules, head, 'header')
  return header ? { segments, header, payload, signature } : { refused: 'header' }
}

/** The names of the members that will not do. */
const faultsIn = (
  checks: Readonly<Record<string, Check>>,
  object: JsonObject,
  expected: Expectations,
): readonly string[] =>
  Object.entries(checks)
    .filter(([name, check]) => !check(member(object, name), expected))
    .map(([name]) => name)

const judged = (rules: TokenRules, claims: JsonObject): Granted | Refused => {
  const faults = faultsIn(rules.claims, claims, rules.expected)
  if (faults.length === 0) return { claims }
  const isLate = faults.join() === 'exp' && isTime(member(claims, 'exp'))
  return { refused: isLate ? 'expired' : 'claims' }
}

/** The key that `kid` names, or all of them where nothing names one. */
export const keysByKid = ({ keys }: TokenRules, { header }: Received): readonly TrustedKey[] => {
  const kid = member(header, 'kid')
  return kid === undefined ? keys : keys.filter((key) => key.kid === kid)
}

const verifyToken = async (rules: TokenRules, token: string): Promise<Granted | Refused> => {
  const received = takeApart(rules, token)
  if ('refused' in received) return received
  if (faultsIn(rules.headers, received.header, rules.expected).length > 0) {
    return { refused: 'header' }
  }
  const own = await rules.keysFor(rules, received)
  const keys = [...own, ...(await rules.fetched(received, own))]
  if (keys.length === 0) return { refused: 'key' }
  const usable = keys.filter((key) => rules.allows(key, received.header))
  if (usable.length === 0) return { refused: 'algorithm' }
  if (!usable.some((key) => rules.signed(key, received))) return { refused: 'signature' }
  const claims = objectFrom(rules, received.payload, 'payload')
  return claims ? judged(rules, claims) : { refused: 'payload' }
}

/** How a conforming site verifies tokens with these keys. */
export const strictTokens = (
  keys: readonly TrustedKey[],
  expected: Omit<Expectations, 'leeway' | 'now'>,
): TokenRules => ({
  keys,
  expected: { ...expected, leeway: 60, now: () => Date.now() / 1000 },
  split: splitToken,
  decode: decodeSegment,
  text: decodeText,
  json: readObject,
  headers: strictHeaders,
  keysFor: keysByKid,
  fetched: async () => [],
  allows: (key, header) => key.alg === member(header, 'alg'),
  signed: ({ alg, key }, { segments, signature }) =>
    checkSignature(alg, key, signingInput(segments), signature),
  claims: strictClaims,
  verify: verifyToken,
})
