/** What stands in the last segment of a token: the valid signature, a spoilt one or a forged one. */
import { createSecretKey, type KeyObject } from 'node:crypto'
import {
  type Family,
  isAlgorithm,
  METHODS,
  type SigningAlgorithm,
  sign,
} from '../../jose/algorithms.ts'
import { type Forgery, forge, forgeryOf } from '../../jose/forgeries.ts'
import type { SignatureRecipe } from '../../jose/jwt.ts'
import { kindOf } from '../../jose/key-kind.ts'
import { signUntil } from '../../jose/leading-zeros.ts'
import { SIGNATURE_CHANGES } from '../../jose/signature-changes.ts'
import { spellingsOfPublicKey } from '../../jose/spellings.ts'
import type { JwtFault, KeyChoice, SignatureChange } from '../../model/case.ts'
import { bytesOf } from '../bytes.ts'
import type { Trusted } from './keyring.ts'
import { LackError } from './lack-error.ts'
import type { Scope } from './values.ts'

/** Our words for changes of octets, and those of the table that makes them. */
const OCTETS: Readonly<Record<string, string>> = {
  zeros: 'all-zero',
  ones: 'all-ones',
  'first-flipped': 'flip-first',
  'last-flipped': 'flip-last',
  'one-byte': 'one-octet',
  half: 'first-half',
  'without-last': 'drop-last-octet',
  'zero-appended': 'append-octet',
  'zero-prepended': 'prepend-octet',
}

/** True for a name that something can be signed with, the ones that nobody may accept included. */
export function isSigningAlgorithm(name: unknown): name is SigningAlgorithm {
  return isAlgorithm(name) || name === 'RS1'
}

/** The algorithm a key signs with where a fault names none: the valid token's. */
export function algOf(signature: SignatureChange | undefined, valid: unknown): SigningAlgorithm {
  const named = typeof signature === 'object' && 'key' in signature ? signature.alg : undefined
  const wanted = named ?? (usesSecret(signature) ? 'HS256' : valid)
  return isSigningAlgorithm(wanted) ? wanted : 'ES256'
}

function usesSecret(signature: SignatureChange | undefined): boolean {
  if (typeof signature !== 'object' || !('key' in signature)) return false
  const { key } = signature
  return typeof key === 'object' && !('hosted' in key)
}

/** The trusted key; throws LackError where none was supplied, or none that the algorithm can use. */
export function trustedFor(alg: SigningAlgorithm, scope: Scope): Trusted {
  const { trusted } = scope.base
  if (trusted === undefined) throw new LackError('a signing key', '--signing-key FILE')
  const family = METHODS[alg].family
  const own = METHODS[trusted.alg].family
  const alike = family === own || (family.startsWith('rsa') && own.startsWith('rsa'))
  if (alike) return trusted
  throw new LackError(`a signing key that ${alg} can use`, '--signing-key FILE')
}

/** The last segment for a fault; throws LackError where what it takes was not supplied. */
export function signatureRecipe(but: JwtFault, scope: Scope, resigned: boolean): SignatureRecipe {
  const { signature } = but
  if (signature === undefined) return resigned ? trustedRecipe(scope) : scope.base.signature
  if (signature === 'empty' || signature === 'absent') return { how: signature }
  if (signature === 'kept') return keptRecipe(scope)
  if (signature === 'flipped') return octetsChanged('flip-middle', scope)
  if ('bytes' in signature) return octetsChanged(OCTETS[signature.bytes] ?? '', scope)
  if ('text' in signature) return { how: 'kept', text: bytesOf(signature.text) }
  if ('from' in signature) return { how: 'kept', text: otherSignature(signature.from, scope) }
  if ('forged' in signature) return forgedRecipe(signature.forged, but, scope)
  if ('leadingZero' in signature) return leadingZeroRecipe(signature.leadingZero, scope)
  const alg = algOf(signature, scope.base.header.alg)
  return { how: 'signed', alg, key: keyFor(signature.key, alg, scope) }
}

function trustedRecipe(scope: Scope): SignatureRecipe {
  const { alg, key } = trustedFor(algOf(undefined, scope.base.header.alg), scope)
  return { how: 'signed', alg, key }
}

/** The trusted key's signature, made until chance gives it a number that begins with zeros. */
function leadingZeroRecipe(half: 'r' | 's', scope: Scope): SignatureRecipe {
  const alg = algOf(undefined, scope.base.header.alg)
  if (METHODS[alg].family !== 'ecdsa')
    throw new LackError('a signing key of type EC', '--signing-key FILE')
  const { key } = trustedFor(alg, scope)
  return { how: 'made', by: (input) => signUntil(alg, key, input, (zeros) => zeros[half]) }
}

/** The valid token's signature as it is, behind whatever stands before it. */
function keptRecipe({ base }: Scope): SignatureRecipe {
  const { signature } = base
  return signature.how === 'kept' ? signature : { how: 'bytes', bytes: validOctets(base) }
}

function validOctets(base: Scope['base']): Buffer {
  const { signature, headerBytes, claimsBytes } = base
  if (signature.how === 'kept') return Buffer.from(signature.text, 'base64url')
  if (signature.how !== 'signed') return Buffer.alloc(0)
  const text = `${headerBytes.toString('base64url')}.${claimsBytes.toString('base64url')}`
  return sign(signature.alg, signature.key, Buffer.from(text, 'latin1'))
}

function octetsChanged(id: string, { base }: Scope): SignatureRecipe {
  const change = SIGNATURE_CHANGES[id]
  if (change === undefined) throw new TypeError('a change of octets that passed no check')
  return { how: 'bytes', bytes: change(validOctets(base)) }
}

function otherSignature(account: string, { keyring }: Scope): string {
  const other = keyring.issued(account)
  if (other !== undefined) return other.signature.text
  throw new LackError(`a JSON Web Token of the account ${account}`, `--account ${account}=TOKEN`)
}

function keyFor(choice: KeyChoice, alg: SigningAlgorithm, scope: Scope): KeyObject {
  if (choice === 'trusted') return trustedFor(alg, scope).key
  if (choice === 'foreign') return scope.keyring.foreign(alg)
  if ('secret' in choice) return secret(Buffer.from(bytesOf(choice.secret), 'latin1'))
  if ('textOf' in choice) return secret(Buffer.from(memberText(choice.textOf, scope), 'utf8'))
  if ('publicKeyAs' in choice) return secret(spelling(choice.publicKeyAs, scope))
  const { hosted } = scope.keyring
  if (hosted !== undefined) return hosted.trusted(choice.hosted).key
  throw new LackError('a key set that the server reads', '--jwks-listen HOST:PORT')
}

function secret(octets: Uint8Array): KeyObject {
  return createSecretKey(Buffer.from(octets))
}

function memberText(name: 'kid' | 'iss', { base }: Scope): string {
  const value = name === 'kid' ? base.header.kid : base.claims.iss
  if (typeof value === 'string') return value
  throw name === 'kid'
    ? new LackError('a token with a kid', '--kid K')
    : new LackError('a token with an issuer', '--issuer I')
}

function spelling(id: string, { keyring }: Scope): Buffer {
  const { publicKey } = keyring
  if (publicKey === undefined)
    throw new LackError('the public key of the server', '--public-key FILE')
  const found = spellingsOfPublicKey(publicKey.key, publicKey.published).find(
    (each) => each.id === id,
  )
  if (found !== undefined) return found.bytes
  const kty = kindOf(publicKey.key)?.kty ?? 'this'
  throw new LackError(
    `a public key that can be written as ${id} (one of type ${kty} cannot)`,
    '--public-key FILE',
  )
}

const KEYS: Readonly<Record<Family, string>> = {
  'rsa-pkcs1': 'RSA for RS256 and its like',
  'rsa-pss': 'RSA for PS256 and its like',
  ecdsa: 'EC',
  eddsa: 'Ed25519',
  hmac: 'oct',
}

function forgedRecipe(id: string, but: JwtFault, scope: Scope): SignatureRecipe {
  const forgery = forgeryOf(id)
  if (forgery === undefined) throw new LackError(`a forgery named ${id}`, '--suite FILE')
  const { base, keyring } = scope
  const alg = but.header?.alg ?? base.header.alg
  const fits = isAlgorithm(alg) && forgery.families.includes(METHODS[alg].family)
  if (!fits) {
    const keys = forgery.families.map((family) => KEYS[family]).join(' or ')
    throw new LackError(`a key of type ${keys}`, '--signing-key FILE')
  }
  checkNeeds(forgery, scope)
  const trusted = base.trusted && trustedFor(alg, scope)
  const unchanged = but.header === undefined && but.claims === undefined
  const by = (input: Buffer): Uint8Array => {
    const made = forge(forgery, {
      alg,
      input,
      ...(trusted === undefined ? {} : { privateKey: trusted.key }),
      ...(keyring.publicKey === undefined ? {} : { publicKey: keyring.publicKey.key }),
      ...(trusted === undefined && unchanged ? { valid: validOctets(base) } : {}),
    })
    if (made === undefined) throw new UnfitError()
    return made
  }
  return { how: 'made', by }
}

/** Thrown where the numbers of this very token do not allow a forgery; another token's may. */
export class UnfitError extends Error {}

function checkNeeds(forgery: Forgery, { base, keyring }: Scope): void {
  if (base.trusted !== undefined) return
  if (forgery.needs.includes('private-key'))
    throw new LackError('a signing key', '--signing-key FILE')
  if (forgery.needs.includes('public-key') && keyring.publicKey === undefined) {
    throw new LackError('the public key of the server', '--public-key FILE')
  }
}
