/** Bearer servers that publish their keys in an unusual form; all of them legitimate. */
import { generateKeyPairSync } from 'node:crypto'
import {
  beside,
  documented,
  publicEc,
  publicRsa,
  respelt,
  typed,
  withMembers,
} from './publishing.ts'
import type { BearerVariation } from './types.ts'

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
