import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { test } from 'node:test'
import { toPrivateJwk } from '../jose/jwk.ts'
import { generateKey } from '../jose/keys.ts'
import { type Invocation, readInvocation } from './invocation.ts'
import { UsageError } from './usage-error.ts'

const key = generateKey({ kty: 'EC', crv: 'P-256' }, 'options')
const pem = String(key.export({ type: 'pkcs8', format: 'pem' }))
const publicPem = String(createPublicKey(key).export({ type: 'spki', format: 'pem' }))

const files: Readonly<Record<string, string>> = {
  'key.pem': pem,
  'key.jwk': JSON.stringify(toPrivateJwk(key)),
  'public.pem': publicPem,
  secret: 'correct horse battery staple\n',
  'claims.json': '{"role":"admin","aud":["a","b"]}',
  list: '[1]',
  broken: '{"role": admin}',
  cut: pem.slice(0, 60),
  'c.json': '{"target":"https://evil.test","signing-key":"key.pem"}',
}

const read = (words: readonly string[], environment: Record<string, string> = {}): Invocation =>
  readInvocation(words, {
    environment,
    readFile: (path) => {
      const content = files[path]
      if (content === undefined) throw Object.assign(new Error('no'), { code: 'ENOENT' })
      return content
    },
  })

const target = ['--target', 'https://api.example.test/me']

const supplied = (
  words: readonly string[],
  environment?: Record<string, string>,
): Extract<Invocation, { command: 'run' }>['target']['supplied'] => {
  const found = read([...target, ...words], environment)
  assert.ok(found.command === 'run')
  return found.target.supplied
}

const refuses = (words: readonly string[], sentence: string): void =>
  assert.throws(
    () => read([...target, ...words]),
    (error) => {
      assert.ok(error instanceof UsageError, String(error))
      assert.equal(error.message, sentence)
      return true
    },
  )

test('a signing key comes with what its tokens carry', () => {
  const words = ['--signing-key', 'key.pem', '--kid', 'k1', '--issuer', 'https://i.test/']
  assert.deepEqual(supplied([...words, '--audience', 'api', '--claims', 'claims.json']), {
    accounts: {},
    tokens: {},
    signingKey: {
      key: pem,
      kid: 'k1',
      issuer: 'https://i.test/',
      audience: 'api',
      claims: Object.assign(Object.create(null), { role: 'admin', aud: ['a', 'b'] }),
    },
  })
  assert.deepEqual(supplied(['--signing-key', 'key.jwk']).signingKey, { key: files['key.jwk'] })
  assert.deepEqual(supplied(['--signing-key', 'secret']).signingKey, { key: files.secret })
  const environment = { CONFORMANCE_SIGNING_KEY: 'key.pem', CONFORMANCE_KID: 'k2' }
  assert.deepEqual(supplied([], environment).signingKey, { key: pem, kid: 'k2' })
})

test('a public key is read from its file', () => {
  assert.equal(supplied(['--public-key', 'public.pem']).publicKey, publicPem)
})

test('an account without a colon is a token, where no case logs in to it with a password', () => {
  assert.deepEqual(supplied(['--account', 'other=aaa.bbb']), {
    accounts: {},
    tokens: {},
    bearers: { other: 'aaa.bbb' },
  })
  assert.deepEqual(supplied(['--account', 'other=a:b']).accounts, {
    other: { user: 'a', password: 'b' },
  })
  refuses(['--account', 'colon=aaa'], '--account has no colon after the user-id.')
  refuses(['--account', 'other=Bearer aaa'], '--account holds a blank, which no bearer token has.')
})

const bad: readonly (readonly [words: readonly string[], sentence: string])[] = [
  [['--signing-key', 'none'], '--signing-key: cannot read none (ENOENT).'],
  [
    ['--signing-key', 'public.pem'],
    '--signing-key: The key file holds a public key; signing takes a private one.',
  ],
  [
    ['--signing-key', 'cut'],
    '--signing-key: The PEM text is cut off or its BEGIN and END lines do not match.',
  ],
  [['--public-key', 'secret'], '--public-key: The key file is neither PEM nor a JSON Web Key.'],
  [['--public-key', 'list'], '--public-key: The key file is neither PEM nor a JSON Web Key.'],
  [['--kid', 'k1'], '--kid says what a token carries, but there is no key to sign one.'],
  [['--signing-key', 'key.pem', '--claims', 'list'], '--claims: list is not a JSON object.'],
  [
    ['--signing-key', 'key.pem', '--claims', 'broken'],
    '--claims: broken is not JSON (line 1, column 10).',
  ],
  [['--jwks-listen', '8787'], '--jwks-listen wants HOST:PORT, such as 127.0.0.1:8787.'],
  [['--jwks-listen', 'a:99999'], '--jwks-listen wants HOST:PORT, such as 127.0.0.1:8787.'],
  [
    ['--jwks-listen', '0.0.0.0:8787'],
    '--jwks-listen 0.0.0.0:8787 says where to listen and not where the server finds it.',
  ],
  [
    ['--jwks-authority', 'key.pem'],
    '--jwks-authority means nothing without --jwks-listen HOST:PORT.',
  ],
  [
    ['--jwks-file', 'out.json', '--jwks-authority', 'key.pem'],
    '--jwks-authority means nothing beside --jwks-file.',
  ],
  [
    ['--jwks-listen', '127.0.0.1:0', '--jwks-authority', 'key.pem'],
    '--jwks-authority: It holds no certificate that can be read; wanted is PEM with the certificate of an authority and its private key.',
  ],
  [
    [
      ...['--jwks-listen', '127.0.0.1:0', '--jwks-authority', 'key.pem'],
      ...['--jwks-url', 'http://keys.example.test/set'],
    ],
    '--jwks-url wants a URL that begins with https:// beside --jwks-authority.',
  ],
]

for (const [words, sentence] of bad) {
  test(`refuses ${words.join(' ')} in one sentence`, () => refuses(words, sentence))
}

test('a place to listen is an address and a port', () => {
  const listen = (text: string): unknown => {
    const found = read([...target, '--jwks-listen', text])
    return found.command === 'run' ? found.target.listen : undefined
  }
  assert.deepEqual(listen('127.0.0.1:8787'), { host: '127.0.0.1', port: 8787 })
  assert.deepEqual(listen('[::1]:0'), { host: '::1', port: 0 })
  assert.deepEqual(listen('listener.test:80'), { host: 'listener.test', port: 80 })
})

test('a signing key is held back like any secret', () => {
  assert.throws(
    () => read(['--target', 'http://api.example.test/me', '--signing-key', 'key.pem']),
    { code: 'cleartext-secret' },
  )
  // A configuration file did not write the key that it points to.
  assert.throws(() => read(['--config', 'c.json']), { code: 'secret-origin' })
})

test('what repeats a run names the key files and shows nothing of them', () => {
  const found = read([...target, '--signing-key', 'key.pem', '--kid', 'k1'])
  assert.ok(found.command === 'run')
  assert.deepEqual(found.repeat, [...target, '--signing-key', 'key.pem', '--kid', 'k1'])
})
