import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { as, ask, get, request, shown } from '../ask.test.helper.ts'
import type { BearerReference, KeyAlgorithm } from '../start.ts'
import { makeSignature } from './algorithms.ts'
import {
  type BearerRow,
  bearing,
  decoded,
  type Making,
  minted,
  now,
  withBearer,
} from './ask.test.helper.ts'
import { audience, issuer } from './issuer.ts'

const foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' })

const claims = (members: object): Making => ({ claims: { ...members } })
const header = (members: object): Making => ({ header: { ...members } })
const aud = (value: unknown): Making => claims({ aud: value })
const exp = (value: unknown): Making => claims({ exp: value })
const none = (): Buffer => Buffer.alloc(0)

/** High or low, the second half of an ECDSA signature verifies; this makes the other one. */
const otherHalf = (bytes: Buffer): Buffer => {
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
  const s = order - BigInt(`0x${bytes.subarray(32).toString('hex')}`)
  return Buffer.from(
    bytes.subarray(0, 32).toString('hex') + s.toString(16).padStart(64, '0'),
    'hex',
  )
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The same octets, with a bit set that none of them uses. */
const withSpareBit = (token: string): string =>
  `${token.slice(0, -1)}${alphabet[alphabet.indexOf(token.slice(-1)) | 1]}`

const granted: Readonly<Record<string, Making>> = {
  'a token as it is issued': {},
  'the other half of the signature': { signature: otherHalf },
  'no kid, with one key': header({ kid: undefined }),
  'no typ': header({ typ: undefined }),
  'a typ in small letters': header({ typ: 'jwt' }),
  'an access token': header({ typ: 'at+jwt' }),
  'an access token by its whole media type': header({ typ: 'application/at+jwt' }),
  'b64 that says what is anyway': header({ b64: true }),
  'a header parameter that nobody knows': header({ colour: ['blue'] }),
  'a key in the header': header({ jwk: foreign.publicKey.export({ format: 'jwk' }) }),
  'a claim that nobody knows': claims({ roles: [{ name: 'Ünïcode 🙂' }] }),
  'an audience in a list': aud([audience]),
  'an audience among others': aud(['https://other.example.test/', audience]),
  'an exp within the leeway': exp(now(-20)),
  'a fraction of a second': exp(now(600) + 0.5),
  'a very late exp': exp(1e308),
  milliseconds: exp(now(600) * 1000),
  'no nbf': claims({ nbf: undefined }),
  'an nbf within the leeway': claims({ nbf: now(20) }),
  'an iat in the future': claims({ iat: now(3600) }),
  'no iat and no jti': claims({ iat: undefined, jti: undefined }),
  'whitespace in JSON': { claimsText: (json) => json.replaceAll(',"', ' ,\r\n\t"') },
  'escapes in names': { claimsText: (json) => json.replace('"exp"', '"\\u0065xp"') },
  'some nesting': claims({ nested: [[[[[[[['a']]]]]]]] }),
  'a token of twelve thousand octets': claims({ padding: 'a'.repeat(8500) }),
}

const invalid: Readonly<Record<string, Making>> = {
  'another signature': {
    signature: (bytes) => bytes.map((byte, at) => byte ^ (at === 30 ? 1 : 0)),
  },
  'no signature': { signature: none },
  'no last segment': { token: (text) => text.replace(/\.[^.]*$/, '') },
  'a signature of zeros': { signature: () => Buffer.alloc(64) },
  'an octet too many': { signature: (bytes) => Buffer.concat([bytes, Buffer.alloc(1)]) },
  'an octet too few': { signature: (bytes) => bytes.subarray(1) },
  'the key of somebody else': {
    sign: (input) => makeSignature('ES256', foreign.privateKey, input),
  },
  'no algorithm at all': { header: { alg: 'none' }, sign: none },
  'an HMAC with the public key': {
    header: { alg: 'HS256' },
    sign: (input, { publicKeyPem = '' }) =>
      createHmac('sha256', publicKeyPem).update(input).digest(),
  },
  'an algorithm in small letters': header({ alg: 'es256' }),
  'an algorithm in a list': header({ alg: ['ES256'] }),
  'no alg': header({ alg: undefined }),
  'another algorithm than the signature': header({ alg: 'ES384' }),
  'a kid that names no key': header({ kid: 'nobody' }),
  'a kid that is no text': header({ kid: 7 }),
  'a kid of every object': header({ kid: '__proto__' }),
  'something critical': header({ crit: ['exp'], exp: 1 }),
  'nothing critical': header({ crit: [] }),
  'a crit that is no list': header({ crit: 'exp' }),
  'b64 false': header({ b64: false }),
  'a token for log-out': header({ typ: 'logout+jwt' }),
  'a typ that is a number': header({ typ: 1 }),
  'a nested token': header({ cty: 'JWT' }),
  'a header that is no object': { headerText: () => '[]' },
  'a header that is no JSON': { headerText: () => '{alg:ES256}' },
  'a header twice the same': { headerText: (json) => json.replace('{', '{"alg":"ES256",') },
  'a header that is not UTF-8': { headerText: (json) => json.replace('JWT', '\xff') },
  'claims that are not UTF-8': { claimsText: (json) => json.replace('demo-user', '\xff') },
  'claims with something after them': { claimsText: (json) => `${json}x` },
  'claims with a comma too many': { claimsText: (json) => json.replace('}', ',}') },
  'claims in single quotation marks': { claimsText: (json) => json.replaceAll('"', "'") },
  'claims with a byte order mark': { claimsText: (json) => `\xef\xbb\xbf${json}` },
  'claims in a list': { claimsText: (json) => `[${json}]` },
  'claims that are text': { claimsText: (json) => JSON.stringify(json) },
  'claims that are null': { claimsText: () => 'null' },
  'a claim twice': { claimsText: (json) => json.replace('{', '{"exp":0,') },
  'a claim twice, once escaped': { claimsText: (json) => json.replace('{', '{"\\u0065xp":0,') },
  'a name twice further in': { claimsText: (json) => json.replace('{', '{"a":[{"b":1,"b":1}],') },
  'deep nesting': {
    claimsText: (json) => json.replace('{', `{"n":${'['.repeat(40)}${']'.repeat(40)},`),
  },
  'inherited claims': {
    claimsText: (json) => json.replace(/"exp":(\d+)/, '"__proto__":{"exp":$1}'),
  },
  'four segments': { token: (text) => `${text}.` },
  'a dot before the others': { token: (text) => `.${text}` },
  padding: { token: (text) => `${text}==` },
  'the standard alphabet': {
    claims: { padding: '>>>???' },
    payloadSegment: (text) => text.replaceAll('-', '+').replaceAll('_', '/'),
  },
  'a symbol too many': { token: (text) => `${text}AAA` },
  'spare bits': { token: withSpareBit },
  'no exp': exp(undefined),
  'an exp that is past': exp(now(-600)),
  'an exp of 0': exp(0),
  'an exp of null': exp(null),
  'an exp that is text': exp(String(now(600))),
  'an exp beyond numbers': { claimsText: (json) => json.replace(/"exp":\d+/, '"exp":1e400') },
  'an nbf in the future': claims({ nbf: now(600) }),
  'an nbf that is text': claims({ nbf: 'now' }),
  'an iat that is text': claims({ iat: 'now' }),
  'another issuer': claims({ iss: 'https://evil.example.test/' }),
  'no issuer': claims({ iss: undefined }),
  'an issuer in a list': claims({ iss: [issuer] }),
  'an issuer without its slash': claims({ iss: issuer.slice(0, -1) }),
  'an issuer in capitals': claims({ iss: issuer.toUpperCase() }),
  'another audience': aud('https://other.example.test/'),
  'no audience': aud(undefined),
  'a part of the audience': aud('https://api.example.test'),
  'more than the audience': aud(`${audience}more`),
  'an empty list of audiences': aud([]),
  'a list within the list of audiences': aud([[audience]]),
  'an audience beside a number': aud([1, audience]),
  'an audience in an object': aud({ 0: audience }),
  'a subject in capitals': claims({ sub: 'DEMO-USER' }),
  'a subject that nobody knows': claims({ sub: 'nobody' }),
  'no subject': claims({ sub: undefined }),
  'a jti that is a number': claims({ jti: 1 }),
  'a token bound to its sender': claims({ cnf: { jkt: 'abc' } }),
}

const realm = 'Bearer realm="Reference"'
const invalidToken = `${realm}, error="invalid_token", error_description="This token is not good here. Get a new one from the issuer."`
const invalidRequest = `${realm}, error="invalid_request", error_description="There has to be exactly one token, in the Authorization field."`

const see = (server: BearerReference, send: string, what: string): Promise<string> =>
  shown(server, { send, see: what, plain: '', mutated: '' })

test('takes what the RFCs let it take', async () => {
  await withBearer({}, async (server) => {
    for (const [name, making] of Object.entries(granted)) {
      assert.equal(await see(server, bearing(minted(server, making)), 'status'), '200', name)
    }
  })
})

test('refuses every other token with 401 and invalid_token', async () => {
  await withBearer({}, async (server) => {
    for (const [name, making] of Object.entries(invalid)) {
      const send = bearing(minted(server, making))
      assert.equal(await see(server, send, 'status'), '401', name)
      assert.equal(await see(server, send, 'WWW-Authenticate'), invalidToken, name)
    }
  })
})

test('refuses what looks like no token at all in the same way', async () => {
  await withBearer({}, async (server) => {
    for (const token of ['mF_9.B5f-4.1JqM', 'abc', '..', '.'.repeat(1000), 'a.b', 'null', '+/=']) {
      assert.equal(await see(server, bearing(token), 'WWW-Authenticate'), invalidToken, token)
    }
  })
})

const requests: Readonly<Record<string, readonly [BearerRow['send'], string, string]>> = {
  nothing: [() => get(), '401', realm],
  'another scheme': [() => as('Basic YTpi'), '401', realm],
  'a token without a scheme': [({ token }) => as(token), '401', realm],
  'a scheme that begins alike': [({ token }) => as(`BearerX ${token}`), '401', realm],
  'no blank': [({ token }) => as(`Bearer${token}`), '401', realm],
  'a colon': [({ token }) => as(`Bearer: ${token}`), '401', realm],
  'a tab': [({ token }) => as(`Bearer\t${token}`), '401', realm],
  'the scheme alone': [() => as('Bearer'), '400', invalidRequest],
  'a word too many': [({ token }) => as(`Bearer ${token} x`), '400', invalidRequest],
  'a list': [({ token }) => as(`Bearer ${token}, x=y`), '400', invalidRequest],
  'quotation marks': [({ token }) => as(`Bearer "${token}"`), '400', invalidRequest],
  'padding in the middle': [() => as('Bearer a=.b.c'), '400', invalidRequest],
  'two lines': [
    ({ token }) => get(`Authorization: Bearer ${token}`, `Authorization: Bearer ${token}`),
    '400',
    invalidRequest,
  ],
  'a token in the query': [
    ({ token }) => request(`GET /protected?access_token=${token} HTTP/1.1`),
    '401',
    realm,
  ],
  'a token in the query and one in the field': [
    ({ token }) =>
      request(
        `GET /protected?x=1&access_token=${token} HTTP/1.1`,
        `Authorization: Bearer ${token}`,
      ),
    '400',
    invalidRequest,
  ],
  'two tokens in the query': [
    () => request('GET /protected?access_token=a&access%5Ftoken=b HTTP/1.1'),
    '400',
    invalidRequest,
  ],
  'a token in a form': [({ token }) => form('POST', `access_token=${token}`), '401', realm],
  'a token in a form and one in the field': [
    ({ token }) => form('GET', 'access_token=a', `Authorization: Bearer ${token}`),
    '400',
    invalidRequest,
  ],
  'a form that cannot be read': [
    () =>
      `${request('POST /protected HTTP/1.1', 'Content-Type: application/x-www-form-urlencoded', 'Transfer-Encoding: chunked')}zz\r\n`,
    '400',
    invalidRequest,
  ],
}

const form = (method: string, text: string, ...lines: readonly string[]): string => {
  const type = 'Content-Type: application/x-www-form-urlencoded; charset=utf-8'
  const start = `${method} /protected HTTP/1.1`
  return `${request(start, type, `Content-Length: ${text.length}`, ...lines)}${text}`
}

test('answers requests without a readable token by what is wrong with them', async () => {
  await withBearer({}, async (server) => {
    for (const [name, [make, status, challenge]] of Object.entries(requests)) {
      const [send = ''] = [make(server)].flat()
      assert.equal(await see(server, send, 'status'), status, name)
      assert.equal(await see(server, send, 'WWW-Authenticate'), challenge, name)
    }
  })
})

test('finds the token under any letter case and after several blanks', async () => {
  await withBearer({}, async (server) => {
    for (const start of ['Bearer ', 'bearer ', 'BEARER ', 'bEARER  ', 'Bearer    ']) {
      assert.equal(await see(server, as(`${start}${server.token} \t`), 'status'), '200', start)
    }
  })
})

test('says what scope is missing with 403, and that nobody may keep what it grants', async () => {
  await withBearer({}, async (server) => {
    const reports = (token: string): string =>
      request('GET /protected/reports HTTP/1.1', `Authorization: Bearer ${token}`)
    assert.equal(new URL(server.scopedUrl).pathname, '/protected/reports')
    assert.equal(await see(server, reports(server.scopelessToken), 'status'), '403')
    assert.equal(
      await see(server, reports(server.scopelessToken), 'WWW-Authenticate'),
      `${realm}, error="insufficient_scope", error_description="This token is good, and it does not reach this far.", scope="reports"`,
    )
    const none = minted(server, { claims: { scope: undefined } })
    const partly = minted(server, { claims: { scope: 'read report reportsx' } })
    for (const token of [none, partly]) {
      assert.equal(await see(server, reports(token), 'status'), '403')
    }
    assert.equal(
      await see(server, reports(server.token), 'body'),
      '{"resource":"scoped","ok":true}',
    )
    assert.equal(await see(server, bearing(server.token), 'Cache-Control'), 'private, no-store')
  })
})

test('trusts keys of every kind, each for its own algorithm', async () => {
  const keys: readonly KeyAlgorithm[] = ['ES256', 'ES384', 'EdDSA', 'RS256', 'PS256', 'HS256']
  await withBearer({ keys }, async (server) => {
    for (const signingKey of server.signingKeys) {
      const { alg, kid } = signingKey
      const own = { ...server, signingKey }
      const asked = (making: Making): Promise<string> =>
        see(server, bearing(minted(own, making)), 'status')
      assert.equal(await asked({ header: { alg, kid } }), '200', alg)
      assert.equal(await asked({ header: { alg, kid: undefined } }), '200', alg)
      assert.equal(await asked({ header: { kid } }), alg === 'ES256' ? '200' : '401', alg)
      assert.equal(await asked({ header: { alg } }), alg === 'ES256' ? '200' : '401', alg)
    }
    const [, , , rsa] = server.signingKeys
    assert.ok(rsa)
    const crossed = minted(
      { ...server, signingKey: rsa },
      { header: { alg: 'PS256', kid: rsa.kid }, signedWith: 'PS256' },
    )
    assert.equal(await see(server, bearing(crossed), 'status'), '401')
  })
})

test('publishes the public halves of its keys and nothing else of them', async () => {
  await withBearer({ keys: ['ES256', 'RS256', 'HS256'] }, async (server) => {
    const { jwksPath, signingKeys, signingKey, publicKeyPem = '' } = server
    const body = await see(server, request(`GET ${jwksPath} HTTP/1.1`), 'body')
    const { keys } = JSON.parse(body)
    assert.deepEqual(
      keys.map((key: object) => Object.keys(key).sort().join(' ')),
      ['alg crv kid kty use x y', 'alg e kid kty n use'],
    )
    assert.deepEqual(
      keys.map(({ kid }: { kid: string }) => kid),
      signingKeys.slice(0, 2).map(({ kid }) => kid),
    )
    assert.equal(signingKey, signingKeys[0])
    assert.match(publicKeyPem, /^-----BEGIN PUBLIC KEY-----\n/)
    assert.match(signingKey.pem, /^-----BEGIN PRIVATE KEY-----\n/)
    assert.ok(!body.includes(signingKeys[2]?.pem ?? ''))
  })
})

test('issues tokens of an hour for whoever asks', async () => {
  await withBearer({}, async (server) => {
    const of = (token: string): Record<string, unknown> => decoded(token.split('.')[1])
    const { exp: end, iat, aud: named, iss, ...rest } = of(server.token)
    assert.equal(Number(end) - Number(iat), 3600)
    assert.deepEqual([named, iss], [server.audience, server.issuer])
    assert.deepEqual([rest.sub, rest.scope], ['demo-user', 'read reports'])
    assert.equal(of(server.otherToken).sub, 'other-user')
    assert.equal(of(server.scopelessToken).scope, '')
    assert.equal(of(server.issue({ note: 1 })).note, 1)
    assert.notEqual(of(server.issue()).jti, of(server.issue()).jti)
  })
})

test('serves the other paths and methods as the generic server does', async () => {
  await withBearer({}, async (server) => {
    const asked = (start: string, ...lines: readonly string[]): Promise<string> =>
      see(server, request(`${start} HTTP/1.1`, ...lines), 'status')
    const good = `Authorization: Bearer ${server.token}`
    assert.equal(await asked('GET /public'), '200')
    assert.equal(await asked('GET /protected/other', good), '200')
    assert.equal(await asked('GET /protected/nothing'), '401')
    assert.equal(await asked('GET /protected/nothing', good), '404')
    assert.equal(await asked('GET /elsewhere'), '404')
    assert.equal(await asked('HEAD /protected'), '401')
    assert.equal(await asked('HEAD /protected', good), '200')
    assert.equal(await asked('DELETE /protected', good), '405')
    assert.equal(await asked('OPTIONS /protected'), '204')
    assert.equal(await asked('CONFORM /protected', good), '501')
    assert.equal(
      await see(server, request('POST /protected HTTP/1.1', good), 'Allow'),
      'GET, HEAD, OPTIONS',
    )
    const broken = request('GET /protected HTTP/1.1', good, 'Transfer-Encoding: chunked')
    assert.match(await ask(server, `${broken}zz\r\n`), /^HTTP\/1.1 400 /)
    const large = bearing(server.issue({ padding: 'a'.repeat(16384) }))
    assert.equal(await see(server, large, 'status'), '431')
  })
})

test('starts with the keys it is told to, and with no fewer than one', async () => {
  await assert.rejects(
    withBearer({ keys: [] }, async () => undefined),
    { name: 'RangeError' },
  )
  await assert.rejects(
    withBearer({ mutant: 'no-such' }, async () => undefined),
    {
      name: 'RangeError',
      message: 'The reference server "bearer" has no mutant "no-such".',
    },
  )
})
