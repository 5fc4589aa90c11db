import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { type Listener, type ListenerOptions, listen } from './listener.ts'

const secret = 'f00dfeedf00dfeed'

const start = async (t: TestContext, more: Partial<ListenerOptions> = {}): Promise<Listener> => {
  const listener = await listen({
    secret,
    serve: (path) =>
      path === 'a/jwks' ? { type: 'application/json', body: '{"keys":[]}' } : undefined,
    ...more,
  })
  t.after(() => listener.close())
  return listener
}

/** What comes back on a bare socket, until the other side closes. */
const exchange = (url: string, text: string): Promise<string> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url)
    let got = ''
    const socket = connect(Number(port), hostname, () => socket.write(text, 'latin1'))
    socket.on('data', (chunk) => {
      got += chunk.toString('latin1')
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(got))
  })

test('serves a document below its secret, on loopback', async (t) => {
  const listener = await start(t)
  const url = listener.urlOf('a/jwks')
  assert.match(url, new RegExp(`^http://127\\.0\\.0\\.1:\\d+/${secret}/a/jwks$`))
  const answer = await fetch(url)
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('content-type'), 'application/json')
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  assert.equal(await answer.text(), '{"keys":[]}')
  const head = await fetch(url, { method: 'HEAD' })
  assert.deepEqual([head.status, await head.text()], [200, ''])
})

test('remembers every fetch with its request', async (t) => {
  const listener = await start(t)
  const before = Date.now()
  await fetch(listener.urlOf('a/jwks?x=1'), { headers: { 'X-Probe': 'Yes' } })
  await fetch(listener.urlOf('b/nothing'), { method: 'POST', body: 'hello' })
  assert.equal(listener.count(), 2)
  const [first, second] = listener.fetches()
  assert.deepEqual([first?.n, first?.method, first?.target], [1, 'GET', `/${secret}/a/jwks?x=1`])
  assert.ok(first && first.at >= before && first.at <= Date.now())
  assert.match(first?.from ?? '', /127\.0\.0\.1$/)
  assert.ok(
    first?.fields.some(([name, value]) => name.toLowerCase() === 'x-probe' && value === 'Yes'),
  )
  assert.deepEqual([second?.method, second?.target], ['POST', `/${secret}/b/nothing`])
  assert.deepEqual(
    listener.fetches('/a/').map(({ n }) => n),
    [1],
  )
})

test('finds its secret where a metadata URL puts it last', async (t) => {
  const paths: string[] = []
  const listener = await start(t, {
    serve: (path) => {
      paths.push(path)
      return undefined
    },
  })
  const { origin } = new URL(listener.urlOf(''))
  await fetch(`${origin}/.well-known/oauth-authorization-server/${secret}/a/issuer`)
  assert.deepEqual(paths, ['a/issuer/.well-known/oauth-authorization-server'])
  assert.equal(listener.count(), 1)
})

test('tells nothing to those who do not know the secret, and does not count them', async (t) => {
  const listener = await start(t, { serve: () => ({ type: 'text/plain', body: 'secret' }) })
  const { origin } = new URL(listener.urlOf(''))
  for (const path of ['/', '/a/jwks', `/${secret}`, `/x${secret}/a`, `/?/${secret}/a`]) {
    const answer = await fetch(origin + path)
    assert.equal(answer.status, 404, path)
    assert.equal(await answer.text(), 'not found')
  }
  assert.equal(listener.count(), 0)
})

test('remembers so many fetches and counts the others', async (t) => {
  const listener = await start(t)
  const url = listener.urlOf('x')
  for (let round = 0; round < 6; round += 1) {
    await Promise.all(Array.from({ length: 50 }, () => fetch(url)))
  }
  assert.equal(listener.count(), 300)
  assert.equal(listener.fetches().length, 256)
})

test('drops who sends too much', async (t) => {
  const listener = await start(t)
  const path = new URL(listener.urlOf('x')).pathname
  const start_ = `POST ${path} HTTP/1.1\r\nHost: x\r\n`
  const long = await exchange(listener.urlOf('x'), `${start_}X-Long: ${'a'.repeat(20_000)}\r\n\r\n`)
  assert.match(long, /^HTTP\/1\.1 431 /)
  const much = `${start_}Content-Length: 9999999\r\n\r\n${'a'.repeat(200_000)}`
  assert.doesNotMatch(await exchange(listener.urlOf('x'), much), /\r\n\r\n.*HTTP/s)
})

test('listens where it is told, under the origin that it is told', async (t) => {
  const listener = await start(t, { host: '::1', publicOrigin: 'https://hooks.test' })
  assert.equal(listener.urlOf('a'), `https://hooks.test/${secret}/a`)
  const other = await start(t, { host: '::1' })
  assert.match(other.urlOf('a'), /^http:\/\/\[::1\]:\d+\//)
  const { port } = new URL(other.urlOf('a'))
  await assert.rejects(start(t, { host: '::1', port: Number(port) }), { code: 'EADDRINUSE' })
})

test('stops once, however often it is told', async (t) => {
  const listener = await start(t)
  const url = listener.urlOf('a/jwks')
  await Promise.all([listener.close(), listener.close()])
  await assert.rejects(fetch(url))
})
