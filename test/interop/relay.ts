import { connect, createServer, type Server } from 'node:net'

/** A relay in front of a server that keeps what clients sent, one text for each connection. */
export interface Relay {
  readonly port: number
  /** Bytes as latin1, in the order in which the connections were made. */
  readonly sent: readonly string[]
  readonly stop: () => void
}

const portOf = (server: Server): number => {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Starts a relay on a free port. */
export const relayTo = async (port: number): Promise<Relay> => {
  const sent: string[] = []
  const server = createServer((client) => {
    const own = sent.push('') - 1
    const upstream = connect({ port, host: '127.0.0.1' })
    client.on('data', (bytes) => {
      sent[own] += bytes.toString('latin1')
    })
    client.once('error', () => upstream.destroy())
    upstream.once('error', () => client.destroy())
    client.pipe(upstream).pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: portOf(server), sent, stop: () => server.close() }
}
