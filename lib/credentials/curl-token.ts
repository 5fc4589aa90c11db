import type { BearerCredential, JwtCredential, JwtFault } from '../model/case.ts'
import type { Supplied } from '../model/profile.ts'
import { bytesOf } from './bytes.ts'
import { bearerOf, readIssued } from './jwt/keyring.ts'

/** The faults of a token that a shell can make of it by cutting and joining. */
function faulted(name: string, but: JwtFault): string | undefined {
  const { signature, segments, lookalike } = but
  const whole = `$${name}`
  const unsigned = `\${${name}%.*}`
  if ([signature, segments, lookalike].filter((each) => each !== undefined).length > 1) {
    return undefined
  }
  if (lookalike !== undefined) {
    const encoded = lookalike === 'base64-of-token'
    return encoded ? `$(printf %s "${whole}" | openssl base64 -A)` : undefined
  }
  if (signature === 'absent') return unsigned
  if (signature === 'empty') return `${unsigned}.`
  if (typeof signature === 'object' && 'text' in signature) {
    const text = bytesOf(signature.text)
    return /^[\w-]+$/.test(text) ? `${unsigned}.${text}` : undefined
  }
  if (signature !== undefined) return undefined
  switch (segments) {
    case undefined:
      return whole
    case 'leading-dot':
      return `.${whole}`
    case 'fourth-empty':
      return `${whole}.`
    case 'fourth-junk':
      return `${whole}.AAAA`
    case 'five':
      return `${whole}.a.b`
    case 'dots-only':
      return '..'
    case 'with-itself':
      return `${whole}.${whole}`
    default:
      return undefined
  }
}

const SPELLED: ReadonlySet<string> = new Set(['signature', 'segments', 'lookalike'])

/**
 * A bearer credential as shell text between double quotes, where it is a token that the operator
 * gave and a shell can make its fault. `fieldMembers`: faults of the field, which are told elsewhere.
 */
export function tokenExpression(
  supplied: Supplied,
  variableOf: (account: string) => string,
  what: BearerCredential | JwtCredential,
  fieldMembers: ReadonlySet<string>,
): string | undefined {
  const { account = 'default', but = {} } = what
  // A token that is signed afresh each time is nothing that a shell has.
  const minted = what.valid === 'jwt' && account === 'default' && supplied.signingKey !== undefined
  const given = bearerOf(supplied, account)
  if (minted || given === undefined) return undefined
  if (what.valid === 'jwt' && readIssued(given) === undefined) return undefined
  const name = account === 'default' ? 'CONFORMANCE_BEARER' : variableOf(account)
  const own = Object.keys(but).filter((member) => !fieldMembers.has(member))
  if (what.valid === 'bearer') return own.length === 0 ? `$${name}` : undefined
  return own.every((member) => SPELLED.has(member)) ? faulted(name, what.but ?? {}) : undefined
}
