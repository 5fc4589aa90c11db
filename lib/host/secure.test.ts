import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get as overHttp } from 'node:http'
import { get as overHttps, type RequestOptions } from 'node:https'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { createAuthority } from '../x509/authority.ts'
import { type Listener, listen } from './listener.ts'
import { speaksOldTls } from './secure.ts'

const by = createAuthority('test authority')

const secured = async (t: TestContext, host = '127.0.0.1'): Promise<Listener> => {
  const listener = await listen({
    secret: 'hidden',
    secured: { by, host },
    serve: (path) => (path === 'set' ? { type: 'text/plain', body: 'the set' } : undefined),
  })
  t.after(listener.close)
  return listener
}

/** The content, or how it could not be had. */
const fetched = (url: string, options: RequestOptions = {}): Promise<string> =>
  new Promise((resolve) => {
    const get = url.startsWith('https:') ? overHttps : overHttp
    get(url, { ca: by.pem, agent: false, ...options }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => resolve(Buffer.concat(parts).toString()))
    }).on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })

test('a document is served by https to whoever trusts the authority', async (t) => {
  const listener = await secured(t)
  const url = listener.urlOf('set')
  assert.match(url, /^https:\/\/127\.0\.0\.1:\d+\/hidden\/set$/)
  assert.equal(await fetched(url), 'the set')
  assert.equal(listener.fetches().length, 1)
  assert.match(await fetched(url, { ca: [] }), /^UNABLE_TO_|^SELF_SIGNED/)
  assert.equal(listener.door?.approaches().length, 2)
  assert.ok(listener.door?.approaches().every(({ tls, hello }) => tls && hello?.sha256))
})

test('it is reached by a name where that is what it is called', async (t) => {
  const listener = await secured(t, 'localhost')
  assert.match(listener.origin, /^https:\/\/localhost:\d+$/)
  const lookup: RequestOptions['lookup'] = (_host, _options, done) =>
    done(null, [{ address: '127.0.0.1', family: 4 }])
  assert.equal(await fetched(listener.urlOf('set'), { lookup }), 'the set')
})

test('each way to spoil the door keeps out who looks, and lets in who does not', async (t) => {
  const listener = await secured(t)
  const url = listener.urlOf('set')
  listener.door?.spoil({ channel: 'untrusted-certificate' })
  assert.match(await fetched(url), /^UNABLE_TO_|^SELF_SIGNED/)
  assert.equal(await fetched(url, { rejectUnauthorized: false }), 'the set')
  listener.door?.spoil({ channel: 'other-name' })
  assert.equal(await fetched(url), 'ERR_TLS_CERT_ALTNAME_INVALID')
  assert.equal(await fetched(url, { checkServerIdentity: () => undefined }), 'the set')
  listener.door?.spoil({ channel: 'tls-1.1' })
  assert.match(await fetched(url), /^EPROTO$/)
  const old = { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
  assert.equal(await fetched(url, old), 'the set')
  listener.door?.spoil({})
  assert.equal(await fetched(url), 'the set')
})

test('without TLS nothing is served unless that is what is looked at', async (t) => {
  const listener = await secured(t)
  const [url, plain] = [listener.urlOf('set'), listener.urlOf('set').replace('https:', 'http:')]
  assert.equal(await fetched(plain), 'ECONNRESET')
  listener.door?.spoil({ channel: 'cleartext', plain: true })
  assert.equal(await fetched(plain), 'the set')
  assert.match(await fetched(url), /^EPROTO$/)
  assert.deepEqual(
    listener.door?.approaches().map(({ tls }) => tls),
    [false, false, true],
  )
})

test('a beginning that never ends, or is nothing known, is let go of', async (t) => {
  const listener = await secured(t)
  const port = Number(new URL(listener.origin).port)
  for (const bytes of [[0x16, 0x03, 0x01, 0x40, 0x00, 0x01], [0x16], [0x00, 0xff, 0x13]]) {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    socket.end(Buffer.from(bytes))
    socket.resume()
    await once(socket, 'close')
  }
  assert.equal(await fetched(listener.urlOf('set')), 'the set')
})

test('whether this machine speaks TLS 1.1 is tried and not guessed', async () => {
  assert.equal(await speaksOldTls(), true)
})
