// What the stand-in takes from the set at jwks_endpoint, and when it looks there.
import assert from 'node:assert/strict'
import { createSecretKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { issueToken, makeKey, trusted } from '../bearer/issuer.ts'
import { startReference } from '../start.ts'
import { endpoint, listedKeys } from './key-set.ts'

const key = await makeKey('ES256', 'es')
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
const ed = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })

const secret = (octets: number): object =>
  createSecretKey(randomBytes(octets)).export({ format: 'jwk' })

const read = (...keys: readonly unknown[]): ReturnType<typeof listedKeys> =>
  listedKeys(Buffer.from(JSON.stringify({ keys })))

const algs = (entry: unknown): readonly string[] => (read(entry) ?? []).map(({ alg }) => alg)

test('a key serves what it names, or else all that its type is mapped to', () => {
  assert.deepEqual(algs(rsa), ['RS256', 'RS384', 'RS512'])
  assert.deepEqual(algs({ ...rsa, alg: 'RS384' }), ['RS384'])
  assert.deepEqual(algs({ ...rsa, alg: 'PS256' }), [])
  assert.deepEqual(algs(ed), ['EdDSA'])
  assert.deepEqual(algs(key.publicJwk), ['ES256'])
  assert.deepEqual(algs(secret(64)), ['HS256', 'HS384', 'HS512'])
  assert.deepEqual(algs(secret(32)), ['HS256'])
  assert.deepEqual(algs(secret(8)), [])
  assert.deepEqual(algs({ ...rsa, use: 'enc' }), [])
})

test('members that no standard knows are read where they are of their kind', () => {
  const own = (more: object): object => {
    const [{ aud, usernameFrom } = {}] = read({ ...key.publicJwk, ...more }) ?? []
    return { aud, usernameFrom }
  }
  assert.deepEqual(own({}), { aud: undefined, usernameFrom: undefined })
  assert.deepEqual(own({ aud: 'api', usernameFrom: 'upn' }), { aud: ['api'], usernameFrom: 'upn' })
  assert.deepEqual(own({ aud: ['a', 7, 'b'], usernameFrom: 7 }).valueOf(), {
    aud: ['a', 'b'],
    usernameFrom: undefined,
  })
})

test('a key without a name has none, and what is no set has no keys', () => {
  assert.equal(read(rsa)?.[0]?.kid, undefined)
  assert.deepEqual(read(null, 5, {}, { kty: 'EC' }), [])
  for (const text of ['', '[]', '{}', '{"keys":{}}']) {
    assert.equal(listedKeys(Buffer.from(text)), undefined, text)
  }
})

test('until the variable is set the demo has an issuer, and none where it is set to nothing', async () => {
  const own = [trusted(key)]
  const place = endpoint(own)
  assert.deepEqual(await place.fetched(), own)
  place.fetchFrom(undefined)
  assert.equal(await place.fetched(), undefined)
  place.fetchFrom('http://127.0.0.1:1/')
  assert.equal(await place.fetched(), undefined)
  place.close()
})

const hosted = async (
  t: TestContext,
): Promise<{
  url: string
  publish: (status: number, body: string) => void
  count: () => number
}> => {
  let [status, body, count] = [200, '', 0]
  const server = createServer((_request, response) => {
    count += 1
    response.writeHead(status, { Connection: 'close' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo
  const publish = (...given: [number, string]): void => {
    ;[status, body] = given
  }
  return { url: `http://127.0.0.1:${port}/`, publish, count: () => count }
}

test('the set is fetched on request alone, and an old one stays where there is no new one', async (t) => {
  const server = await startReference({ system: 'singlestore', secure: false })
  t.after(() => server.close())
  const { url, publish, count } = await hosted(t)
  const { default: account = assert.fail() } = server.vendor?.accounts ?? {}
  const pair = Buffer.from(`${account.user}:${account.password}`).toString('base64')
  const post = async (path: string, authorization: string, body?: string): Promise<Response> =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { authorization },
      ...(body === undefined ? {} : { body }),
    })
  const rows = async (): Promise<number> => {
    const token = `Bearer ${issueToken(key)}`
    return (await post('/api/v2/query/rows', token, '{"sql":"select 1"}')).status
  }
  const setup = async (): Promise<readonly [number, string]> => {
    const answer = await post('/api/v2/jwks_setup', `Basic ${pair}`)
    return [answer.status, await answer.text()]
  }
  const failed = [500, 'The key set could not be fetched.\n']
  publish(200, JSON.stringify({ keys: [key.publicJwk] }))
  server.fetchKeysFrom?.(url)
  assert.deepEqual([await rows(), count()], [401, 0])
  assert.deepEqual(await setup(), [200, ''])
  assert.deepEqual([await rows(), count()], [200, 1])
  for (const [status, body] of [
    [500, JSON.stringify({ keys: [] })],
    [200, 'no set'],
  ] as const) {
    publish(status, body)
    assert.deepEqual(await setup(), failed)
    assert.equal(await rows(), 200)
  }
  publish(200, '{"keys":[]}')
  assert.deepEqual(await setup(), [200, ''])
  assert.deepEqual([await rows(), count()], [401, 4])
  server.fetchKeysFrom?.(undefined)
  assert.deepEqual(await setup(), failed)
})
