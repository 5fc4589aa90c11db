/** The words that suites, profiles and reports share, as tables. */

import { HOSTED_KEYS } from '../jose/hosted-keys.ts'
import { DOCUMENT_IDS, PUBLICATION_IDS, STRAY_IDS } from '../jose/jwks-entries.ts'
import type { AccountName, CredentialKind, OperationName, Severity } from '../model/case.ts'
import type { ClauseId, Level } from '../model/clause.ts'
import type { Outcome, TlsVersion } from '../model/exchange.ts'
import { literal, named, pattern, type Shape } from './shape.ts'

const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

function kebab<T extends string>(such: T): Shape<T> {
  return pattern<T>('a kebab word', KEBAB, such)
}

export const id: Shape<string> = named('id', () => kebab<string>('jwt-alg-none'))
export const operationName: Shape<OperationName> = kebab<OperationName>('protected')
export const accountName: Shape<AccountName> = kebab<AccountName>('plus-slash')
export const keyName: Shape<string> = kebab<string>('current')

/** One of these words, which are a table's and so no type of their own. */
function oneOf(name: string, words: readonly string[]): Shape<string> {
  return named(name, () => literal(...words) as Shape<string>)
}

export const hostedKey: Shape<string> = oneOf('hostedKey', Object.keys(HOSTED_KEYS))
export const publication: Shape<string> = oneOf('publication', PUBLICATION_IDS)
export const strayEntry: Shape<string> = oneOf('strayEntry', STRAY_IDS)
export const hostedDocument: Shape<string> = oneOf('hostedDocument', DOCUMENT_IDS())

export const clauseId: Shape<ClauseId> = named('clauseId', () =>
  pattern<ClauseId>(
    'a clause id',
    /^[a-z0-9]+(?:-[a-z0-9]+)*#[A-Za-z0-9][A-Za-z0-9._-]*$/,
    'rfc9110#11.6.1-401-has-www-authenticate',
  ),
)

export const severity: Shape<Severity> = literal('critical', 'high', 'medium', 'low')
export const level: Shape<Level> = literal('must', 'should', 'may', 'documented')
export const credentialKind: Shape<CredentialKind> = literal('basic', 'token', 'bearer', 'jwt')
export const tlsVersion: Shape<TlsVersion> = literal('TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3')
export const outcome: Shape<Outcome> = literal(
  'granted',
  'denied',
  'redirected',
  'unclear',
  'throttled',
  'crashed',
  'silent',
  'closed',
)

export const jsonPointer: Shape<string> = named('jsonPointer', () =>
  pattern<string>('a JSON Pointer', /^(?:\/(?:[^~/]|~[01])*)*$/, '/data/0/id'),
)

/** A field name or a method as a sender may write it (RFC 9110 §5.6.2). */
export const token: Shape<string> = named('token', () =>
  pattern<string>('a token of RFC 9110', /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'X-Tenant'),
)

/** A field value as a sender may write it (RFC 9110 §5.5). */
export const fieldValue: Shape<string> = named('fieldValue', () =>
  pattern<string>(
    'a field value without control characters',
    /^(?:[!-~\u0080-\u00ff](?:[\t -~\u0080-\u00ff]*[!-~\u0080-\u00ff])?)?$/,
    'application/json',
  ),
)
