// What an operator of one of the four APIs is told: when it works, and when something is missing.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Reference, startReference, type VendorSystem } from '../../reference/start.ts'
import { command, type Said, withFolder } from '../fake.test.support.ts'

type Words = (reference: Reference, folder: string) => readonly string[]

const pair = ({ user, password }: { user: string; password: string }): string =>
  `${user}:${password}`

const vendorOf = ({ vendor }: Reference): NonNullable<Reference['vendor']> => {
  assert.ok(vendor)
  return vendor
}

/** What an operator supplies for a stand-in. */
const supplied: Readonly<Record<VendorSystem, (reference: Reference) => readonly string[]>> = {
  singlestore: (reference) => {
    const { accounts, bearer = '' } = vendorOf(reference)
    return ['--user', pair(accounts.default ?? assert.fail()), '--bearer', bearer]
  },
  'singlestore-helios': (reference) => supplied.singlestore(reference),
  freesewing: (reference) => {
    const { accounts } = vendorOf(reference)
    const { default: key = assert.fail(), person = assert.fail() } = accounts
    return ['--user', pair(key), '--account', `person=${pair(person)}`]
  },
  'influxdb-cloud-serverless': (reference) => {
    const { accounts, tokens } = vendorOf(reference)
    const { default: mail = assert.fail() } = accounts
    return ['--user', pair(mail), '--scheme', `Token=${tokens.Token}`]
  },
}

const systems = Object.keys(supplied) as VendorSystem[]

/** Runs a command against a stand-in; its words come after target, profile and authority. */
const asked = async (
  system: VendorSystem,
  first: string,
  words: Words,
  path = '',
  mutant?: string,
): Promise<Said & { readonly requests: Reference['log'] }> => {
  const reference = await startReference({ system, ...(mutant === undefined ? {} : { mutant }) })
  let said: Said | undefined
  try {
    await withFolder(async (folder) => {
      const ca = join(folder, 'ca.pem')
      writeFileSync(ca, reference.ca ?? '')
      const target = ['--target', `${reference.url}${path}`, '--profile', system, '--ca', ca]
      said = await command([first, ...target, ...words(reference, folder)])
    })
  } finally {
    await reference.close()
  }
  assert.ok(said)
  return { ...said, requests: reference.log }
}

const unwrapped = (text: string): string => text.replace(/\s+/g, ' ')

for (const system of systems) {
  test(`${system}: a doctor finds what it needs`, async () => {
    const { code, out } = await asked(system, 'doctor', supplied[system])
    assert.equal(code, 0, out)
    assert.match(out, /Ready to be judged/u)
  })

  test(`${system}: a wrong URL is explained by what is appended to it`, async () => {
    const { code, out } = await asked(system, 'doctor', supplied[system], '/api/v9')
    // Without its sign-in FreeSewing has no token either, which is told beside.
    assert.equal(code, 3, out)
    assert.match(unwrapped(out), /Check the path in --target, to which the profile appends \//u)
  })

  test(`${system}: credentials of another kind are a mistake of the caller`, async () => {
    const word = system.startsWith('influx') ? 'token' : 'Other'
    const { code, err, requests } = await asked(system, 'doctor', () => [
      '--scheme',
      `${word}=x-y-z`,
    ])
    assert.equal(code, 2)
    assert.match(err, /^conformance: The profile .* (?:takes|cannot)/u)
    assert.deepEqual(requests, [])
  })
}

test('A wrong password and a wrong token are told with the option that gives another', async () => {
  const wrong = await asked('singlestore', 'doctor', () => ['--user', 'demo:wrong'])
  assert.equal(wrong.code, 3)
  assert.match(
    unwrapped(wrong.out),
    /credentials were refused \(401\).* Check --user NAME:PASSWORD/u,
  )
  const token = await asked('influxdb-cloud-serverless', 'doctor', () => [
    '--scheme',
    'Token=xyz123',
  ])
  assert.equal(token.code, 3)
  assert.match(unwrapped(token.out), /token credentials were refused.* Check --scheme/u)
  const entry = await asked('freesewing', 'doctor', () => ['--account', 'person=demo-person:no'])
  assert.equal(entry.code, 3)
  assert.match(unwrapped(entry.out), /Signing in at \/signin gave no token \(401\)/u)
  assert.match(unwrapped(entry.out), /Check --account person=NAME:PASSWORD/u)
})

/** A free port of this machine; somebody else may take it, but hardly within the moment. */
const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

test('SingleStore reads the hosted set when it is asked to, which takes an account', async () => {
  const port = await freePort()
  const listen = ['--jwks-listen', `127.0.0.1:${port}`, '--jwks-path', '/jwks.json']
  const words: Words = (reference) => {
    reference.fetchKeysFrom?.(`http://127.0.0.1:${port}/jwks.json`)
    return [...supplied.singlestore(reference), ...listen, '--key-refresh', '2']
  }
  const { code, out, err, requests } = await asked('singlestore', 'doctor', words)
  assert.equal(code, 0, out)
  assert.match(unwrapped(out), /has fetched the key set \(once\) and takes a token of its key/u)
  assert.match(unwrapped(out), /--bearer lends its claims/u)
  assert.match(err, /jwks\.json; it has 2 s to fetch it, when POST \/api\/v2\/jwks_setup asks/u)
  assert.equal(requests.filter(({ target }) => target === '/api/v2/jwks_setup').length, 1)
  const without = await asked('singlestore', 'doctor', () => listen)
  assert.equal(without.code, 3)
  assert.match(
    unwrapped(without.out),
    /reads its key set on request alone, which needs credentials for POST \/api\/v2\/jwks_setup\. Give --user NAME:PASSWORD\./u,
  )
  assert.deepEqual(without.requests, [])
})

test('An expired token is told to have expired', async () => {
  const encoded = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString('base64url')
  const old = `${encoded({ alg: 'HS256' })}.${encoded({ exp: 1_500_000_000 })}.c2lnbmF0dXJl`
  const { code, out } = await asked('freesewing', 'doctor', () => ['--bearer', old])
  assert.equal(code, 3)
  assert.match(unwrapped(out), /expired/u)
})

test('Where each kind has a path of its own, nothing can be judged without credentials', async () => {
  for (const system of ['freesewing', 'influxdb-cloud-serverless'] as const) {
    const { code, err } = await asked(system, 'doctor', () => [])
    assert.equal(code, 2)
    assert.match(unwrapped(err), /cannot be judged without credentials\. Give --/u)
  }
})

test('No key that it does not know is sent to FreeSewing unless allowed', async () => {
  const words: Words = (reference, folder) => [
    ...supplied.freesewing(reference),
    ...['--only', 'basic', '--only', 'freesewing', '--reporter', 'line', '--out', folder],
    ...['--login-budget', '1000'],
  ]
  const mortal = 'freesewing-dies-of-unknown-keys'
  const spared = await asked('freesewing', 'run', words, '', mortal)
  assert.equal(spared.code, 0, spared.out + spared.err)
  assert.ok(spared.requests.every(({ status }) => status !== 0))
  assert.equal(spared.requests.filter(({ target }) => target === '/signin').length, 3)
  const allowed: Words = (...all) => [...words(...all), '--allow', 'intrusive']
  const killed = await asked('freesewing', 'run', allowed, '', mortal)
  assert.notEqual(killed.code, 0)
})

/** The account whose password is that of Basic, with another one. */
const withWrong = (reference: Reference): readonly string[] => {
  const { user } = vendorOf(reference).accounts.default ?? assert.fail()
  return ['--user', `${user}:wrong-and-long-enough`]
}

for (const system of systems) {
  test(`${system}: a wrong password is told with the option that gives another`, async () => {
    const { code, out } = await asked(system, 'doctor', withWrong)
    assert.equal(code, 3)
    assert.match(unwrapped(out), /credentials were refused \(401\).* Check --user NAME:PASSWORD/u)
    assert.match(out, /Cannot be judged like this\.\n$/u)
  })

  test(`${system}: a wrong password beside what is right is no readiness`, async () => {
    const { code, out } = await asked(system, 'doctor', (reference) => {
      const [, , ...others] = supplied[system](reference)
      return [...withWrong(reference), ...others]
    })
    assert.equal(code, 3)
    assert.match(unwrapped(out), /basic credentials were refused \(401\)/u)
    assert.match(out, /Can be judged in part only\.\n$/u)
  })
}

test('A key set that nobody has read is no readiness, whatever else is good', async () => {
  const words: Words = (reference) => [
    ...supplied.singlestore(reference).slice(0, 2),
    ...['--jwks-listen', '127.0.0.1:0', '--key-refresh', '1'],
  ]
  const { code, out } = await asked('singlestore', 'doctor', words)
  assert.equal(code, 3)
  assert.match(unwrapped(out), /has not fetched the key set/u)
  assert.match(out, /Can be judged in part only\.\n$/u)
})

test('A log-in that leads nowhere is told by its path, and one at a closed door by the door', async () => {
  const person: Words = (reference) => supplied.freesewing(reference).slice(2)
  const lost = await asked('freesewing', 'doctor', person, '/api/v9')
  assert.equal(lost.code, 3)
  assert.match(
    unwrapped(lost.out),
    /gave no token \(404\).* Check the path in --target, to which the profile appends \/signin\./u,
  )
  const words = ['--target', 'https://127.0.0.1:9', '--profile', 'freesewing']
  const shut = await command(['doctor', ...words, '--account', 'person=a:b'])
  assert.equal(shut.code, 3)
  assert.match(unwrapped(shut.out), /gave no token .* Check that the server is running/u)
  assert.doesNotMatch(shut.out, /--account/u)
})

test('An http URL of what speaks TLS is told to be one', async () => {
  const reference = await startReference({ system: 'singlestore' })
  try {
    const url = reference.url.replace('https', 'http')
    const words = ['--target', url, '--profile', 'singlestore', '--user', 'a:b']
    const { code, out } = await command(['doctor', ...words])
    assert.equal(code, 3)
    assert.match(unwrapped(out), /https:\/\/ instead of http:\/\/\?/u)
  } finally {
    await reference.close()
  }
})

for (const system of ['singlestore', 'singlestore-helios'] as const) {
  test(`${system}: an expired token is told to have expired`, async () => {
    const encoded = (value: object): string =>
      Buffer.from(JSON.stringify(value)).toString('base64url')
    const old = `${encoded({ alg: 'HS256' })}.${encoded({ exp: 1_500_000_000 })}.c2lnbmF0dXJl`
    const { code, out } = await asked(system, 'doctor', () => ['--bearer', old])
    assert.equal(code, 3)
    assert.match(unwrapped(out), /The token expired \d+ days ago .* with --bearer TOKEN/u)
  })
}
