import { generateKeyPairSync, sign } from 'node:crypto'
import { makeSignature } from '../../bearer/algorithms.ts'
import {
  type BearerRow,
  bearing,
  keptOut,
  letIn,
  minted,
  showBearerDifferences,
} from '../../bearer/ask.test.helper.ts'
import { signature } from './signature.ts'

const segment = (text: string): string => Buffer.from(text, 'latin1').toString('base64url')

/** A good token, and then the same with one of its segments changed. */
const afterwards = (change: (segments: readonly string[]) => readonly string[]): BearerRow => ({
  send: (server) => {
    const token = minted(server)
    return [bearing(token), bearing(change(token.split('.')).join('.'))]
  },
  plain: '200 401',
  mutated: '200 200',
})

const spaced = (text: string): string =>
  segment(Buffer.from(text, 'base64url').toString('latin1').replace('{', '{ '))

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

const big = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)

const octets = (value: bigint, size: number): Buffer =>
  Buffer.from(value.toString(16).padStart(size * 2, '0'), 'hex')

/** A number of DER, with a zero octet where it would be negative. */
const integer = (half: Buffer): Buffer => {
  const bytes = Buffer.from(half.toString('hex').replace(/^(?:00)+/, ''), 'hex')
  const signed = (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.alloc(1), bytes])
  return Buffer.concat([Buffer.from([2, signed.length]), signed])
}

const der = (bytes: Buffer): Buffer => {
  const content = Buffer.concat([integer(bytes.subarray(0, 32)), integer(bytes.subarray(32))])
  return Buffer.concat([Buffer.from([0x30, content.length]), content])
}

const zero = Buffer.alloc(1)

const l = 2n ** 252n + 27742317777372353535851937790883648493n

showBearerDifferences(signature, {
  'jwt-signature-empty-accepted': letIn({ signature: () => Buffer.alloc(0) }),
  'jwt-signature-absent-accepted': letIn({ token: (text) => text.replace(/\.[^.]*$/, '') }),
  'jwt-cached-by-signature': afterwards(([header = '', payload = '', rest = '']) => {
    const claims = Buffer.from(payload, 'base64url').toString('latin1')
    return [header, segment(claims.replace('demo-user', 'other-user')), rest]
  }),
  'jwt-cached-without-header': afterwards(([header = '', ...rest]) => {
    const text = Buffer.from(header, 'base64url').toString('latin1')
    return [segment(text.replace('"typ":"JWT"', '"typ":"at+jwt"')), ...rest]
  }),
  'jwt-verified-as-rewritten': afterwards(([header = '', payload = '', rest = '']) => [
    header,
    spaced(payload),
    rest,
  ]),
  'jwt-header-not-covered': letIn({
    sign: (input, { signingKey }) => {
      const [, payload = ''] = input.toString('latin1').split('.')
      return makeSignature('ES256', signingKey.privateKey, Buffer.from(payload))
    },
  }),
  'jwt-eddsa-unverified': letIn({
    header: { alg: 'EdDSA' },
    sign: (input) => sign(null, input, generateKeyPairSync('ed25519').privateKey),
  }),
  'jwt-ecdsa-either-order': letIn({
    signature: (bytes) => Buffer.concat([bytes.subarray(32), bytes.subarray(0, 32)]),
  }),
  'jwt-ecdsa-zero-accepted': letIn({ signature: () => Buffer.alloc(64) }),
  'jwt-ecdsa-reduced': letIn({
    signature: (bytes) =>
      Buffer.concat([
        octets(big(bytes.subarray(0, 32)) + order, 33),
        octets(big(bytes.subarray(32)), 33),
      ]),
  }),
  'jwt-ecdsa-der-accepted': letIn({ signature: der }),
  'jwt-ecdsa-long-halves-accepted': letIn({
    signature: (bytes) => Buffer.concat([zero, bytes.subarray(0, 32), zero, bytes.subarray(32)]),
  }),
  'jwt-ecdsa-tail-ignored': letIn({ signature: (bytes) => Buffer.concat([bytes, zero]) }),
  'jwt-signature-leading-zero-dropped': letIn({
    signature: (bytes) => Buffer.concat([zero, bytes]),
  }),
  'jwt-ecdsa-leading-zeros-lost': keptOut({
    sign: (input, { signingKey }) => {
      for (;;) {
        const made = makeSignature('ES256', signingKey.privateKey, input)
        if (made[32] === 0) return made
      }
    },
  }),
  'jwt-eddsa-zero-accepted': letIn({ signature: () => Buffer.alloc(64) }),
  'jwt-eddsa-unreduced-accepted': letIn({
    signature: (bytes) => {
      const s = big(Buffer.from(bytes.subarray(32)).reverse()) + l
      return Buffer.concat([bytes.subarray(0, 32), octets(s, 32).reverse()])
    },
  }),
  'jwt-eddsa-tail-ignored': letIn({ signature: (bytes) => Buffer.concat([bytes, zero]) }),
})
