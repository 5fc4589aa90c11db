/**
 * Consumers that verify with keys that are too weak, too large, or of another curve. None uses a
 * point that is off its curve: node:crypto makes no key of one.
 */
import { publicKey } from '../../bearer/remote/material.ts'
import type { PublishedKey } from '../../bearer/remote/types.ts'
import { entry, kindToo, textIn } from './key-sets-ways.ts'
import { verifiesHalves } from './lax.ts'
import { type BearerChange, type BearerDefect, both } from './types.ts'
import { signedToo } from './ways.ts'

const curveBinding = 'rfc7518#3.4-ecdsa-curve-binding'

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
    clauses: ['rfc7518#3.3-rsa-2048-minimum'],
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
    id: 'keyset-p521-for-es256',
    does: 'Verifies ES256 with a key on P-521.',
    breaks: 'must',
    clauses: [curveBinding],
    hosted: true,
    change: es256With('secp521r1', (policy) => policy),
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

export const keySetStrength: readonly BearerDefect[] = [...rsaStrength, ...curves]
