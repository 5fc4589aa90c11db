import type { IssuedWanted } from '../model/case.ts'
import type { Json } from '../model/json.ts'
import { isUri } from '../text/uri.ts'
import { type Check, type CheckContext, type IssuedToken, quote } from './check.ts'

/** What is found where something is not as wanted, in words without the values of claims. */
type Finding = string | undefined
type Mask = Pick<CheckContext, 'mask'>

const has = (members: object, name: string): boolean => Object.hasOwn(members, name)

function shownTyp({ header }: IssuedToken, mask: Mask): string {
  return has(header, 'typ') ? `typ is ${quote(mask, JSON.stringify(header.typ), 60)}` : 'no typ'
}

function typOf(token: IssuedToken, wanted: IssuedWanted['typ'], mask: Mask): Finding {
  if (wanted === undefined) return undefined
  const { typ } = token.header
  const among = (list: readonly string[]): boolean =>
    typeof typ === 'string' && list.some((each) => each.toLowerCase() === typ.toLowerCase())
  const holds =
    typeof wanted === 'string'
      ? typeof typ === 'string' && (wanted === 'present' || !typ.includes('/'))
      : 'anyOf' in wanted
        ? among(wanted.anyOf)
        : !among(wanted.noneOf)
  return holds ? undefined : shownTyp(token, mask)
}

const either = (each: string | readonly string[]): readonly string[] =>
  typeof each === 'string' ? [each] : each

function claimsOf({ claims }: IssuedToken, wanted: IssuedWanted['claims'] = []): Finding {
  const lacking = wanted.filter((each) => !either(each).some((name) => has(claims, name)))
  if (lacking.length === 0) return undefined
  return `no ${lacking.map((each) => either(each).join(' or ')).join(', no ')}`
}

function lifetimeOf({ claims }: IssuedToken, wanted: number | undefined): Finding {
  if (wanted === undefined) return undefined
  const { exp, iat } = claims
  if (typeof exp !== 'number' || typeof iat !== 'number') return 'no exp and iat as numbers'
  return exp - iat <= wanted ? undefined : `it lives for ${Math.round(exp - iat)} seconds`
}

function signedOf({ header, signature }: IssuedToken, wanted: IssuedWanted['signed']): Finding {
  if (wanted === undefined) return undefined
  if (typeof header.alg === 'string' && /^none$/i.test(header.alg)) return 'its alg is none'
  return signature.text === '' ? 'its signature is empty' : undefined
}

function texts(value: Json | undefined): readonly string[] {
  const list = Array.isArray(value) ? value : [value]
  return list.filter((each): each is string => typeof each === 'string')
}

function urisOf({ claims }: IssuedToken, wanted: IssuedWanted['uris'] = []): Finding {
  const other = wanted.find((name) =>
    texts(has(claims, name) ? claims[name] : undefined).some(
      (each) => each.includes(':') && !isUri(each),
    ),
  )
  return other && `${other} has a colon and is no URI`
}

/** What of a token is not as wanted, in words; undefined where all of it is. */
export function issuedFinding(wanted: IssuedWanted, token: IssuedToken, mask: Mask = {}): Finding {
  return (
    typOf(token, wanted.typ, mask) ??
    claimsOf(token, wanted.claims) ??
    lifetimeOf(token, wanted.lifetime) ??
    signedOf(token, wanted.signed) ??
    urisOf(token, wanted.uris)
  )
}

function typWords(wanted: NonNullable<IssuedWanted['typ']>): string {
  if (typeof wanted === 'string') return wanted === 'present' ? 'a typ' : 'a typ without a slash'
  return 'anyOf' in wanted
    ? `the typ ${wanted.anyOf.join(' or ')}`
    : `another typ than ${wanted.noneOf.join(' or ')}`
}

/** What is wanted of a token, in words that follow "with". */
export function sayIssued({ typ, claims, lifetime, signed, uris }: IssuedWanted): string {
  return [
    ...(typ === undefined ? [] : [typWords(typ)]),
    ...(claims ?? []).map((each) => either(each).join(' or ')),
    ...(lifetime === undefined ? [] : [`at most ${lifetime} seconds from iat to exp`]),
    ...(signed === undefined ? [] : ['a signature']),
    ...(uris === undefined ? [] : [`a URI wherever ${uris.join(', ')} has a colon`]),
  ].join(', ')
}

/** The token that was supplied is as wanted; unknown where there is none that can be read. */
export const issued: Check<IssuedWanted> = (wanted, context) => {
  const say = `an issued token with ${sayIssued(wanted)}`
  const { issued: token } = context
  if (token === undefined) {
    const got = 'no JSON Web Token of an issuer'
    return { check: 'issued', wanted: say, got, holds: 'unknown' }
  }
  const finding = issuedFinding(wanted, token, context)
  const got = finding ?? 'a token like that'
  return { check: 'issued', wanted: say, got, holds: finding === undefined }
}
