/** Verifiers that take an HMAC, and for its secret something that others know (RFC 8725 §2.1). */
import { isObject, member, parseJson } from '../../bearer/json.ts'
import type { TrustedKey } from '../../bearer/types.ts'
import type { BearerDefect } from './types.ts'
import { hmacByKid, hmacToo } from './ways.ts'

const allowList = 'rfc8725#3.1-algorithm-allow-list'
const password = 'rfc8725#3.5-no-password-as-hmac-key'
const size = 'rfc7518#3.2-hmac-key-size'
const confusion = ['rfc8725#3.1-rs-hs-confusion', allowList] as const
const injection = ['rfc8725#3.10-kid-injection', allowList] as const

const pem = ({ key }: TrustedKey): string => String(key.export({ type: 'spki', format: 'pem' }))
const body = (key: TrustedKey): string => pem(key).replace(/-----[^-]+-----|\s/g, '')

const numbers = ({ key }: TrustedKey): Readonly<Record<string, Buffer>> =>
  Object.fromEntries(
    Object.entries(key.export({ format: 'jwk' })).map(([name, value]) => [
      name,
      Buffer.from(String(value), 'base64url'),
    ]),
  )

const sorted = (object: object): object => Object.fromEntries(Object.entries(object).sort())

/** The JSON that a key may be kept as: bare, in either order, or as it is published. */
const jsonOf = ({ key, kid, alg }: TrustedKey): readonly string[] => {
  const bare = key.export({ format: 'jwk' })
  const { kty, crv, ...rest } = bare
  const typeFirst = { kty, ...(crv === undefined ? {} : { crv }), ...rest }
  const published = { ...bare, kid, alg, use: 'sig' }
  return [bare, sorted(bare), typeFirst, published].map((form) => JSON.stringify(form))
}

const publicKeys: readonly BearerDefect[] = [
  {
    id: 'jwt-hmac-public-pem',
    does: 'Takes an HMAC whose secret is the file of the public key.',
    breaks: 'must',
    clauses: confusion,
    change: hmacToo((key) => [pem(key)]),
  },
  {
    id: 'jwt-hmac-public-pem-trimmed',
    does: 'Takes an HMAC whose secret is the file of the public key without its last line end.',
    breaks: 'must',
    clauses: confusion,
    change: hmacToo((key) => [pem(key).trim()]),
  },
  {
    id: 'jwt-hmac-public-pem-crlf',
    does: 'Takes an HMAC whose secret is the file of the public key with the line ends of Windows.',
    breaks: 'must',
    clauses: confusion,
    change: hmacToo((key) => [pem(key).replaceAll('\n', '\r\n')]),
  },
  {
    id: 'jwt-hmac-public-body',
    does: 'Takes an HMAC whose secret is the Base64 of the public key.',
    breaks: 'must',
    clauses: confusion,
    change: hmacToo((key) => [body(key)]),
  },
  {
    id: 'jwt-hmac-public-der',
    does: 'Takes an HMAC whose secret is the DER of the public key.',
    breaks: 'must',
    clauses: confusion,
    change: hmacToo((key) => [Buffer.from(body(key), 'base64')]),
  },
  {
    id: 'jwt-hmac-public-jwk',
    does: 'Takes an HMAC whose secret is the JSON of the public key.',
    breaks: 'must',
    clauses: confusion,
    change: hmacToo(jsonOf),
  },
  {
    id: 'jwt-hmac-public-point',
    does: 'Takes an HMAC whose secret is the point of the public key.',
    breaks: 'must',
    clauses: confusion,
    change: hmacToo((key) => {
      const { x, y } = numbers(key)
      return x && y ? [Buffer.concat([Buffer.from([4]), x, y])] : []
    }),
  },
  {
    id: 'jwt-hmac-public-x',
    does: 'Takes an HMAC whose secret is the x coordinate of the public key.',
    breaks: 'must',
    clauses: confusion,
    change: hmacToo((key) => {
      const { x } = numbers(key)
      return x ? [x, x.toString('base64url'), x.toString('hex')] : []
    }),
  },
  {
    id: 'jwt-hmac-public-okp-x',
    does: 'Takes an HMAC whose secret is the number that its public Ed25519 key is.',
    breaks: 'must',
    clauses: ['rfc8037#4-alg-compatible-with-subtype', ...confusion],
    besides: 'benign-key-eddsa',
    keys: ['EdDSA'],
    change: hmacToo((key) => {
      const { x } = numbers(key)
      return x ? [x, x.toString('base64url'), x.toString('hex')] : []
    }),
  },
  {
    id: 'jwt-hmac-public-pkcs1',
    does: 'Takes an HMAC whose secret is the PKCS #1 file of the public RSA key.',
    breaks: 'must',
    clauses: confusion,
    besides: 'benign-key-rs256',
    keys: ['RS256'],
    change: hmacToo(({ key }) => {
      const file = String(key.export({ type: 'pkcs1', format: 'pem' }))
      return [file, file.trim()]
    }),
  },
  {
    id: 'jwt-hmac-public-modulus',
    does: 'Takes an HMAC whose secret is the modulus of the public RSA key.',
    breaks: 'must',
    clauses: confusion,
    besides: 'benign-key-rs256',
    keys: ['RS256'],
    change: hmacToo((key) => {
      const { n } = numbers(key)
      return n ? [n, n.toString('base64url'), n.toString('hex')] : []
    }),
  },
]

const guesses: readonly BearerDefect[] = [
  {
    id: 'jwt-hmac-secret-empty',
    does: 'Takes an HMAC made with an empty secret, since none was configured.',
    breaks: 'must',
    clauses: [size, allowList],
    change: hmacToo(() => ['']),
  },
  {
    id: 'jwt-hmac-secret-nul',
    does: 'Takes an HMAC whose secret is a buffer of one zero octet.',
    breaks: 'must',
    clauses: [size, allowList],
    change: hmacToo(() => [Buffer.alloc(1)]),
  },
  {
    id: 'jwt-hmac-secret-undefined',
    does: 'Takes an HMAC whose secret is the text of a setting that is not there.',
    breaks: 'must',
    clauses: [password, size, allowList],
    change: hmacToo(() => ['undefined', 'null']),
  },
  {
    id: 'jwt-hmac-secret-example',
    does: 'Takes an HMAC whose secret is the one of the tutorial.',
    breaks: 'must',
    clauses: [password, size, allowList],
    change: hmacToo(() => ['secret', 'changeme', 'your-256-bit-secret', 'password']),
  },
  {
    id: 'jwt-hmac-secret-kid',
    does: 'Takes an HMAC whose secret is the name of the key.',
    breaks: 'must',
    clauses: [password, allowList],
    change: hmacToo(({ kid }) => [kid]),
  },
  {
    id: 'jwt-hmac-secret-issuer',
    does: 'Takes an HMAC whose secret is the name of the issuer.',
    breaks: 'must',
    clauses: [password, allowList],
    change: hmacToo((_key, { payload }) => {
      const claims = parseJson(payload.toString('utf8'))
      const iss = isObject(claims) ? member(claims, 'iss') : undefined
      return typeof iss === 'string' ? [iss] : []
    }),
  },
]

/** Resolves a path as a look-up in a folder of keys would; nothing is read. */
const resolved = (kid: string): string =>
  kid
    .replace(/^file:\/\//, '/')
    .split('/')
    .filter((part) => part !== '..' && part !== '.' && part !== '')
    .join('/')

const lookups: readonly BearerDefect[] = [
  {
    id: 'jwt-kid-path-followed',
    does: 'Reads the key from the file that kid leads to, so that /dev/null makes an empty secret.',
    breaks: 'must',
    clauses: injection,
    change: hmacByKid((kid) => (/[./]/.test(kid) && resolved(kid) === 'dev/null' ? '' : undefined)),
  },
  {
    id: 'jwt-kid-sql-injected',
    does: 'Puts kid into an SQL query as it is, so that a UNION brings the secret along.',
    breaks: 'must',
    clauses: injection,
    change: hmacByKid((kid) => /'\s*union\s+(?:all\s+)?select\s+'([^']*)/i.exec(kid)?.[1]),
  },
  {
    id: 'jwt-kid-prototype-found',
    does: 'Looks kid up in a plain object, where __proto__ and constructor are found as secrets.',
    breaks: 'must',
    clauses: injection,
    change: hmacByKid((kid) => {
      const inherited = ({} as Record<string, unknown>)[kid]
      return inherited === undefined ? undefined : String(inherited)
    }),
  },
]

export const secrets: readonly BearerDefect[] = [...publicKeys, ...guesses, ...lookups]
