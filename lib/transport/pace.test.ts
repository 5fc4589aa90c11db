import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { test } from 'node:test'
import { paced } from './pace.ts'

const listening = async (server: Server): Promise<Socket> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  const socket = connect(address.port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

test('what is written arrives in its order, whatever its size', async (t) => {
  const came: Buffer[] = []
  const server = createServer((socket) => {
    socket.on('data', (chunk) => came.push(chunk))
    socket.on('end', () => socket.end())
  })
  t.after(() => server.close())
  const socket = await listening(server)
  const write = paced(socket, () => false)
  const chunks = ['a', 'b'.repeat(100_000), 'c', 'd'.repeat(20_000), 'e']
  for (const chunk of chunks) write(Buffer.from(chunk))
  socket.resume()
  const whole = chunks.join('').length
  while (came.reduce((sum, { length }) => sum + length, 0) < whole) {
    await new Promise((resolve) => setImmediate(resolve))
  }
  assert.equal(Buffer.concat(came).toString(), chunks.join(''))
  socket.end()
  await once(socket, 'close')
})

test('nothing more is written once an answer has begun', async (t) => {
  let read = 0
  let closed: () => void = () => undefined
  const over = new Promise<void>((resolve) => {
    closed = resolve
  })
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('close', () => closed())
    socket.on('data', (chunk) => {
      if (read === 0) socket.write('HTTP/1.1 431 Too Large\r\n\r\n')
      read += chunk.length
    })
  })
  t.after(() => server.close())
  const socket = await listening(server)
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1')
    socket.end()
  })
  const sent = Buffer.alloc(8 * 1024 * 1024, 'x')
  paced(socket, () => answer !== '')(sent)
  await over
  assert.match(answer, /^HTTP\/1\.1 431 /)
  assert.ok(read > 0 && read < sent.length, `${read} of ${sent.length} bytes were read.`)
})
