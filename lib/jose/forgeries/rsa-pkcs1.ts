/** RSA signatures whose padding is not the one octet string that RFC 8017 §9.2 gives. */
import { constants, createHash, type KeyObject, privateEncrypt } from 'node:crypto'
import { DIGEST_SIZE, type Hash, METHODS, type SigningAlgorithm, sign } from '../algorithms.ts'
import { derLength, derNull, derObjectId, derOctets, derSequence } from '../der.ts'
import { cubeRootUp, toBytes, toNumber } from '../numbers.ts'
import type { Forgery } from './forgery.ts'
import { type RsaNumbers, rsaNumbersOf } from './rsa-numbers.ts'

/** The object identifiers of the hashes (RFC 8017 appendix B.1). */
const HASH_OIDS: Readonly<Record<Hash, string>> = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
}

const EXACT = 'the padding is compared octet for octet (RFC 8017 §8.2.2)'
const GARBAGE = Buffer.alloc(16, 0xa5)

/** The octets that are signed, from the digest of the input to the size of the modulus. */
type Encode = (digest: Buffer, hash: Hash, size: number) => Buffer

const PADDINGS: Readonly<Record<string, { readonly wrong: string; readonly encode: Encode }>> = {
  'rsa-pkcs1-trailing-garbage': {
    wrong: 'octets follow the hash inside the padding',
    encode: (digest, hash, size) => padded(size, { rest: [digestInfo(hash, digest), GARBAGE] }),
  },
  'rsa-pkcs1-short-ff': {
    wrong: 'eight octets of padding, the hash, then garbage',
    encode: (digest, hash, size) => {
      const info = digestInfo(hash, digest)
      const garbage = Buffer.alloc(size - 11 - info.length, 0xa5)
      return padded(size, { rest: [info, garbage] })
    },
  },
  'rsa-pkcs1-no-null': {
    wrong: 'the parameters of the hash, NULL, are left out',
    encode: (digest, hash, size) =>
      padded(size, { rest: [derSequence(derSequence(oidOf(hash)), derOctets(digest))] }),
  },
  'rsa-pkcs1-garbage-in-parameters': {
    wrong: 'the parameters of the hash hold garbage instead of NULL',
    encode: (digest, hash, size) => {
      const algorithm = derSequence(oidOf(hash), derOctets(Buffer.concat([GARBAGE, GARBAGE])))
      return padded(size, { rest: [derSequence(algorithm, derOctets(digest))] })
    },
  },
  'rsa-pkcs1-long-length': {
    wrong: 'a length is written in two octets where one does',
    encode: (digest, hash, size) => {
      const info = digestInfo(hash, digest)
      const content = info.subarray(1 + derLength(info.length - 2).length)
      return padded(size, { rest: [Buffer.from([0x30, 0x81, content.length]), content] })
    },
  },
  'rsa-pkcs1-wrong-oid': {
    wrong: 'the hash is named as another one',
    encode: (digest, hash, size) =>
      padded(size, { rest: [digestInfo(hash === 'sha256' ? 'sha512' : 'sha256', digest)] }),
  },
  'rsa-pkcs1-raw-hash': {
    wrong: 'the hash stands without its name',
    encode: (digest, _, size) => padded(size, { rest: [digest] }),
  },
  'rsa-pkcs1-wrong-ps-byte': {
    wrong: 'one octet of the padding is fe instead of ff',
    encode: (digest, hash, size) => {
      const octets = padded(size, { rest: [digestInfo(hash, digest)] })
      octets[20] = 0xfe
      return octets
    },
  },
  'rsa-pkcs1-no-separator': {
    wrong: 'no zero octet ends the padding',
    encode: (digest, hash, size) =>
      padded(size, { rest: [digestInfo(hash, digest)], separator: 0xff }),
  },
  'rsa-pkcs1-type0': {
    wrong: 'the block type is 00 and the padding zero',
    encode: (digest, hash, size) =>
      padded(size, { rest: [digestInfo(hash, digest)], type: 0, filler: 0 }),
  },
  'rsa-pkcs1-type2': {
    wrong: 'the block type is 02, that of encryption',
    encode: (digest, hash, size) =>
      padded(size, { rest: [digestInfo(hash, digest)], type: 2, filler: 0x5a }),
  },
  'rsa-pkcs1-first-octet': {
    wrong: 'the first octet is 01 instead of 00',
    encode: (digest, hash, size) => padded(size, { rest: [digestInfo(hash, digest)], first: 1 }),
  },
}

export const pkcs1Forgeries: readonly Forgery[] = [
  ...(Object.entries(PADDINGS).map(([id, { wrong, encode }]) => ({
    ...pkcs1(id, `${wrong}; ${EXACT}`, ['private-key']),
    make: ({ alg, input, privateKey, publicKey }) => {
      const numbers = rsaNumbersOf(publicKey)
      const octets = numbers && encodedInput(alg, input, numbers.size, encode)
      return octets && privateKey && raw(privateKey, octets)
    },
  })) satisfies Forgery[]),
  {
    ...pkcs1('rsa-pkcs1-other-hash', 'it is over another hash than the algorithm names', [
      'private-key',
    ]),
    make: ({ alg, input, privateKey }) => {
      const other: SigningAlgorithm = METHODS[alg].hash === 'sha512' ? 'RS256' : 'RS512'
      return privateKey && sign(other, privateKey, input)
    },
  },
  {
    ...pkcs1('rsa-pkcs1-as-pss', 'it is padded as RSASSA-PSS', ['private-key']),
    make: ({ alg, input, privateKey }) =>
      privateKey && sign(alg.replace('RS', 'PS') as SigningAlgorithm, privateKey, input),
  },
  {
    ...pkcs1(
      'rsa-pkcs1-cube-root',
      `its cube begins as the padding does and ends in garbage, made without the key; ${EXACT}`,
      ['public-key'],
    ),
    make: ({ alg, input, publicKey }) => {
      const numbers = rsaNumbersOf(publicKey)
      return numbers?.e === 3n ? cubeRoot(alg, input, numbers) : undefined
    },
  },
  {
    ...pkcs1(
      'rsa-pkcs1-exponent-one',
      'it is the padded hash itself, which verifies under a key whose exponent is 1',
      ['public-key'],
    ),
    make: ({ alg, input, publicKey }) => {
      const numbers = rsaNumbersOf(publicKey)
      return numbers?.e === 1n ? encodedInput(alg, input, numbers.size, encodeRightly) : undefined
    },
  },
]

function pkcs1(id: string, wrong: string, needs: Forgery['needs']): Omit<Forgery, 'make'> {
  return { id, families: ['rsa-pkcs1'], needs, wrong }
}

interface Padding {
  readonly rest: readonly Uint8Array[]
  readonly first?: number
  readonly type?: number
  readonly filler?: number
  readonly separator?: number
}

function padded(size: number, padding: Padding): Buffer {
  const { rest, first = 0, type = 1, filler = 0xff, separator = 0 } = padding
  const end = Buffer.concat([Buffer.from([separator]), ...rest])
  return Buffer.concat([
    Buffer.from([first, type]),
    Buffer.alloc(size - 2 - end.length, filler),
    end,
  ])
}

const encodeRightly: Encode = (digest, hash, size) =>
  padded(size, { rest: [digestInfo(hash, digest)] })

function digestInfo(hash: Hash, digest: Uint8Array): Buffer {
  return derSequence(derSequence(oidOf(hash), derNull()), derOctets(digest))
}

function oidOf(hash: Hash): Buffer {
  return derObjectId(HASH_OIDS[hash])
}

// Undefined for a modulus too small to hold the longest of the paddings.
function encodedInput(
  alg: SigningAlgorithm,
  input: Uint8Array,
  size: number,
  encode: Encode,
): Buffer | undefined {
  const { hash = 'sha256' } = METHODS[alg]
  if (size < DIGEST_SIZE[hash] + 80) return undefined
  return encode(createHash(hash).update(input).digest(), hash, size)
}

/**
 * The RSA signature primitive on octets as they are (RFC 8017 §5.2.1); undefined if not below n.
 */
export function raw(privateKey: KeyObject, octets: Buffer): Buffer | undefined {
  const numbers = rsaNumbersOf(privateKey)
  if (numbers === undefined || toNumber(octets) >= numbers.n) return undefined
  return privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, octets)
}

// The rest of the modulus after padding and hash is free, and wide enough to hold a root's error.
function cubeRoot(
  alg: SigningAlgorithm,
  input: Uint8Array,
  { size }: RsaNumbers,
): Buffer | undefined {
  const encoded = encodedInput(alg, input, size, (digest, hash) => {
    const info = digestInfo(hash, digest)
    return padded(info.length + 11, { rest: [info] })
  })
  if (encoded === undefined) return undefined
  const free = BigInt((size - encoded.length) * 8)
  const wanted = toNumber(encoded)
  const root = cubeRootUp(wanted << free)
  return (root ** 3n) >> free === wanted ? toBytes(root, size) : undefined
}
