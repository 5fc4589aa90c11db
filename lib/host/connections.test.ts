import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { type Connections, connections, peerOf } from './connections.ts'

/** A connection, and what the listener keeps of it. */
const opened = async (
  t: TestContext,
  patience: number,
): Promise<{ client: Socket; open: Connections; socket: Socket }> => {
  const open = connections(patience)
  const server = createServer(open.add)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [socket] = await once(server, 'connection')
  client.on('error', () => undefined)
  t.after(() => {
    open.dropAll()
    server.close()
  })
  return { client, open, socket }
}

test('a connection on which nothing is asked for makes room for others', async (t) => {
  const { client } = await opened(t, 10)
  client.resume()
  await once(client, 'close')
})

test('a connection on which something was asked for stays, however long the answer takes', async (t) => {
  const { client, open, socket } = await opened(t, 20)
  open.asked(socket)
  open.dropQuiet()
  const other = await opened(t, 40)
  other.client.resume()
  await once(other.client, 'close')
  assert.equal(client.destroyed, false)
})

test('those on which nothing was asked for can be dropped at once', async (t) => {
  const { client, open } = await opened(t, 60_000)
  client.resume()
  open.dropQuiet()
  await once(client, 'close')
})

test('who comes from another address with the same number is another', () => {
  const end = (remoteAddress: string): { remoteAddress: string; remotePort: number } => ({
    remoteAddress,
    remotePort: 4711,
  })
  assert.notEqual(peerOf(end('192.0.2.1')), peerOf(end('192.0.2.2')))
})

test('who is let in after the end is sent away', async (t) => {
  const { client, open, socket } = await opened(t, 60_000)
  client.resume()
  open.dropAll()
  open.add(socket)
  await once(client, 'close')
  assert.ok(socket.destroyed)
})
