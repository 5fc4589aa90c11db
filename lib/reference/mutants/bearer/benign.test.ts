import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeJwe } from '../../../jose/jwe.ts'
import { randomFrom } from '../../../text/random.ts'
import { as, get, request } from '../../ask.test.helper.ts'
import { metadata } from '../../bearer/answers.ts'
import {
  type BearerRow,
  bearing,
  decoded,
  keptOut,
  letIn,
  minted,
  now,
  seen,
  showBearerDifferences,
  withBearer,
} from '../../bearer/ask.test.helper.ts'
import type { BearerReference, KeyAlgorithm } from '../../start.ts'
import { benign } from './index.ts'

const realm = 'Bearer realm="Reference"'
const basic = 'Basic realm="Reference", charset="UTF-8"'

const says = (send: string, plain: string, mutated: string): BearerRow => ({
  send: () => send,
  see: 'WWW-Authenticate',
  plain,
  mutated,
})

const description =
  'error_description="This token is not good here. Get a new one from the issuer."'

const nested = (inner: (server: BearerReference) => string): BearerRow['send'] => {
  return (server) =>
    bearing(
      minted(server, {
        header: { cty: 'JWT' },
        payloadSegment: () => Buffer.from(inner(server)).toString('base64url'),
      }),
    )
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The same octets, with a bit set that none of them uses. */
const withSpareBit = (token: string): string =>
  `${token.slice(0, -1)}${alphabet[alphabet.indexOf(token.slice(-1)) | 1]}`

const about = request('GET /.well-known/oauth-protected-resource/protected HTTP/1.1')

const aboutTokens = ['benign-key', 'benign-token']

showBearerDifferences(
  benign.filter(
    ({ id, hosted }) => hosted !== true && !aboutTokens.some((start) => id.startsWith(start)),
  ),
  {
    'benign-kid-required': keptOut({ header: { kid: undefined } }),
    'benign-kid-advisory': letIn({ header: { kid: 'nobody' } }),
    'benign-leeway-none': keptOut({ claims: { exp: now(-20) } }),
    'benign-leeway-five-minutes': letIn({ claims: { exp: now(-200) } }),
    'benign-issued-in-future-refused': keptOut({ claims: { iat: now(3600) } }),
    'benign-subject-any': letIn({ claims: { sub: 'somebody-else' } }),
    'benign-last-duplicate-wins': letIn({
      claimsText: (json) => json.replace('{', '{"exp":0,'),
    }),
    'benign-byte-order-mark-skipped': letIn({ claimsText: (json) => `\xef\xbb\xbf${json}` }),
    'benign-trailing-bits-accepted': letIn({ token: withSpareBit }),
    'benign-nested-accepted': {
      send: (server) =>
        [
          nested(({ token }) => token)(server),
          nested(() => minted(server, { signature: () => Buffer.alloc(64) }))(server),
        ].flat(),
      plain: '401 401',
      mutated: '200 401',
    },
    'benign-encrypted-accepted': {
      send: ({ token, signingKey }) =>
        bearing(
          makeJwe({
            key: { publicKey: signingKey.publicKey },
            plaintext: Buffer.from(token),
            random: randomFrom('benign'),
          }),
        ),
      plain: '401',
      mutated: '200',
    },
    'benign-bearer-basic-beside': says(get(), realm, `${realm} | ${basic}`),
    'benign-bearer-basic-one-line': says(get(), realm, `${basic}, ${realm}`),
    'benign-bearer-lower-case': says(
      get(),
      realm,
      realm.toLowerCase().replace('reference', 'Reference'),
    ),
    'benign-bearer-scope-for-realm': says(get(), realm, 'Bearer scope="read"'),
    'benign-bearer-described': says(
      as('Bearer a.b'),
      `${realm}, error="invalid_token", ${description}`,
      `${realm}, error="invalid_token", error_description="The token does not have three parts", error_uri="https://api.example.test/errors#token"`,
    ),
    'benign-bearer-error-uri': says(
      as('Bearer a.b.c'),
      `${realm}, error="invalid_token", ${description}`,
      `${realm}, error="invalid_token", ${description}, error_uri="/errors#token"`,
    ),
    'benign-bearer-metadata-absent': { send: () => about, plain: '200', mutated: '404' },
    'benign-bearer-metadata-guarded': { send: () => about, plain: '200', mutated: '401' },
    'benign-bearer-metadata-announced': says(
      get(),
      realm,
      `${realm}, resource_metadata="http://localhost/.well-known/oauth-protected-resource/protected"`,
    ),
    'benign-bearer-metadata-by-http': {
      send: () => about,
      see: 'body',
      plain: JSON.stringify(metadata),
      mutated: JSON.stringify({
        ...metadata,
        resource: 'http://localhost/protected',
        jwks_uri: 'http://localhost/jwks.json',
        bearer_methods_supported: [],
      }),
    },
    'benign-bearer-json-everywhere': {
      send: () => about,
      see: 'body',
      plain: JSON.stringify(metadata),
      mutated: JSON.stringify({ resource: 'index', links: [], jwks_uri: null }),
    },
    'benign-bearer-malformed-401': {
      send: () => as('Bearer a b'),
      plain: '400',
      mutated: '401',
    },
    'benign-bearer-malformed-token-400': {
      send: () => [as('Bearer a.b'), as('Bearer a.b.c')],
      plain: '401 401',
      mutated: '400 400',
    },
    'benign-bearer-plain-400': says(
      as('Bearer a b'),
      `${realm}, error="invalid_request", error_description="There has to be exactly one token, in the Authorization field."`,
      '',
    ),
    'benign-bearer-scope-hidden': {
      send: ({ scopelessToken }) => bearing(scopelessToken),
      plain: '403',
      mutated: '404',
    },
    'benign-bearer-form-accepted': {
      send: ({ token }) =>
        ['POST', 'GET'].map((method) => {
          const text = `access_token=${token}`
          const type = 'Content-Type: application/x-www-form-urlencoded'
          const lines = [type, `Content-Length: ${text.length}`]
          return `${request(`${method} /protected HTTP/1.1`, ...lines)}${text}`
        }),
      plain: '401 401',
      mutated: '200 401',
    },
  },
)

type Members = Readonly<Record<string, unknown>>

/** Header and claims of the token that a server gives out, and the algorithms of its keys. */
const material = (mutant: string): Promise<readonly [object, object, readonly KeyAlgorithm[]]> =>
  withBearer({ mutant }, async ({ token, signingKeys }) => {
    const [header, claims] = token.split('.')
    return [decoded(header), decoded(claims), signingKeys.map(({ alg }) => alg)]
  })

test('servers with other keys sign with the first of them', async () => {
  for (const [id, ...algorithms] of [
    ['benign-key-rs256', 'RS256'],
    ['benign-key-ps256', 'PS256'],
    ['benign-key-es384', 'ES384'],
    ['benign-key-eddsa', 'EdDSA'],
    ['benign-key-hs256', 'HS256'],
    ['benign-keys-several', 'ES256', 'ES256', 'ES384'],
  ] as const) {
    const [header, , made] = await material(id)
    const [alg = ''] = algorithms
    assert.deepEqual(header, { alg, typ: 'JWT', kid: `demo-${alg.toLowerCase()}-1` })
    assert.deepEqual(made, algorithms)
  }
})

test('tokens of other kinds are issued', async () => {
  const of = async (id: string): Promise<readonly [Members, Members]> => {
    const [header, claims] = await material(id)
    return [header as Members, claims as Members]
  }
  assert.deepEqual((await of('benign-token-for-several'))[1].aud, [
    'https://other.example.test/',
    'https://api.example.test/',
  ])
  assert.equal((await of('benign-token-many-claims'))[1].name, 'Ünïcode 用户 🙂')
  assert.equal((await of('benign-token-for-access'))[0].typ, 'at+jwt')
  assert.deepEqual(Object.keys((await of('benign-token-without-typ'))[0]), ['alg', 'kid'])
  assert.equal((await of('benign-token-by-profile'))[0].typ, 'at+jwt')
  assert.equal((await of('benign-token-own-type'))[0].typ, 'api+jwt')
})

test('a server for access tokens takes no others', async () => {
  await withBearer({ mutant: 'benign-token-for-access' }, async (server) => {
    const typed = (typ: string): string => bearing(minted(server, { header: { typ } }))
    const send = (): string[] => [typed('at+jwt'), typed('application/at+jwt'), typed('JWT')]
    assert.equal(await seen(server, { send, plain: '', mutated: '' }), '200 200 401')
  })
})

test('servers of typed tokens take their own type in both forms, and all that they need', async () => {
  for (const [id, typ] of [
    ['benign-token-by-profile', 'at+jwt'],
    ['benign-token-own-type', 'api+jwt'],
  ] as const) {
    await withBearer({ mutant: id }, async (server) => {
      const typed = (value?: string): string => bearing(minted(server, { header: { typ: value } }))
      const send = (): string[] => [typed(typ), typed(`application/${typ}`), typed('JWT'), typed()]
      assert.equal(await seen(server, { send, plain: '', mutated: '' }), '200 200 401 401')
    })
  }
  await withBearer({ mutant: 'benign-token-by-profile' }, async (server) => {
    const without = (name: string): string =>
      bearing(minted(server, { claims: { [name]: undefined } }))
    const send = (): string[] => ['client_id', 'iat', 'jti', 'sub', 'exp', 'nbf'].map(without)
    assert.equal(await seen(server, { send, plain: '', mutated: '' }), '401 401 401 401 401 200')
  })
})
