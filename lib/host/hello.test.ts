import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import { type ConnectionOptions, connect } from 'node:tls'
import { readHello } from './hello.ts'

/** The first bytes of whoever `come` brings to a port. */
const firstBytes = async (come: (port: number) => () => void): Promise<Buffer> => {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const leave = come((server.address() as AddressInfo).port)
  const [socket] = await once(server, 'connection')
  const [bytes] = await once(socket, 'data')
  socket.destroy()
  leave()
  server.close()
  return bytes
}

const helloOf = (options: ConnectionOptions): Promise<Buffer> =>
  firstBytes((port) => {
    const socket = connect({ host: '127.0.0.1', port, ...options })
    socket.on('error', () => undefined)
    return () => socket.destroy()
  })

test('a current client offers TLS 1.2 and 1.3, renegotiates securely and takes SHA-256', async () => {
  const hello = readHello(await helloOf({}))
  assert.deepEqual([...(hello?.versions ?? [])].sort(), [0x0303, 0x0304])
  assert.equal(hello?.renegotiation, true)
  assert.equal(hello?.sha256, true)
})

test('one version is read where one is offered', async () => {
  const only = async (version: 'TLSv1.2' | 'TLSv1.3'): Promise<readonly number[] | undefined> =>
    readHello(await helloOf({ minVersion: version, maxVersion: version }))?.versions
  assert.deepEqual(await only('TLSv1.2'), [0x0303])
  assert.deepEqual(await only('TLSv1.3'), [0x0304])
})

test('signatures are read as they are offered', async () => {
  const takes = async (sigalgs: string): Promise<boolean | undefined> =>
    readHello(await helloOf({ sigalgs }))?.sha256
  assert.equal(await takes('ECDSA+SHA384:RSA+SHA512'), false)
  assert.equal(await takes('RSA-PSS+SHA256'), true)
  assert.equal(await takes('ed25519:ECDSA+SHA256'), true)
})

test('a client of another library is read as well', async () => {
  const bytes = await firstBytes((port) => {
    const client = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, '-tls1_2'])
    client.stdin.end()
    return () => client.kill()
  })
  assert.deepEqual(readHello(bytes), { versions: [0x0303], renegotiation: true, sha256: true })
})

test('what is no hello, or not all of one, is read as nothing', async () => {
  const whole = await helloOf({})
  assert.equal(readHello(Buffer.from('GET / HTTP/1.1\r\n\r\n')), undefined)
  assert.equal(readHello(Buffer.alloc(0)), undefined)
  for (let length = 0; length < whole.length; length += 1) {
    assert.equal(readHello(whole.subarray(0, length)), undefined, `${length} bytes`)
  }
})

test('a hello whose lengths lead anywhere does no harm', async () => {
  const whole = await helloOf({})
  for (let at = 5; at < whole.length; at += 1) {
    const bent = Buffer.from(whole)
    bent[at] = 0xff
    assert.doesNotThrow(() => readHello(bent), `byte ${at}`)
  }
})

test('a hello that goes on in a further record is not taken for what is in the first', async () => {
  const whole = await helloOf({})
  const half = whole.subarray(5, 205)
  const record = Buffer.concat([Buffer.from('160301', 'hex'), Buffer.from([0, half.length]), half])
  assert.equal(readHello(record), undefined)
})
