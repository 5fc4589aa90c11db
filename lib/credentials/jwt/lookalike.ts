/** Writes a token in a format that a service for signed tokens should not take for one. */
import { type JweKey, makeJwe, zipBomb } from '../../jose/jwe.ts'
import { type MadeToken, makeToken } from '../../jose/jwt.ts'
import { kindOf } from '../../jose/key-kind.ts'
import { flattenedJws, generalJws, jwsTexts, polyglot, unsecured } from '../../jose/lookalikes.ts'
import type { Member } from '../../jose/members.ts'
import type { Lookalike } from '../../model/case.ts'
import { base64 } from '../bytes.ts'
import type { Base } from './base.ts'
import { LackError } from './lack-error.ts'
import type { Scope } from './values.ts'

/** What decompresses to ten million octets. */
const BOMB = 10_000_000
/** The most that a count of 32 bits with a sign can ask for. */
const COSTLY = 2 ** 31 - 1

/** A lookalike of a token that was made; each character is one octet. */
export function lookalikeOf(way: Lookalike, made: MadeToken, token: string, scope: Scope): string {
  const { header, payload } = made.parts
  switch (way) {
    case 'flattened-json':
      return flattenedJws(jwsTexts(token))
    case 'general-json':
      return generalJws(jwsTexts(token))
    case 'base64-of-token':
      return base64(token)
    case 'polyglot':
      return polyglot(jwsTexts(validToken(scope.base)), { bytes: header }, { bytes: payload })
    case 'jwe-of-claims':
      return encrypted(recipient(scope), payload, scope)
    case 'jwe-of-token':
      return encrypted(recipient(scope), Buffer.from(token, 'latin1'), scope, nestedMembers)
    case 'jwe-of-token-rsa1-5':
      return encrypted(byRsa15(scope), Buffer.from(token, 'latin1'), scope, nestedMembers)
    case 'jwe-of-unsecured': {
      const inner = unsecured({ bytes: payload }).token
      return encrypted(recipient(scope), Buffer.from(inner, 'latin1'), scope, nestedMembers)
    }
    case 'jwe-direct':
      return encrypted({ known: Buffer.alloc(16) }, payload, scope)
    case 'jwe-costly-password':
      return encrypted({ passwordCount: COSTLY }, payload, scope)
    case 'jwe-zip-bomb':
      return makeJwe({
        key: recipient(scope),
        plaintext: zipBomb(BOMB),
        header: kidMember(scope),
        compressed: true,
        random: scope.random,
      })
  }
}

const nestedMembers: readonly Member[] = [['cty', 'JWT']]

function encrypted(
  key: JweKey,
  plaintext: Uint8Array,
  scope: Scope,
  more: readonly Member[] = [],
): string {
  return makeJwe({ key, plaintext, header: [...kidMember(scope), ...more], random: scope.random })
}

function kidMember({ base }: Scope): readonly Member[] {
  const { kid } = base.header
  return typeof kid === 'string' ? [['kid', kid]] : []
}

function recipient({ keyring }: Scope): JweKey {
  const { publicKey } = keyring
  if (publicKey === undefined)
    throw new LackError('the public key of the server', '--public-key FILE')
  const kty = kindOf(publicKey.key)?.kty
  if (kty === 'RSA' || kty === 'EC') return { publicKey: publicKey.key }
  throw new LackError('a public key that can be encrypted to (RSA or EC)', '--public-key FILE')
}

function byRsa15({ keyring }: Scope): JweKey {
  const { publicKey } = keyring
  if (publicKey !== undefined && kindOf(publicKey.key)?.kty === 'RSA') {
    return { publicKey: publicKey.key, padding: 'pkcs1' }
  }
  throw new LackError('a public key of type RSA', '--public-key FILE')
}

/** The text of the valid token itself. */
export function validToken({ headerBytes, claimsBytes, signature }: Base): string {
  return makeToken({ header: { bytes: headerBytes }, claims: { bytes: claimsBytes }, signature })
    .token
}
