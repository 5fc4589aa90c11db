// An http URL in the place of an https one: where it is a mistake, a finding, or how one develops.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { type Reference, startReference, type VendorSystem } from '../../reference/start.ts'
import { command, type Said, withFolder } from '../fake.test.support.ts'

const consent = ['--allow', 'cleartext-secret']

/** Opens tunnels to one port of this machine, whatever host is asked for. */
const proxyTo = async (port: number): Promise<{ url: string; close: () => void }> => {
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('data', () => {
      const beyond = connect(port, '127.0.0.1')
      open.add(beyond)
      beyond.on('error', () => socket.destroy())
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.pipe(beyond).pipe(socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    close: () => {
      for (const socket of open) socket.destroy()
      server.close()
    },
  }
}

const suppliedFor = ({ vendor }: Reference): readonly string[] => {
  const { accounts, tokens, bearer } = vendor ?? assert.fail()
  const pair = (name: string): string => {
    const { user, password } = accounts[name] ?? assert.fail()
    return `${user}:${password}`
  }
  return [
    '--user',
    pair('default'),
    ...(accounts.person === undefined ? [] : ['--account', `person=${pair('person')}`]),
    ...(bearer === undefined ? [] : ['--bearer', bearer]),
    ...Object.entries(tokens).flatMap(([word, secret]) => ['--scheme', `${word}=${secret}`]),
  ]
}

/** Judges a stand-in on http by its cases on cleartext, as a host of the network or of this machine. */
const judged = async (system: VendorSystem, where: 'elsewhere' | 'here'): Promise<Said> => {
  const reference = await startReference({ system, secure: false })
  const { port } = new URL(reference.url)
  const proxy = await proxyTo(Number(port))
  const host = where === 'here' ? '127.0.0.1' : 'api.example.test'
  let said: Said | undefined
  try {
    await withFolder(async (folder) => {
      const target = ['--target', `http://${host}:${port}`, '--profile', system, ...consent]
      const only = ['--only', '*-cleartext-*', '--rate', '10000', '--out', folder]
      said = await command([...target, ...suppliedFor(reference), ...only], {
        environment: { HTTP_PROXY: proxy.url },
      })
    })
  } finally {
    proxy.close()
    await reference.close()
  }
  return said ?? assert.fail()
}

test('A page that wants HTTPS is broken by a target of the network that is on http', async () => {
  const { code, out } = await judged('singlestore', 'elsewhere')
  assert.equal(code, 1, out)
  assert.match(out, /^ {2}✗ singlestore-cleartext-password +documented · high$/mu)
  assert.match(out, /^ {2}✗ singlestore-cleartext-token +documented · high$/mu)
  assert.doesNotMatch(out, /singlestore-cleartext-challenge/u)
})

test('Where the page says no more than "should", it is a warning', async () => {
  const { code, out } = await judged('freesewing', 'elsewhere')
  assert.equal(code, 0, out)
  assert.match(out, /^ {2}! freesewing-cleartext-credentials@basic \(3\) +SHOULD · high$/mu)
})

test('On this machine http is how one develops, and nothing is said against it', async () => {
  for (const system of ['singlestore', 'freesewing'] as const) {
    const { out } = await judged(system, 'here')
    assert.doesNotMatch(out, /✗|^ {2}! /mu)
    assert.match(out, /skipped/u)
  }
})

const hosted = ['singlestore-helios', 'influxdb-cloud-serverless'] as const

for (const profile of hosted) {
  test(`${profile}: an http URL is a mistake of the caller, whatever else was given`, async () => {
    const target = ['doctor', '--target', 'http://api.example.test', '--profile', profile]
    for (const more of [[], ['--user', 'a:b'], ['--user', 'a:b', ...consent]]) {
      const { code, out, err } = await command([...target, ...more])
      assert.deepEqual([code, out], [2, ''])
      assert.match(
        err,
        /^conformance: \S.+ is reached by https alone: give its URL with https:\/\/ as --target\.\n$/u,
      )
    }
  })

  test(`${profile}: a tunnel that ends on this machine is none`, async () => {
    const target = ['doctor', '--target', 'http://127.0.0.1:9', '--profile', profile]
    const tunnel = ['doctor', '--target', 'http://api.example.test:9', '--profile', profile]
    const user = ['--user', 'a:b', '--timeout', '500']
    assert.equal((await command([...target, ...user])).code, 3)
    const resolve = ['--resolve', 'api.example.test:9:127.0.0.1']
    assert.equal((await command([...tunnel, ...user, ...resolve])).code, 3)
  })
}

test('A profile of the caller that is reached by https alone is held to it as well', async () => {
  await withFolder(async (folder) => {
    const file = `${folder}/own.json`
    const operations = { protected: { method: 'GET', path: '/x' } }
    const own = { id: 'own', title: 'Own', about: 'O.', operations, httpsOnly: true }
    writeFileSync(file, JSON.stringify(own))
    const target = ['doctor', '--target', 'http://api.example.test', '--profile', file]
    const { code, err } = await command(target)
    assert.equal(code, 2)
    assert.match(err, /^conformance: Own is reached by https alone/u)
  })
})
