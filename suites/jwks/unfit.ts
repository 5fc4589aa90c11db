import type { Case, JwtFault, Line, Severity, Suite } from '../../lib/model/case.ts'
import { atOnce, granted, publish, signedBy } from './steps.ts'

interface Unfit {
  readonly id: string
  readonly title: string
  readonly severity: Severity
  /** A good key of the same type, which must be granted first. */
  readonly sibling?: string
  readonly key?: string
  readonly as?: string
  readonly but?: JwtFault
  readonly line: Line
  readonly harm: string
  readonly fix: string
}

/** A key that may not verify stands in a set that the server has read: its tokens are refused. */
const unfit = ({ id, title, severity, line, harm, fix, ...each }: Unfit): Case => {
  const { sibling = 'sibling', key = 'tested', as, but } = each
  return {
    id,
    title,
    severity,
    risk: ['changes-keys'],
    steps: [
      publish(as === undefined ? key : { key, as }, sibling),
      granted(sibling),
      atOnce(signedBy(key, but), line),
    ],
    harm,
    fix,
  }
}

const denied = (level: 'must' | 'should' | 'may', ...because: Line['because']): Line =>
  level === 'must'
    ? { must: { access: 'denied' }, because }
    : level === 'should'
      ? { should: { access: 'denied' }, because }
      : { may: { access: 'denied' }, because }

const stolen = 'A key that was made for something else, and kept like it, signs tokens too.'
const guessed =
  'Two readers of one set take the same entry for different keys, and what one trusts the other has never seen.'
const weak = 'Whoever puts some work into it can sign tokens with a key that was read off the set.'

/** Keys that stand in the set and must not be used. */
export const jwksUnfit: Suite = {
  id: 'jwks-unfit',
  title: 'Key set: keys that must not be used',
  about:
    'Not each key of a set is there to verify tokens with, and not each entry is a key. Tokens signed with those are refused, while the good key beside them works.',
  cases: [
    unfit({
      id: 'jwks-use-enc-refused',
      title: 'Refuses a key whose use is encryption',
      severity: 'medium',
      as: 'use-enc',
      line: denied('should', 'rfc7517#4.2-use-enc-not-for-verify'),
      harm: stolen,
      fix: 'Use only keys whose use is sig, or that have none.',
    }),
    unfit({
      id: 'jwks-key-ops-refused',
      title: 'Refuses a key whose key_ops do not name verify',
      severity: 'medium',
      as: 'key-ops-encrypt',
      line: denied('should', 'rfc7517#4.3-key-ops-honoured'),
      harm: stolen,
      fix: 'Where a key has key_ops, use it only if verify is among them.',
    }),
    unfit({
      id: 'jwks-use-against-key-ops-refused',
      title: 'Refuses a key whose use and key_ops contradict each other',
      severity: 'low',
      as: 'use-against-key-ops',
      line: denied('should', 'rfc7517#4.3-use-and-key-ops-consistent'),
      harm: guessed,
      fix: 'Use a key only if both its use and its key_ops allow it.',
    }),
    unfit({
      id: 'jwks-alg-of-key-honoured',
      title: 'Refuses a token of another algorithm than its key has',
      severity: 'medium',
      sibling: 'rsa',
      key: 'rsa-other',
      as: 'alg-of-another',
      line: denied('must', 'rfc8725#3.1-one-algorithm-per-key', 'rfc7517#4.4-alg-member-binds-key'),
      harm: 'Whoever writes the token chooses how it is verified.',
      fix: 'Where a key has alg, use it with that algorithm alone.',
    }),
    unfit({
      id: 'jwks-secret-refused',
      title: 'Refuses a secret that stands in the set for everybody to read',
      severity: 'high',
      key: 'oct',
      as: 'secret',
      line: denied('should', 'rfc7517#9.2-no-private-members-published'),
      harm: 'Everyone who can read the key set can sign tokens.',
      fix: 'Use public keys alone of a published set, whatever else it has.',
    }),
    unfit({
      id: 'jwks-short-secret-refused',
      title: 'Refuses a secret that is shorter than its hash',
      severity: 'high',
      key: 'oct-64',
      as: 'secret',
      line: denied('must', 'rfc7518#3.2-hmac-key-size'),
      harm: weak,
      fix: 'Leave HMAC out where keys are published; elsewhere ask for 256 bits at least.',
    }),
    unfit({
      id: 'jwks-rsa-1024-refused',
      title: 'Refuses an RSA key of 1024 bits',
      severity: 'medium',
      sibling: 'rsa',
      key: 'rsa-1024',
      line: denied('must', 'rfc7518#3.3-rsa-2048-minimum'),
      harm: weak,
      fix: 'Ask for 2048 bits at least before an RSA key is used.',
    }),
    unfit({
      id: 'jwks-pss-1024-refused',
      title: 'Refuses PS256 with a key of 1024 bits',
      severity: 'medium',
      sibling: 'pss',
      key: 'pss-1024',
      line: denied('must', 'rfc7518#3.3-rsa-2048-minimum'),
      harm: weak,
      fix: 'Ask for 2048 bits at least before an RSA key is used.',
    }),
    unfit({
      id: 'jwks-exponent-one-refused',
      title: 'Refuses an RSA key whose exponent is 1',
      severity: 'high',
      sibling: 'rsa',
      key: 'rsa-exponent-one',
      as: 'exponent-one',
      but: { signature: { forged: 'rsa-pkcs1-exponent-one' } },
      line: denied('should', 'rfc7517#5-ignore-unusable-keys', 'rfc7518#8.3-low-public-exponent'),
      harm: 'Everyone can sign for such a key: the signature is the padded hash itself.',
      fix: 'Ask for an odd exponent above 1 before an RSA key is used.',
    }),
    unfit({
      id: 'jwks-p-384-for-es256-refused',
      title: 'Refuses ES256 with a key on P-384',
      severity: 'medium',
      sibling: 'p-256',
      key: 'p-256-as-p-384',
      line: denied('must', 'rfc7518#3.4-ecdsa-curve-binding'),
      harm: guessed,
      fix: 'Bind each algorithm to its one curve: ES256 to P-256.',
    }),
    unfit({
      id: 'jwks-p-521-for-es256-refused',
      title: 'Refuses ES256 with a key on P-521',
      severity: 'medium',
      sibling: 'p-256',
      key: 'p-256-as-p-521',
      line: denied('must', 'rfc7518#3.4-ecdsa-curve-binding'),
      harm: guessed,
      fix: 'Bind each algorithm to its one curve: ES256 to P-256.',
    }),
    unfit({
      id: 'jwks-secp256k1-for-es256-refused',
      title: 'Refuses ES256 with a key on secp256k1',
      severity: 'medium',
      sibling: 'p-256',
      key: 'p-256-as-secp256k1',
      line: denied('must', 'rfc7518#3.4-ecdsa-curve-binding'),
      harm: guessed,
      fix: 'Bind each algorithm to its one curve: ES256 to P-256.',
    }),
    unfit({
      id: 'jwks-first-of-twins-refused',
      title: 'Refuses the first value of a member that stands twice in a key',
      severity: 'high',
      as: 'own-value-first',
      line: denied('must', 'rfc7517#4-duplicate-members'),
      harm: guessed,
      fix: 'Refuse a key with a duplicate member, or take the last one as most JSON parsers do.',
    }),
    unfit({
      id: 'jwks-names-in-capitals-refused',
      title: 'Refuses a key whose member names are in capitals',
      severity: 'medium',
      as: 'names-in-capitals',
      line: denied('must', 'rfc7517#6-string-comparison'),
      harm: guessed,
      fix: 'Compare names letter for letter.',
    }),
    unfit({
      id: 'jwks-no-kty-refused',
      title: 'Refuses a key without a type',
      severity: 'low',
      as: 'no-kty',
      line: denied('should', 'rfc7517#4.1-kty-required'),
      harm: guessed,
      fix: 'Pass over entries without kty; guess nothing.',
    }),
    unfit({
      id: 'jwks-kty-case-refused',
      title: 'Refuses a type in other letters',
      severity: 'low',
      as: 'kty-other-case',
      line: denied('should', 'rfc7517#4.1-kty-case-sensitive'),
      harm: guessed,
      fix: 'Compare kty letter for letter.',
    }),
    unfit({
      id: 'jwks-crv-case-refused',
      title: 'Refuses a curve in other letters',
      severity: 'low',
      sibling: 'p-256',
      key: 'p-256-other',
      as: 'crv-other-case',
      line: denied('should', 'rfc7518#6.2.1.1-crv-case-sensitive'),
      harm: guessed,
      fix: 'Compare crv letter for letter.',
    }),
    unfit({
      id: 'jwks-no-y-refused',
      title: 'Refuses an elliptic-curve key without y',
      severity: 'low',
      sibling: 'p-256',
      key: 'p-256-other',
      as: 'no-y',
      line: denied('should', 'rfc7518#6.2.1-ec-members-present'),
      harm: guessed,
      fix: 'Ask for both coordinates.',
    }),
    unfit({
      id: 'jwks-short-x-refused',
      title: 'Refuses a coordinate without its leading zeros',
      severity: 'low',
      sibling: 'p-256',
      key: 'p-256-short-x',
      as: 'short-x',
      line: denied('should', 'rfc7518#6.2.1.2-coordinate-full-length'),
      harm: guessed,
      fix: 'Ask for coordinates of the full length of their curve.',
    }),
    unfit({
      id: 'jwks-no-e-refused',
      title: 'Refuses an RSA key without an exponent',
      severity: 'low',
      sibling: 'rsa',
      key: 'rsa-other',
      as: 'no-e',
      line: denied('should', 'rfc7518#6.3.1-rsa-members-present'),
      harm: guessed,
      fix: 'Ask for both n and e; guess nothing.',
    }),
    unfit({
      id: 'jwks-no-crv-refused',
      title: 'Refuses an Edwards-curve key without a curve',
      severity: 'low',
      sibling: 'ed25519',
      key: 'ed25519-other',
      as: 'no-crv',
      line: denied('should', 'rfc8037#2-okp-members'),
      harm: guessed,
      fix: 'Ask for crv and x; guess nothing.',
    }),
    unfit({
      id: 'jwks-eddsa-by-ec-refused',
      title: 'Refuses EdDSA with a key of type EC',
      severity: 'medium',
      sibling: 'ed25519',
      key: 'ed25519-other',
      as: 'as-ec',
      line: denied('must', 'rfc8037#3.1-eddsa-uses-okp'),
      harm: guessed,
      fix: 'Use EdDSA with keys of type OKP alone.',
    }),
    unfit({
      id: 'jwks-x25519-refused',
      title: 'Refuses EdDSA with a key that says it is for X25519',
      severity: 'medium',
      sibling: 'ed25519',
      key: 'ed25519-other',
      as: 'as-x25519',
      line: denied('must', 'rfc8037#3.2-no-x25519-for-signing'),
      harm: stolen,
      fix: 'Use keys on Ed25519 and Ed448 for signatures, and no others.',
    }),
    unfit({
      id: 'jwks-ed448-refused',
      title: 'Refuses a signature of Ed25519 with a key that says it is for Ed448',
      severity: 'medium',
      sibling: 'ed25519',
      key: 'ed25519-other',
      as: 'as-ed448',
      line: denied('must', 'rfc8037#3.1-eddsa-variant-by-subtype'),
      harm: guessed,
      fix: 'Let the curve of the key say which variant of EdDSA it is.',
    }),
    unfit({
      id: 'jwks-small-order-refused',
      title: 'Refuses an Ed25519 key of small order',
      severity: 'low',
      sibling: 'ed25519',
      key: 'ed25519-other',
      as: 'small-order',
      but: { signature: { forged: 'eddsa-neutral-r' } },
      line: denied('should', 'rfc8725#3.4-curve-point-validated'),
      harm: 'There is a signature that such a key finds good under any text.',
      fix: 'Refuse points of small order when a key is read.',
    }),
    unfit({
      id: 'jwks-x5c-of-another-refused',
      title: 'Refuses a key with the certificate of another',
      severity: 'low',
      as: 'x5c-of-another',
      line: denied('may', 'rfc7517#4.7-x5c-key-matches'),
      harm: guessed,
      fix: 'Where a key has x5c, compare the key of the first certificate, or leave certificates alone altogether.',
    }),
  ],
}
