// The stand-ins, row by row: what their documentation and their packages have them answer.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Reference, startReference, type VendorSystem, vendorMutants } from './start.ts'

type Headers = Readonly<Record<string, string>>

interface Asked {
  readonly path: string
  readonly method?: string
  readonly headers?: Headers
  readonly body?: string
}

/** An answer as `status`, with its challenges and its content. */
interface Came {
  readonly status: number
  readonly challenge: string | null
  readonly text: string
}

const fetched = async (reference: Reference, asked: Asked): Promise<Came> => {
  const { path, method = 'GET', headers = {}, body } = asked
  const init = { method, headers, ...(body === undefined ? {} : { body }) }
  const answer = await fetch(`${reference.url}${path}`, init)
  const challenge = answer.headers.get('www-authenticate')
  return { status: answer.status, challenge, text: await answer.text() }
}

type Ask = (asked: Asked) => Promise<Came>

const withStandIn = async (
  system: VendorSystem,
  work: (ask: Ask, vendor: NonNullable<Reference['vendor']>) => Promise<void>,
  mutant?: string,
): Promise<void> => {
  const reference = await startReference({
    system,
    secure: false,
    ...(mutant === undefined ? {} : { mutant }),
  })
  try {
    assert.ok(reference.vendor)
    await work((asked) => fetched(reference, asked), reference.vendor)
  } finally {
    await reference.close()
  }
}

const basic = (user: string, password: string): Headers => ({
  Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
})

const by = (value: string): Headers => ({ Authorization: value })

test('SingleStore: paths, methods, users, tokens and bodies', async () => {
  await withStandIn('singlestore', async (ask, { bearer = '' }) => {
    const rows = (headers: Headers, body = '{"sql":"select 1+1"}'): Promise<Came> =>
      ask({ path: '/api/v2/query/rows', method: 'POST', headers, body })
    assert.deepEqual(await ask({ path: '/ping' }), { status: 200, challenge: null, text: 'pong\n' })
    assert.equal((await ask({ path: '/api/v2/spec' })).status, 401)
    assert.equal((await ask({ path: '/api/v2/nowhere' })).status, 404)
    assert.equal((await ask({ path: '/api/v2/query/rows' })).status, 405)
    const anonymous = await rows({})
    const realm = 'realm="SingleStore Data API"'
    assert.equal(anonymous.status, 401)
    assert.equal(anonymous.challenge, `Basic ${realm}, Bearer ${realm}`)
    const good = basic('demo', 'Afu4XjzB1ns')
    assert.equal(good.Authorization, 'Basic ZGVtbzpBZnU0WGp6QjFucw==')
    assert.deepEqual(JSON.parse((await rows(good)).text), { results: [{ rows: [{ '1+1': 2 }] }] })
    assert.equal((await rows(basic('demo', 'wrong'))).status, 401)
    assert.equal((await rows(basic('nobody', 'x'))).status, 401)
    assert.equal((await rows(good, 'no JSON')).status, 400)
    assert.equal((await rows(by(`Bearer ${bearer}`))).status, 200)
    const spoilt = `${bearer.slice(0, -8)}AAAAAAAA`
    assert.equal((await rows(by(`Bearer ${spoilt}`))).status, 401)
    const wrapped = Buffer.from(bearer).toString('base64')
    assert.equal((await rows(by(`Bearer ${wrapped}`))).status, 401)
    assert.equal((await rows(basic('*', bearer))).status, 401)
    const exec = await ask({
      path: '/api/v2/exec',
      method: 'POST',
      headers: good,
      body: '{"sql":"x"}',
    })
    assert.deepEqual(JSON.parse(exec.text), { lastInsertId: 0, rowsAffected: 0 })
    const setup = await ask({ path: '/api/v2/jwks_setup', method: 'POST', headers: good })
    assert.deepEqual([setup.status, setup.text], [200, ''])
  })
})

test('FreeSewing: each path takes its kind, and answers as the packages do', async () => {
  await withStandIn('freesewing', async (ask, { accounts }) => {
    const { default: key = assert.fail(), person = assert.fail() } = accounts
    const signin = (body: object): Promise<Came> =>
      ask({
        path: '/signin',
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
    const { token } = JSON.parse(
      (await signin({ username: person.user, password: person.password })).text,
    )
    const status = async (path: string, headers: Headers): Promise<number> =>
      (await ask({ path, headers })).status
    const good = basic(key.user, key.password)
    const encoded = good.Authorization?.split(' ')[1] ?? ''
    const onKey: readonly (readonly [Headers, number])[] = [
      [{}, 401],
      [good, 200],
      [by(`bASIC ${encoded}`), 200],
      [by(`Basic  ${encoded}`), 400],
      [by(`Basic\t${encoded}`), 400],
      [by(`Basic ${encoded} more`), 200],
      [by('Basic'), 400],
      [by(`XBasicY ${encoded}`), 200],
      [by(`Basic ${encoded.replaceAll('=', '')}`), 200],
      [by(`Basic ${Buffer.from('no colon').toString('base64')}`), 400],
      [basic('', ''), 401],
      [basic(key.user, `${key.password}:zzz`), 200],
      [basic(key.user, 'wrong'), 401],
      [basic('unknown', 'x'), 401],
      [by(`Bearer ${token}`), 401],
    ]
    for (const [headers, wanted] of onKey) {
      assert.equal(await status('/account/key', headers), wanted, headers.Authorization)
    }
    const onToken: readonly (readonly [Headers, number])[] = [
      [{}, 401],
      [by(`Bearer ${token}`), 200],
      [by(`BEARER   ${token} more`), 200],
      [by('Bearer'), 401],
      [by(`Bearer ${token}x`), 401],
      [good, 401],
    ]
    for (const [headers, wanted] of onToken) {
      assert.equal(await status('/account/jwt', headers), wanted, headers.Authorization)
    }
    const refused = await ask({ path: '/account/key' })
    assert.deepEqual(refused, {
      status: 401,
      challenge: 'Basic realm="Users"',
      text: 'Unauthorized',
    })
    assert.equal((await ask({ path: '/account/jwt' })).challenge, null)
    const errors: readonly (readonly [object, number, string])[] = [
      [{}, 400, 'postBodyMissing'],
      [{ password: 'x' }, 400, 'usernameMissing'],
      [{ username: 'x' }, 400, 'passwordMissing'],
      [{ username: person.user, password: 'x' }, 401, 'signInFailed'],
      [{ username: 'nobody', password: 'x' }, 401, 'signInFailed'],
    ]
    for (const [body, wanted, error] of errors) {
      const came = await signin(body)
      assert.deepEqual([came.status, JSON.parse(came.text)], [wanted, { result: 'error', error }])
    }
    assert.equal((await ask({ path: '/' })).status, 200)
    assert.equal((await ask({ path: '/nowhere' })).status, 404)
  })
})

test('InfluxDB: one spelling of Token, and Basic with a token for password', async () => {
  await withStandIn('influxdb-cloud-serverless', async (ask, { tokens }) => {
    const token = tokens.Token ?? assert.fail()
    const status = async (path: string, headers: Headers, method = 'GET'): Promise<number> =>
      (await ask({ path, headers, method })).status
    const buckets = '/api/v2/buckets'
    const rows: readonly (readonly [string, number])[] = [
      [`Token ${token}`, 200],
      [`token ${token}`, 401],
      [`TOKEN ${token}`, 401],
      [`Token  ${token}`, 401],
      [`Token\t${token}`, 401],
      ['Token', 401],
      [token, 401],
      [`Token ${token}x`, 401],
      [`Bearer ${token}`, 401],
    ]
    for (const [value, wanted] of rows) {
      assert.equal(await status(buckets, by(value)), wanted, value.slice(0, 8))
    }
    const refused = await ask({ path: buckets })
    assert.deepEqual([refused.status, refused.challenge], [401, null])
    assert.deepEqual(JSON.parse(refused.text), {
      code: 'unauthorized',
      message: 'unauthorized access',
    })
    assert.equal(await status(buckets, basic('anybody', token)), 401)
    assert.equal(await status('/query?q=x', basic('anybody', token)), 200)
    assert.equal(await status('/query?q=x', basic('anybody', 'wrong')), 401)
    assert.equal(await status('/write', by(`Token ${token}`), 'POST'), 204)
    assert.equal(await status('/api/v2/signin', basic('a@b.test', token), 'POST'), 204)
    assert.equal(await status('/api/v2/signin', basic('a@b.test', token)), 204)
    assert.equal(await status('/api/v2/orgs', by(`Token ${token}`), 'DELETE'), 405)
    assert.equal(await status('/ping', by(`Token ${token}`)), 404)
  })
})

test('every stand-in is on https unless told otherwise', async () => {
  const reference = await startReference({ system: 'singlestore-helios' })
  assert.match(reference.url, /^https:\/\/127\.0\.0\.1:\d+$/)
  assert.match(reference.ca ?? '', /BEGIN CERTIFICATE/)
  await reference.close()
})

/** How the http door answers a good credential, or what kept an answer from coming. */
const atHttpDoor = async (system: VendorSystem, mutant?: string): Promise<string> => {
  const reference = await startReference({ system, ...(mutant === undefined ? {} : { mutant }) })
  const { httpUrl = assert.fail(), vendor = assert.fail(), url } = reference
  const { accounts, tokens } = vendor
  const { user, password } = accounts.default ?? assert.fail()
  const path = { freesewing: '/account/key', 'influxdb-cloud-serverless': '/api/v2/buckets' }
  const rows = { method: 'POST', body: '{"sql":"select 1+1"}' }
  const headers = tokens.Token === undefined ? basic(user, password) : by(`Token ${tokens.Token}`)
  const asked = Object.hasOwn(path, system)
    ? fetch(httpUrl + Reflect.get(path, system), { headers, redirect: 'manual' })
    : fetch(`${httpUrl}/api/v2/query/rows`, { ...rows, headers, redirect: 'manual' })
  try {
    const answer = await asked
    await answer.arrayBuffer()
    const told = answer.headers.get('www-authenticate') ?? answer.headers.get('location') ?? ''
    return `${answer.status} ${told.replace(url, 'https')}`.trim()
  } catch (error) {
    return String((error as { cause?: { code?: string } }).cause?.code)
  } finally {
    await reference.close()
  }
}

test('the http door of a stand-in is shut, or asks for nothing and gives nothing', async () => {
  assert.equal(await atHttpDoor('singlestore'), '403')
  assert.equal(await atHttpDoor('singlestore-helios'), 'ECONNREFUSED')
  assert.equal(await atHttpDoor('freesewing'), '308 https/account/key')
  assert.equal(await atHttpDoor('influxdb-cloud-serverless'), 'ECONNREFUSED')
  const asks = '401 Basic realm="Gateway"'
  const mutants: readonly (readonly [VendorSystem, string, string])[] = [
    ['singlestore', 'singlestore-http-takes-passwords', '200'],
    ['singlestore', 'singlestore-http-takes-tokens', '403'],
    ['singlestore', 'singlestore-http-asks', asks],
    ['singlestore', 'singlestore-benign-http-shut', 'ECONNREFUSED'],
    ['singlestore-helios', 'singlestore-helios-http-takes-passwords', '200'],
    ['singlestore-helios', 'singlestore-helios-benign-http-403', '403'],
    ['freesewing', 'freesewing-http-takes-passwords', '200'],
    ['freesewing', 'freesewing-http-asks-alike', '401 Basic realm="Users"'],
    ['influxdb-cloud-serverless', 'influxdb-http-takes-credentials', '200'],
    ['influxdb-cloud-serverless', 'influxdb-http-asks', asks],
    ['influxdb-cloud-serverless', 'influxdb-http-asks-alike', '401'],
    ['influxdb-cloud-serverless', 'influxdb-benign-http-426', '426'],
  ]
  for (const [system, mutant, wanted] of mutants) {
    assert.equal(await atHttpDoor(system, mutant), wanted, mutant)
  }
})

test('a stand-in that is told to be on http has no further door', async () => {
  const reference = await startReference({ system: 'freesewing', secure: false })
  assert.equal(reference.httpUrl, undefined)
  await reference.close()
})

test('the catalogue names its mutants once, and each can be started', async () => {
  const ids = vendorMutants.map(({ id }) => id)
  assert.equal(new Set(ids).size, ids.length)
  assert.deepEqual(JSON.parse(JSON.stringify(vendorMutants)), vendorMutants)
  const systems = ['singlestore', 'singlestore-helios', 'freesewing', 'influxdb-cloud-serverless']
  for (const system of systems) {
    const own = vendorMutants.filter((mutant) => mutant.system === system)
    const narrow = own.filter(({ kind }) => kind === 'narrow')
    assert.ok(narrow.length >= 8, system)
    for (const { id, clauses, breaks } of narrow) {
      assert.ok(breaks !== undefined && clauses.length > 0, id)
      assert.ok(
        clauses.every((clause) => /^(?:singlestore|freesewing|influxdb)/.test(clause)),
        id,
      )
    }
  }
  for (const { id, system } of vendorMutants) {
    await withStandIn(system as VendorSystem, async () => {}, id)
  }
  const wrong = { system: 'freesewing', mutant: 'influxdb-tab' } as const
  await assert.rejects(startReference(wrong), RangeError)
})
