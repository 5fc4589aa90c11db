import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { type Connections, connections } from './connections.ts'

/** A connection, and what the listener keeps of it. */
const opened = async (
  t: TestContext,
  patience: number,
): Promise<{ client: Socket; open: Connections; port: number | undefined }> => {
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
  return { client, open, port: (socket as Socket).remotePort }
}

test('a connection on which nothing is asked for makes room for others', async (t) => {
  const { client } = await opened(t, 10)
  client.resume()
  await once(client, 'close')
})

test('a connection on which something was asked for stays, however long the answer takes', async (t) => {
  const { client, open, port } = await opened(t, 20)
  open.asked(port)
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
