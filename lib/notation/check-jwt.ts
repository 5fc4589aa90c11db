/** What types cannot say of the faults of a JSON Web Token: names that exist, times that can be told. */
import { isAlgorithm } from '../jose/algorithms.ts'
import { FORGERIES } from '../jose/forgeries.ts'
import type { JwtFault, KeyChoice, MemberValue, Send } from '../model/case.ts'
import { below, type Place, type Problem } from './problem.ts'
import { nearest, quoted } from './words.ts'

/** The ways in which a public key can be spelt, whatever its type. */
export const SPELLINGS: readonly string[] = [
  ...['pem-spki', 'pem-spki-trim', 'pem-spki-crlf', 'pem-body-b64', 'der-spki'],
  ...['pem-pkcs1', 'pem-pkcs1-trim', 'der-pkcs1', 'jwk-json', 'jwk-min-sorted'],
  ...['n-b64u', 'n-bytes', 'n-hex', 'x-b64u', 'x-bytes', 'x-hex'],
  ...['point-bytes', 'point-compressed', 'point-hex', 'openssh'],
  ...['okp-x-b64u', 'okp-x-bytes', 'okp-x-hex'],
]

/** The documents that the tool's own listener has. */
export const DOCUMENTS: readonly string[] = ['jwks', 'certificates', 'issuer']

/** Seconds from now in which no two clocks need agree. */
const UNSURE = 120

/** What is wrong with the fault of a token; `place` is that of the request. */
export function checkJwt({ with: what }: Send, place: Place): readonly Problem[] {
  if (typeof what !== 'object' || !('valid' in what) || what.valid !== 'jwt') return []
  const at = below(below(place, 'with'), 'but')
  const but = what.but ?? {}
  return [
    ...checkSignature(but.signature, below(at, 'signature')),
    ...checkMembers(but.header, below(at, 'header')),
    ...checkMembers(but.claims, below(at, 'claims')),
    ...checkTimes(but.claims, below(at, 'claims')),
  ]
}

function unknownName(name: string, known: readonly string[], place: Place): Problem[] {
  if (known.includes(name)) return []
  const meant = nearest(name, known)
  const say = `There is none named ${quoted(name)}.`
  return [{ path: place.path, say, ...(meant === undefined ? {} : { suggestion: meant }) }]
}

function checkSignature(signature: JwtFault['signature'], place: Place): readonly Problem[] {
  if (typeof signature !== 'object') return []
  if ('forged' in signature) {
    const ids = FORGERIES.map(({ id }) => id)
    return unknownName(signature.forged, ids, below(place, 'forged'))
  }
  return 'key' in signature ? checkKey(signature, place) : []
}

function checkKey(
  { alg, key }: { readonly alg?: string; readonly key: KeyChoice },
  place: Place,
): readonly Problem[] {
  const spelt = typeof key === 'object' && 'publicKeyAs' in key ? key.publicKeyAs : undefined
  const unsigned = alg !== undefined && !isAlgorithm(alg) && alg !== 'RS1'
  const say = `Nothing can be signed with ${quoted(alg ?? '')}; the header may say it all the same.`
  return [
    ...(unsigned ? [{ path: below(place, 'alg').path, say }] : []),
    ...(spelt === undefined
      ? []
      : unknownName(spelt, SPELLINGS, below(below(place, 'key'), 'publicKeyAs'))),
  ]
}

type Members = { readonly [member: string]: MemberValue }

function checkMembers(members: Members | undefined, place: Place): readonly Problem[] {
  return Object.entries(members ?? {}).flatMap(([name, value]) => {
    if (typeof value !== 'object' || value === null || !('$callback' in value)) return []
    const document = value.$callback
    const at = below(below(place, name), '$callback')
    return typeof document === 'string' ? unknownName(document, DOCUMENTS, at) : []
  })
}

/** Clocks differ: a time this near to now decides nothing. */
function checkTimes(claims: Members | undefined, place: Place): readonly Problem[] {
  return ['exp', 'nbf'].flatMap((name) => {
    const value = claims?.[name]
    if (typeof value !== 'object' || value === null || !('$now' in value)) return []
    const offset = value.$now
    if (typeof offset !== 'number' || Math.abs(offset) > UNSURE) return []
    const say = `Nothing is judged within ${UNSURE} seconds of now, where clocks need not agree.`
    return [{ path: below(below(place, name), '$now').path, say }]
  })
}
