import {
  createHash,
  generateKeyPairSync,
  generatePrimeSync,
  type KeyObject,
  sign,
} from 'node:crypto'
import { minted } from '../../bearer/ask.test.helper.ts'
import {
  type HostedKey,
  hostedKey,
  hostedKeyOf,
  type Scene,
  showHostedDifferences,
} from '../../bearer/key-host.test.helper.ts'
import { keySetStrength } from './key-sets-strength.ts'
import { numberOf, octetsOf } from './lax.ts'

const rsaOf = (alg: string, modulusLength: number): HostedKey =>
  hostedKeyOf(alg, 'rsa', generateKeyPairSync('rsa', { modulusLength }))

const [pkcs, pss] = [rsaOf('RS256', 1024), rsaOf('PS256', 1024)]
const ed = hostedKey('EdDSA', 'ed')
const p384 = hostedKey('ES384', 'p384')
const p521 = hostedKey('ES512', 'p521')
const k1 = hostedKey('ES256K', 'k1')

const letIn = { plain: '401', mutated: '200' }

const published =
  (entry: object, key: HostedKey): Scene['play'] =>
  async ({ publish, ask }) => {
    publish(entry)
    return ask(key)
  }

/** The status of a token signed in a way of its own. */
const signedBy =
  (
    entry: Readonly<Record<string, unknown>>,
    alg: string,
    sign: (input: Buffer) => Buffer,
  ): Scene['play'] =>
  async ({ publish, server, askWith }) => {
    publish(entry)
    return askWith(minted(server, { header: { alg, kid: entry.kid }, sign }))
  }

/** ES256's hash and the halves that a key of any curve gives. */
const es256 =
  (key: KeyObject) =>
  (input: Buffer): Buffer =>
    sign('sha256', input, { key, dsaEncoding: 'ieee-p1363' })

const digestInfo = Buffer.from('3031300d060960864801650304020105000420', 'hex')

/** What RSASSA-PKCS1-v1_5 signs, of that many octets (RFC 8017 §9.2). */
const encoded = (input: Buffer, size: number): Buffer => {
  const tail = Buffer.concat([digestInfo, createHash('sha256').update(input).digest()])
  const fill = Buffer.alloc(size - tail.length - 3, 0xff)
  return Buffer.concat([Buffer.from([0, 1]), fill, Buffer.from([0]), tail])
}

const power = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let [result, square] = [1n, base % modulus]
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

const inverse = (value: bigint, modulus: bigint): bigint => {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n]
  while (b > 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y]
  return ((x % modulus) + modulus) % modulus
}

const exponent = 65537n

/** Primes under which an exponent of 65537 has an inverse, and their product. */
const primes: readonly bigint[] = (() => {
  const found: bigint[] = []
  while (found.length < 18) {
    const prime = generatePrimeSync(512, { bigint: true })
    if ((prime - 1n) % exponent !== 0n && !found.includes(prime)) found.push(prime)
  }
  return found
})()

const modulus = primes.reduce((product, prime) => product * prime, 1n)
const size = Math.ceil(modulus.toString(16).length / 2)

/** Signs with a key of many primes, one after the other (RFC 8017 §5.2.1). */
const signLarge = (input: Buffer): Buffer => {
  const message = numberOf(encoded(input, size))
  const signature = primes.reduce((sum, prime) => {
    const rest = modulus / prime
    const share = power(message % prime, inverse(exponent, prime - 1n), prime)
    return (sum + ((share * inverse(rest, prime)) % prime) * rest) % modulus
  }, 0n)
  return octetsOf(signature, size)
}

const base64url = (octets: Buffer): string => octets.toString('base64url')

const large = { kty: 'RSA', n: base64url(octetsOf(modulus, size)), e: 'AQAB', kid: 'large' }

/** The neutral point, under which R = A and S = 0 sign every text. */
const identity = Buffer.from(`01${'00'.repeat(31)}`, 'hex')

showHostedDifferences(keySetStrength, {
  'keyset-rsa-1024-used': { play: published(pkcs.jwk, pkcs), ...letIn },
  'keyset-pss-1024-used': { play: published({ ...pss.jwk, alg: 'PS256' }, pss), ...letIn },
  'keyset-large-rsa-used': {
    play: signedBy(large, 'RS256', signLarge),
    ...letIn,
  },
  'keyset-exponent-one-used': {
    play: signedBy({ ...hostedKey('RS256', 'one').jwk, e: 'AQ' }, 'RS256', (input) =>
      encoded(input, 256),
    ),
    ...letIn,
  },
  'keyset-p384-for-es256': { play: signedBy(p384.jwk, 'ES256', es256(p384.privateKey)), ...letIn },
  'keyset-p521-for-es256': { play: signedBy(p521.jwk, 'ES256', es256(p521.privateKey)), ...letIn },
  'keyset-secp256k1-for-es256': { play: signedBy(k1.jwk, 'ES256', es256(k1.privateKey)), ...letIn },
  'keyset-small-order-used': {
    play: signedBy({ ...ed.jwk, x: base64url(identity) }, 'EdDSA', () =>
      Buffer.concat([identity, Buffer.alloc(32)]),
    ),
    ...letIn,
  },
  'keyset-x25519-used': { play: published({ ...ed.jwk, crv: 'X25519' }, ed), ...letIn },
  'keyset-ed448-as-ed25519': { play: published({ ...ed.jwk, crv: 'Ed448' }, ed), ...letIn },
  'keyset-ed25519-under-ec': { play: published({ ...ed.jwk, kty: 'EC' }, ed), ...letIn },
})
