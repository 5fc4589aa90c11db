/** Bearer servers that publish their keys in a form that is wrong (RFC 7517, RFC 7518 §6). */
import { randomBytes } from 'node:crypto'
import {
  beside,
  documented,
  octets,
  publicEc,
  publicRsa,
  respelt,
  rewritten,
  typed,
  type Written,
  withMembers,
} from './publishing.ts'
import type { BearerChange, BearerDefect } from './types.ts'

const padded = (name: string): BearerChange =>
  rewritten((key) => ({
    ...key,
    [name]: Buffer.concat([Buffer.alloc(1), octets(key[name])]).toString('base64url'),
  }))

/** A key whose x begins with a zero, as chance gives one of 256, and lost it. */
const withoutZero = (): Written => {
  for (;;) {
    const jwk = publicEc()
    const x = octets(jwk.x)
    if (x[0] === 0) return { ...jwk, x: x.subarray(1).toString('base64url'), kid: 'earlier' }
  }
}

const privateRow = 'rfc7517#9.2-no-private-members-published'
const shapeRow = 'rfc7517#5-publisher-set-wellformed'
const purposeRow = 'rfc7517#4.3-publisher-use-with-key-ops'
const operationsRow = 'rfc7517#4.3-publisher-unrelated-ops'
const membersRow = 'rfc7518#6.2.1-publisher-key-members'

const disclosures: readonly BearerDefect[] = [
  {
    id: 'key-set-private',
    does: 'Publishes its signing key with the private half.',
    breaks: 'must',
    clauses: [privateRow],
    change: documented((_keys, secrets) => ({ keys: secrets.map(({ jwk }) => jwk) })),
  },
  {
    id: 'key-set-private-rsa',
    does: 'Publishes an RSA key with its primes.',
    breaks: 'must',
    clauses: [privateRow],
    keys: ['RS256'],
    besides: 'benign-key-rs256',
    change: documented((_keys, secrets) => ({
      keys: secrets.map(({ jwk: { d: _, ...others } }) => others),
    })),
  },
  {
    id: 'key-set-secret',
    does: 'Publishes beside its key a secret that it shares with another service.',
    breaks: 'must',
    clauses: [privateRow],
    change: beside(() => [
      { kty: 'oct', k: randomBytes(32).toString('base64url'), alg: 'HS256', kid: 'shared' },
    ]),
  },
]

const shapes: readonly BearerDefect[] = [
  {
    id: 'key-set-array',
    does: 'Publishes its keys as an array, without an object around it.',
    breaks: 'must',
    clauses: [shapeRow],
    change: documented((keys) => keys),
  },
  {
    id: 'key-set-single',
    does: 'Publishes its key as it is, without a set around it.',
    breaks: 'must',
    clauses: [shapeRow],
    change: documented(([key]) => key),
  },
  {
    id: 'key-set-by-kid',
    does: 'Publishes an object of its keys by kid where the array has to be.',
    breaks: 'must',
    clauses: [shapeRow],
    change: documented((keys) => ({
      keys: Object.fromEntries(keys.map((key) => [String(key.kid), key])),
    })),
  },
  {
    id: 'key-set-null-entry',
    does: 'Leaves a null where a key was withdrawn.',
    breaks: 'must',
    clauses: [shapeRow],
    change: beside(() => [null]),
  },
  {
    id: 'key-set-repeated-member',
    does: 'Writes the kid of its key twice.',
    breaks: 'must',
    clauses: [shapeRow],
    change: respelt((text) => text.replace('"kty"', '"kid":"former","kty"')),
  },
  {
    id: 'key-set-repeated-keys',
    does: 'Writes the member keys twice, the first one empty.',
    breaks: 'must',
    clauses: [shapeRow],
    change: respelt((text) => text.replace('{', '{"keys":[],')),
  },
  {
    id: 'key-set-without-kty',
    does: 'Does not say of what type its key is.',
    breaks: 'must',
    clauses: [shapeRow],
    change: withMembers({ kty: undefined }),
  },
]

const types: readonly BearerDefect[] = [
  {
    id: 'key-set-as-page',
    does: 'Calls its key set a page.',
    breaks: 'should',
    clauses: ['rfc7517#8.5-jwk-set-media-type'],
    change: typed('text/html; charset=utf-8'),
  },
  {
    id: 'key-set-as-text',
    does: 'Calls its key set plain text.',
    breaks: 'may',
    clauses: ['rfc7517#8.5-jwk-set-media-type'],
    change: typed('text/plain'),
  },
]

const purposes: readonly BearerDefect[] = [
  {
    id: 'key-set-two-purposes',
    does: 'Says by use and by key_ops what its key is for.',
    breaks: 'should',
    clauses: [purposeRow],
    besides: 'benign-key-set-operations',
    change: withMembers({ key_ops: ['verify'] }),
  },
  {
    id: 'key-set-contradiction',
    does: 'Says by use that its key is for signatures, and by key_ops that it is for encryption.',
    breaks: 'should',
    clauses: [purposeRow],
    besides: 'benign-key-set-operations',
    change: withMembers({ key_ops: ['encrypt'] }),
  },
  {
    id: 'key-set-unrelated-operations',
    does: 'Offers its key for signatures and for encryption.',
    breaks: 'should',
    clauses: [operationsRow],
    besides: 'benign-key-set-operations',
    change: withMembers({ use: undefined, key_ops: ['verify', 'encrypt'] }),
  },
  {
    id: 'key-set-repeated-operation',
    does: 'Lists the operation of its key twice.',
    breaks: 'should',
    clauses: [operationsRow, 'rfc7517#4.3-key-ops-no-duplicates'],
    besides: 'benign-key-set-operations',
    change: withMembers({ use: undefined, key_ops: ['verify', 'verify'] }),
  },
  {
    id: 'key-set-one-kid',
    does: 'Publishes all of its keys under one kid.',
    breaks: 'should',
    clauses: ['rfc7517#4.5-publisher-kids-distinct'],
    keys: ['ES256', 'ES256', 'ES384'],
    besides: 'benign-keys-several',
    change: withMembers({ kid: 'current' }),
  },
]

const numbers: readonly BearerDefect[] = [
  {
    id: 'key-set-without-y',
    does: 'Leaves out the y of its key.',
    breaks: 'must',
    clauses: [membersRow],
    change: withMembers({ y: undefined }),
  },
  {
    id: 'key-set-without-crv',
    does: 'Does not name the curve of its key.',
    breaks: 'must',
    clauses: [membersRow],
    change: withMembers({ crv: undefined }),
  },
  {
    id: 'key-set-zero-lost',
    does: 'Loses the zero that the x of an earlier key begins with.',
    breaks: 'must',
    clauses: [membersRow],
    change: beside(() => [withoutZero()]),
  },
  {
    id: 'key-set-padded-coordinates',
    does: 'Writes its coordinates in Base64 with padding.',
    breaks: 'must',
    clauses: [membersRow],
    change: rewritten((key) => ({ ...key, x: octets(key.x).toString('base64') })),
  },
  {
    id: 'key-set-signed-modulus',
    does: 'Writes n as a signed number, with an octet of zero before it.',
    breaks: 'must',
    clauses: [membersRow],
    keys: ['RS256'],
    besides: 'benign-key-rs256',
    change: padded('n'),
  },
  {
    id: 'key-set-padded-exponent',
    does: 'Writes e in four octets.',
    breaks: 'must',
    clauses: [membersRow],
    keys: ['RS256'],
    besides: 'benign-key-rs256',
    change: padded('e'),
  },
  {
    id: 'key-set-without-exponent',
    does: 'Leaves out the e of its key, which is the usual one.',
    breaks: 'must',
    clauses: [membersRow],
    keys: ['RS256'],
    besides: 'benign-key-rs256',
    change: withMembers({ e: undefined }),
  },
  {
    id: 'key-set-1024',
    does: 'Publishes an RSA key of 1024 bits for signatures.',
    breaks: 'must',
    clauses: ['rfc7518#3.3-rsa-2048-minimum'],
    keys: ['RS256'],
    besides: 'benign-key-rs256',
    change: beside(() => [{ ...publicRsa(1024), use: 'sig', alg: 'RS256', kid: 'old' }]),
  },
]

/** One defect of the published set each; the server itself verifies as it should. */
export const publishedDefects: readonly BearerDefect[] = [
  ...disclosures,
  ...shapes,
  ...types,
  ...purposes,
  ...numbers,
]
