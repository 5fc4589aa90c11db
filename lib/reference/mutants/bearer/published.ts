/** Bearer servers that publish their keys in another form (RFC 7517, RFC 7518 §6). */
import { generateKeyPairSync, type JsonWebKey, randomBytes } from 'node:crypto'
import type { SigningKey } from '../../bearer/types.ts'
import type { Reply } from '../../http/types.ts'
import { jsonReply } from '../../http/write.ts'
import { answers, type BearerChange, type BearerDefect, type BearerVariation } from './types.ts'

/** A key as it is published, right or wrong. */
export type Written = Readonly<Record<string, unknown>>

const publicKeys = (keys: readonly SigningKey[]): readonly Written[] =>
  keys.flatMap(({ publicJwk }) => (publicJwk === undefined ? [] : [{ ...publicJwk }]))

const shown = (document: unknown): Reply =>
  jsonReply(200, document as Written, [['Cache-Control', 'public, max-age=60']])

/** Publishes another document, made once from the keys as they are published otherwise. */
const documented = (
  make: (keys: readonly Written[], secrets: readonly SigningKey[]) => unknown,
): BearerChange =>
  answers((_rules, lab) => {
    const document = make(publicKeys(lab.keys), lab.keys)
    return { keySet: () => shown(document) }
  })

/** Publishes each key in another form. */
const rewritten = (change: (key: Written, index: number) => Written): BearerChange =>
  documented((keys) => ({ keys: keys.map(change) }))

/** Publishes further entries after the keys. */
const beside = (make: () => readonly unknown[]): BearerChange =>
  documented((keys) => ({ keys: [...keys, ...make()] }))

/** Lays members over each key; what is undefined is left out. */
const withMembers = (members: Written): BearerChange => rewritten((key) => ({ ...key, ...members }))

const typed = (type: string): BearerChange =>
  answers(({ keySet }) => ({
    keySet: () => {
      const reply = keySet()
      const others = reply.fields.filter(([name]) => name.toLowerCase() !== 'content-type')
      return { ...reply, fields: [['Content-Type', type], ...others] }
    },
  }))

const respelt = (change: (text: string) => string): BearerChange =>
  answers(({ keySet }) => ({
    keySet: () => {
      const reply = keySet()
      return { ...reply, body: change(String(reply.body)) }
    },
  }))

const octets = (text: unknown): Buffer => Buffer.from(String(text), 'base64url')

const padded = (name: string): BearerChange =>
  rewritten((key) => ({
    ...key,
    [name]: Buffer.concat([Buffer.alloc(1), octets(key[name])]).toString('base64url'),
  }))

const publicEc = (): JsonWebKey =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })

/** A key whose x begins with a zero, as chance gives one of 256, and lost it. */
const withoutZero = (): Written => {
  for (;;) {
    const jwk = publicEc()
    const x = octets(jwk.x)
    if (x[0] === 0) return { ...jwk, x: x.subarray(1).toString('base64url'), kid: 'earlier' }
  }
}

const publicRsa = (modulusLength: number): Written => ({
  ...generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ format: 'jwk' }),
})

export const benignPublished: readonly BearerVariation[] = [
  {
    id: 'benign-key-set-type',
    does: 'Gives its key set the media type that is registered for it.',
    clauses: [],
    change: typed('application/jwk-set+json'),
  },
  {
    id: 'benign-key-set-charset',
    does: 'Names a character set beside the media type of its key set.',
    clauses: [],
    change: typed('application/json; charset=utf-8'),
  },
  {
    id: 'benign-key-set-operations',
    does: 'Says by key_ops what its key is for.',
    clauses: [],
    change: withMembers({ use: undefined, key_ops: ['verify'] }),
  },
  {
    id: 'benign-key-set-unknown',
    does: 'Publishes members and entries that nobody defines, and names that JavaScript gives a meaning.',
    clauses: [],
    change: documented((keys) => ({
      issued: { d: 'of the month', p: [1, 1], keys: [{ kid: 'a', 'k ty': 'b' }] },
      keys: [
        ...keys.map((key) => ({ ...key, 'x-note': { a: 1, b: [{ a: 1 }] }, constructor: 1e300 })),
        { kty: 'X-NEW', kid: 'new', d: 'degree', k: 'known to all' },
        { kty: 'EC', crv: 'X-CURVE', x: 'AQAB', kid: 'curve' },
      ],
    })),
  },
  {
    id: 'benign-key-set-empty-members',
    does: 'Writes members without a value as null, empty texts and empty lists.',
    clauses: [],
    change: withMembers({ d: null, k: '', oth: [], key_ops: [], x5c: [], p: null }),
  },
  {
    id: 'benign-key-set-without-kid',
    does: 'Publishes its key and another without kids.',
    clauses: [],
    change: documented((keys) => ({
      keys: [...keys, publicEc()].map((key) => ({ ...key, kid: undefined })),
    })),
  },
  {
    id: 'benign-key-set-same-kid',
    does: 'Publishes keys of several types under one kid, and one of them twice.',
    clauses: [],
    change: documented((keys) => {
      const ed = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
      const [own] = keys
      const other = { ...own, alg: undefined }
      return { keys: [...keys, other, { ...ed, kid: own?.kid, alg: 'EdDSA' }] }
    }),
  },
  {
    id: 'benign-key-set-encryption',
    does: 'Publishes a key for encryption as well.',
    clauses: [],
    change: beside(() => [{ ...publicEc(), use: 'enc', alg: 'ECDH-ES', kid: 'for-encryption' }]),
  },
  {
    id: 'benign-key-set-small-for-encryption',
    does: 'Trusts one RSA key, and publishes a small one for encryption beside it.',
    clauses: [],
    keys: ['RS256'],
    change: beside(() => [{ ...publicRsa(1024), use: 'enc', alg: 'RSA-OAEP', kid: 'small' }]),
  },
  {
    id: 'benign-key-set-empty',
    does: 'Publishes a set without keys.',
    clauses: [],
    change: documented(() => ({ keys: [] })),
  },
  {
    id: 'benign-key-set-spelling',
    does: 'Writes its key set with blanks, line ends and escapes.',
    clauses: [],
    change: respelt((text) =>
      JSON.stringify(JSON.parse(text), null, '\t').replaceAll('"kty"', '"\\u006bty"'),
    ),
  },
  {
    id: 'benign-key-set-two-operations',
    does: 'Trusts two keys on P-256 that list the operations of a signature, both of them.',
    clauses: [],
    keys: ['ES256', 'ES256'],
    change: withMembers({ use: undefined, key_ops: ['sign', 'verify'] }),
  },
]

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
    does: 'Still publishes an RSA key of 1024 bits for signatures.',
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
