/** Consumers that verify with what is no key for it: weak, for another purpose, or none at all. */
import { createSecretKey } from 'node:crypto'
import { member } from '../../bearer/json.ts'
import { ableTo } from '../../bearer/remote/entry.ts'
import { octetsIn, publicKey } from '../../bearer/remote/material.ts'
import type { Members, PublishedKey } from '../../bearer/remote/types.ts'
import type { Received } from '../../bearer/types.ts'
import { entry, kindToo, textIn, unverifiedWhile } from './key-sets-ways.ts'
import { verifiesHalves } from './lax.ts'
import { type BearerChange, type BearerDefect, both } from './types.ts'
import { signedToo } from './ways.ts'

const curveBinding = 'rfc7518#3.4-ecdsa-curve-binding'
const undeterminable = 'rfc7515#6-undeterminable-key-fails'
const mustVerify = 'rfc7515#5.2-signature-must-verify'

const without = (key: Members, name: string): Members =>
  Object.fromEntries(Object.entries(key).filter(([given]) => given !== name))

const lists = (key: Members, operation: string): boolean => {
  const listed = member(key, 'key_ops')
  return Array.isArray(listed) && listed.includes(operation)
}

const purposes: readonly BearerDefect[] = [
  {
    id: 'keyset-enc-key-used',
    does: 'Verifies with a key whose use is enc.',
    breaks: 'should',
    clauses: ['rfc7517#4.2-use-enc-not-for-verify'],
    hosted: true,
    change: entry(({ verifies }) => ({
      verifies: (key) => verifies(member(key, 'use') === 'enc' ? without(key, 'use') : key),
    })),
  },
  {
    id: 'keyset-key-ops-ignored',
    does: 'Verifies with a key whose key_ops do not let it, where no use stands beside them.',
    breaks: 'should',
    clauses: ['rfc7517#4.3-key-ops-honoured'],
    hosted: true,
    change: entry(({ verifies }) => ({
      verifies: (key) => member(key, 'use') === undefined || verifies(key),
    })),
  },
  {
    id: 'keyset-contradiction-used',
    does: 'Verifies with a key if its use or its key_ops let it, though the other does not.',
    breaks: 'should',
    clauses: ['rfc7517#4.3-use-and-key-ops-consistent'],
    hosted: true,
    change: entry(({ verifies }) => ({
      verifies: (key) => {
        const [use, listed] = [member(key, 'use'), member(key, 'key_ops')]
        if (use === undefined || listed === undefined) return verifies(key)
        return use === 'sig' || lists(key, 'verify')
      },
    })),
  },
  {
    id: 'keyset-alg-ignored',
    does: 'Verifies with any algorithm that the type of a key is able to, whatever its alg says.',
    breaks: 'should',
    clauses: ['rfc7517#4.4-alg-member-binds-key', 'rfc8725#3.1-one-algorithm-per-key'],
    hosted: true,
    change: entry(({ algorithms }) => ({
      algorithms: (key, made) =>
        member(key, 'alg') === undefined ? algorithms(key, made) : ableTo(made),
    })),
  },
  {
    id: 'keyset-x5c-ignored',
    does: 'Uses a key whose certificate is that of another key.',
    breaks: 'should',
    clauses: ['rfc7517#4.7-x5c-key-matches'],
    hosted: true,
    change: entry(() => ({ certified: () => true })),
  },
]

/** Octets that SHA-256 gives, and that its HMAC wants at least (RFC 7518 §3.2). */
const hashOctets = 32

/** Takes the secrets of a set for HS256. */
const secretsUsed = (fewest: number): BearerChange =>
  both(
    kindToo('oct', (key) => {
      const secret = octetsIn(key, 'k')
      return secret && secret.length >= fewest ? createSecretKey(secret) : undefined
    }),
    entry(({ algorithms }) => ({
      algorithms: (key, made) => (made.type === 'secret' ? ['HS256'] : algorithms(key, made)),
    })),
  )

const secrets: readonly BearerDefect[] = [
  {
    id: 'keyset-oct-used',
    does: 'Takes an HMAC made with a secret that stands in the set for all to read.',
    breaks: 'must',
    clauses: ['rfc8725#3.1-algorithm-allow-list'],
    hosted: true,
    change: secretsUsed(hashOctets),
  },
  {
    id: 'keyset-small-oct-used',
    does: 'Takes an HMAC made with a secret of the set that is shorter than its hash.',
    breaks: 'must',
    clauses: ['rfc7518#3.2-hmac-key-size'],
    hosted: true,
    besides: 'keyset-oct-used',
    change: secretsUsed(1),
  },
]

const bitsOf = ({ key }: Pick<PublishedKey, 'key'>): number =>
  key.asymmetricKeyDetails?.modulusLength ?? 0

/** Lets RSA keys of another strength be used, for some algorithms. */
const rsaToo = (
  isTaken: (bits: number, exponent: bigint) => boolean,
  serves: (alg: string) => boolean = () => true,
): BearerChange =>
  entry(({ isStrong, algorithms }) => ({
    isStrong: (key) =>
      isStrong(key) ||
      (key.asymmetricKeyType === 'rsa' &&
        isTaken(bitsOf({ key }), key.asymmetricKeyDetails?.publicExponent ?? 0n)),
    algorithms: (given, key) =>
      algorithms(given, key).filter((alg) => isStrong(key) || serves(alg)),
  }))

const isUsual = (exponent: bigint): boolean => exponent === 65537n

const rsaStrength: readonly BearerDefect[] = [
  {
    id: 'keyset-rsa-1024-used',
    does: 'Verifies PKCS #1 signatures with an RSA key of 1024 bits.',
    breaks: 'must',
    clauses: ['rfc7518#3.3-rsa-2048-minimum'],
    hosted: true,
    change: rsaToo(
      (bits, exponent) => bits >= 1024 && bits < 2048 && isUsual(exponent),
      (alg) => alg.startsWith('RS'),
    ),
  },
  {
    id: 'keyset-pss-1024-used',
    does: 'Verifies PSS signatures with an RSA key of 1024 bits.',
    breaks: 'must',
    clauses: ['rfc7518#3.5-pss-2048-minimum'],
    hosted: true,
    change: rsaToo(
      (bits, exponent) => bits >= 1024 && bits < 2048 && isUsual(exponent),
      (alg) => alg.startsWith('PS'),
    ),
  },
  {
    id: 'keyset-large-rsa-used',
    does: 'Verifies with an RSA key of any size, however long that takes.',
    breaks: 'should',
    clauses: ['rfc7518#8.6-key-size-upper-limit'],
    hosted: true,
    change: rsaToo((bits, exponent) => bits > 8192 && isUsual(exponent)),
  },
  {
    id: 'keyset-exponent-one-used',
    does: 'Verifies with an RSA key whose exponent is 1, under which every text signs itself.',
    breaks: 'should',
    clauses: ['rfc7518#8.3-low-public-exponent'],
    hosted: true,
    change: rsaToo((bits, exponent) => bits >= 2048 && bits <= 8192 && exponent === 1n),
  },
]

/** Uses keys of another curve for ES256. */
const es256With = (named: string, makes: BearerChange): BearerChange =>
  both(
    makes,
    entry(({ algorithms }) => ({
      algorithms: (key, made) => [
        ...algorithms(key, made),
        ...(made.asymmetricKeyDetails?.namedCurve === named ? ['ES256'] : []),
      ],
    })),
    signedToo(
      ({ alg, key }, received) =>
        alg === 'ES256' &&
        key.asymmetricKeyDetails?.namedCurve === named &&
        verifiesHalves('sha256', key, received, received.signature),
    ),
  )

/** Reads the octets of some OKP keys as if they were of Ed25519. */
const asEdwards = (crv: string): BearerChange =>
  kindToo('OKP', (key, strict) =>
    textIn(key, 'crv') === crv ? strict({ ...key, crv: 'Ed25519' }) : undefined,
  )

const curves: readonly BearerDefect[] = [
  {
    id: 'keyset-p384-for-es256',
    does: 'Verifies ES256 with a key on P-384.',
    breaks: 'must',
    clauses: [curveBinding],
    hosted: true,
    change: es256With('secp384r1', (policy) => policy),
  },
  {
    id: 'keyset-secp256k1-for-es256',
    does: 'Verifies ES256 with a key on secp256k1.',
    breaks: 'must',
    clauses: [curveBinding],
    hosted: true,
    change: es256With(
      'secp256k1',
      kindToo('EC', (key) =>
        textIn(key, 'crv') === 'secp256k1' ? publicKey({ ...key }) : undefined,
      ),
    ),
  },
  {
    id: 'keyset-small-order-used',
    does: 'Verifies with an Ed25519 key that is a point of small order.',
    breaks: 'should',
    clauses: ['rfc8725#3.4-curve-point-validated'],
    hosted: true,
    change: entry(({ isStrong }) => ({
      isStrong: (key) => key.asymmetricKeyType === 'ed25519' || isStrong(key),
    })),
  },
  {
    id: 'keyset-x25519-used',
    does: 'Verifies EdDSA with a key of X25519, as if its octets were of Ed25519.',
    breaks: 'must',
    clauses: ['rfc8037#3.2-no-x25519-for-signing'],
    hosted: true,
    change: asEdwards('X25519'),
  },
  {
    id: 'keyset-ed448-as-ed25519',
    does: 'Verifies signatures of Ed25519 with a key that says it is of Ed448.',
    breaks: 'must',
    clauses: ['rfc8037#3.1-eddsa-variant-by-subtype'],
    hosted: true,
    change: asEdwards('Ed448'),
  },
  {
    id: 'keyset-ed25519-under-ec',
    does: 'Verifies EdDSA with a key of Ed25519 whose type is EC.',
    breaks: 'must',
    clauses: ['rfc8037#3.1-eddsa-uses-okp'],
    hosted: true,
    change: (policy, lab) => {
      const edwards = policy.remote.entry.kinds.OKP
      return kindToo('EC', (key) => edwards?.(key))(policy, lab)
    },
  },
]

const isUnsecured = ({ header, signature }: Pick<Received, 'header' | 'signature'>): boolean =>
  member(header, 'alg') === 'none' && signature.length === 0

const unverified: readonly BearerDefect[] = [
  {
    id: 'keyset-empty-unverified',
    does: 'Believes every token of another key than its own while the set is empty.',
    breaks: 'must',
    clauses: [undeterminable, mustVerify],
    hosted: true,
    change: unverifiedWhile(
      ({ empty }) => empty,
      () => true,
    ),
  },
  {
    id: 'keyset-empty-unsecured',
    does: 'Believes unsecured tokens while the set is empty.',
    breaks: 'must',
    clauses: ['rfc7518#3.6-none-not-default', undeterminable],
    hosted: true,
    change: unverifiedWhile(({ empty }) => empty, isUnsecured),
  },
  {
    id: 'keyset-down-unverified',
    does: 'Believes tokens whose key it does not have while the set cannot be had.',
    breaks: 'must',
    clauses: [undeterminable, mustVerify],
    hosted: true,
    change: unverifiedWhile(
      ({ down }) => down,
      () => true,
    ),
  },
]

export const keySetTrust: readonly BearerDefect[] = [
  ...purposes,
  ...secrets,
  ...rsaStrength,
  ...curves,
  ...unverified,
]
