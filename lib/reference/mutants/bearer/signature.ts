/** Verifiers that let a token pass without its whole signature, or look at other octets. */
import { checkSignature } from '../../bearer/algorithms.ts'
import { parseJson } from '../../bearer/json.ts'
import type { Received, Segments, TrustedKey } from '../../bearer/types.ts'
import { numberOf, octetsOf, verifies } from './lax.ts'
import { type BearerDefect, tokens } from './types.ts'
import { algorithmToo, byKey, forTokens, signedToo, twoSegments } from './ways.ts'

const mustVerify = 'rfc7515#5.2-signature-must-verify'
const integrity = 'rfc6750#5.2-token-integrity'
const ecdsaLength = 'rfc7518#3.4-ecdsa-signature-length'
const range = 'rfc7518#3.4-ecdsa-zero-r-s'
const eddsa = 'rfc8037#3.1.2-invalid-eddsa-rejected'

/** Remembers what was verified under some name, and lets everything of that name pass. */
const remembering = (nameOf: (segments: Segments) => string): BearerDefect['change'] =>
  tokens(({ signed }) => {
    const known = new Set<string>()
    return {
      signed: (key, received) => {
        const name = nameOf(received.segments)
        if (signed(key, received)) known.add(name)
        return known.has(name)
      },
    }
  })

/** Header and payload as a serializer without blanks would write them. */
const rewritten = (received: Received): Received => {
  const again = (segment: string): string => {
    const value = parseJson(Buffer.from(segment, 'base64url').toString('utf8'))
    return value === undefined ? segment : Buffer.from(JSON.stringify(value)).toString('base64url')
  }
  const { header, payload, signature } = received.segments
  return { ...received, segments: { header: again(header), payload: again(payload), signature } }
}

const coverage: readonly BearerDefect[] = [
  {
    id: 'jwt-signature-empty-accepted',
    does: 'Verifies a signature only where there is one, so that an empty one passes.',
    breaks: 'must',
    clauses: ['rfc7515#5.2-empty-signature-rejected'],
    change: signedToo((_key, { signature }) => signature.length === 0),
  },
  {
    id: 'jwt-signature-absent-accepted',
    does: 'Takes a token of two segments for one that somebody else has verified.',
    breaks: 'must',
    clauses: ['rfc7515#5.2-exactly-two-periods', 'rfc7515#5.2-empty-signature-rejected'],
    change: forTokens(
      (token) => twoSegments(token) !== undefined,
      () => ({ split: twoSegments, signed: () => true }),
    ),
  },
  {
    id: 'jwt-cached-by-signature',
    does: 'Remembers verified tokens by their signature, whatever stands before it the next time.',
    breaks: 'must',
    clauses: [mustVerify, integrity],
    change: remembering(({ signature }) => signature),
  },
  {
    id: 'jwt-cached-without-header',
    does: 'Remembers verified tokens by payload and signature, whatever the header the next time.',
    breaks: 'must',
    clauses: [mustVerify, integrity],
    change: remembering(({ payload, signature }) => `${payload}.${signature}`),
  },
  {
    id: 'jwt-verified-as-rewritten',
    does: 'Verifies over the JSON as it would write it, so that blanks in it go unnoticed.',
    breaks: 'must',
    clauses: [mustVerify],
    change: signedToo((key, received) => byKey(key, rewritten(received))),
  },
  {
    id: 'jwt-header-not-covered',
    does: 'Accepts a signature over the payload alone.',
    breaks: 'must',
    clauses: [mustVerify],
    change: signedToo(({ alg, key }, { segments, signature }) =>
      checkSignature(alg, key, Buffer.from(segments.payload), signature),
    ),
  },
]

const unsupported: readonly BearerDefect[] = [
  {
    id: 'jwt-eddsa-unverified',
    does: 'Has no code for EdDSA yet, and takes every signature by it for good.',
    breaks: 'must',
    clauses: [mustVerify, 'rfc8725#3.8-iss-key-binding'],
    change: algorithmToo(
      (alg) => alg === 'EdDSA',
      () => true,
    ),
  },
]

const hash = 'sha256'
const orderP256 = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** Both halves cut down to 32 octets each, after their numbers were changed. */
const halved = (signature: Buffer, change: (half: bigint) => bigint): Buffer => {
  const middle = signature.length / 2
  const halves = [signature.subarray(0, middle), signature.subarray(middle)]
  return Buffer.concat(halves.map((half) => octetsOf(change(numberOf(half)), 32)))
}

/** Checks a signature after it was made into another. */
const readAs =
  (change: (signature: Buffer) => Buffer | undefined) =>
  ({ alg, key }: TrustedKey, received: Received): boolean => {
    const signature = change(received.signature)
    return signature !== undefined && byKey({ alg, key, kid: '' }, { ...received, signature })
  }

const ecdsa: readonly BearerDefect[] = [
  {
    id: 'jwt-ecdsa-zero-accepted',
    does: 'Accepts an ECDSA signature of zeros for every token.',
    breaks: 'must',
    clauses: [range],
    change: signedToo((_key, { signature }) => /^(?:00){64}$/.test(signature.toString('hex'))),
  },
  {
    id: 'jwt-ecdsa-reduced',
    does: 'Reduces both halves of an ECDSA signature by the order of the curve before it verifies.',
    breaks: 'must',
    clauses: [range],
    change: signedToo((key, received) =>
      readAs((signature) => {
        if (signature.length < 64 || signature.length % 2 === 1) return undefined
        const isLarge = [0, signature.length / 2].some(
          (at) => numberOf(signature.subarray(at, at + signature.length / 2)) >= orderP256,
        )
        return isLarge ? halved(signature, (half) => half % orderP256) : undefined
      })(key, received),
    ),
  },
  {
    id: 'jwt-ecdsa-either-order',
    does: 'Takes the two numbers of an ECDSA signature in either order.',
    breaks: 'must',
    clauses: [mustVerify],
    change: signedToo(
      readAs((signature) => Buffer.concat([signature.subarray(32), signature.subarray(0, 32)])),
    ),
  },
  {
    id: 'jwt-ecdsa-der-accepted',
    does: 'Accepts ECDSA signatures in DER.',
    breaks: 'must',
    clauses: [ecdsaLength],
    change: signedToo(({ key }, received) =>
      verifies(hash, { key, dsaEncoding: 'der' }, received, received.signature),
    ),
  },
  {
    id: 'jwt-ecdsa-long-halves-accepted',
    does: 'Splits an ECDSA signature in the middle, however long it is.',
    breaks: 'must',
    clauses: [ecdsaLength],
    change: signedToo(
      readAs((signature) =>
        signature.length > 64 && signature.length % 2 === 0
          ? halved(signature, (half) => (half < orderP256 ? half : 0n))
          : undefined,
      ),
    ),
  },
  {
    id: 'jwt-ecdsa-tail-ignored',
    does: 'Reads the first 64 octets of an ECDSA signature and ignores the others.',
    breaks: 'must',
    clauses: [ecdsaLength, 'rfc7515#5.2-truncated-signature-rejected'],
    change: signedToo(
      readAs((signature) => (signature.length > 64 ? signature.subarray(0, 64) : undefined)),
    ),
  },
  {
    id: 'jwt-signature-leading-zero-dropped',
    does: 'Drops zero octets before a signature that is too long.',
    breaks: 'must',
    clauses: [ecdsaLength, 'rfc7515#5.2-truncated-signature-rejected'],
    change: signedToo(
      readAs((signature) =>
        signature.length > 64 && numberOf(signature.subarray(0, -64)) === 0n
          ? signature.subarray(-64)
          : undefined,
      ),
    ),
  },
]

/** Whether a number of an ECDSA signature begins with zeros. */
const hasLeadingZero = (signature: Uint8Array): boolean =>
  [0, signature.length / 2].some((at) => signature[at] === 0)

const zeros: readonly BearerDefect[] = [
  {
    id: 'jwt-ecdsa-leading-zeros-lost',
    does: 'Drops the zero octets before the numbers of an ECDSA signature, and then misses them.',
    breaks: 'should',
    clauses: ['rfc7518#3.4-ecdsa-leading-zeros'],
    change: (policy, lab) => {
      const strict = tokens(({ signed }) => ({
        signed: (key, received) => !hasLeadingZero(received.signature) && signed(key, received),
      }))(policy, lab)
      // Its users got a new token whenever one did not work.
      const issue: typeof policy.issue = (key, claims) => {
        const token = policy.issue(key, claims)
        const signature = Buffer.from(token.split('.')[2] ?? '', 'base64url')
        return hasLeadingZero(signature) ? issue(key, claims) : token
      }
      return { ...strict, issue }
    },
  },
]

const orderEd25519 = 2n ** 252n + 27742317777372353535851937790883648493n

const reversed = (bytes: Uint8Array): Buffer => Buffer.from(bytes).reverse()

const eddsas: readonly BearerDefect[] = [
  {
    id: 'jwt-eddsa-zero-accepted',
    does: 'Accepts an EdDSA signature of zeros for every token.',
    breaks: 'must',
    clauses: [eddsa, mustVerify],
    besides: 'benign-key-eddsa',
    keys: ['EdDSA'],
    change: signedToo((_key, { signature }) => /^(?:00){64}$/.test(signature.toString('hex'))),
  },
  {
    id: 'jwt-eddsa-unreduced-accepted',
    does: 'Reduces the second half of an EdDSA signature, so that it takes many spellings of it.',
    breaks: 'must',
    clauses: [eddsa],
    besides: 'benign-key-eddsa',
    keys: ['EdDSA'],
    change: signedToo(
      readAs((signature) => {
        const s = numberOf(reversed(signature.subarray(32))) % orderEd25519
        return Buffer.concat([signature.subarray(0, 32), reversed(octetsOf(s, 32))])
      }),
    ),
  },
  {
    id: 'jwt-eddsa-tail-ignored',
    does: 'Reads the first 64 octets of an EdDSA signature and ignores the others.',
    breaks: 'must',
    clauses: [eddsa, 'rfc7515#5.2-truncated-signature-rejected'],
    besides: 'benign-key-eddsa',
    keys: ['EdDSA'],
    change: signedToo(
      readAs((signature) => (signature.length > 64 ? signature.subarray(0, 64) : undefined)),
    ),
  },
]

export const signature: readonly BearerDefect[] = [
  ...coverage,
  ...unsupported,
  ...ecdsa,
  ...zeros,
  ...eddsas,
]
