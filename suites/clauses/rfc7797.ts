import type { Clause } from '../../lib/model/clause.ts'

/** Clauses of RFC 7797, JWS with an unencoded payload. */
export const rfc7797: readonly Clause[] = [
  {
    id: 'rfc7797#3-b64-default-true',
    level: 'must',
    basis: 'definition',
    keyword: 'MUST',
    area: 'jwt',
    where: 'RFC 7797 §3',
    url: 'https://www.rfc-editor.org/rfc/rfc7797.html#section-3',
    says: 'The header b64 is a boolean, true by default, and only false leaves the payload unencoded.',
    observable: 'with-signing-key',
    source: 'text',
  },
  {
    id: 'rfc7797#6-b64-false-needs-crit',
    level: 'must',
    basis: 'inferred',
    keyword: 'MUST',
    area: 'jwt',
    where: 'RFC 7797 §6',
    url: 'https://www.rfc-editor.org/rfc/rfc7797.html#section-6',
    says: 'A token that uses b64 lists it in crit.',
    observable: 'with-signing-key',
    source: 'text',
  },
  {
    id: 'rfc7797#7-jwt-must-not-use-b64-false',
    level: 'must',
    basis: 'inferred',
    keyword: 'MUST NOT',
    area: 'jwt',
    where: 'RFC 7797 §7',
    url: 'https://www.rfc-editor.org/rfc/rfc7797.html#section-7',
    says: 'A JWT never uses b64 with the value false.',
    observable: 'with-signing-key',
    source: 'text',
  },
]
