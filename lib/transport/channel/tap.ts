/** Lets somebody read along what a connection brings while another speaks on it. */
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'

/** The same connection; `see` gets all bytes that come before whoever reads them. */
export function tapped(socket: Socket, see: (bytes: Buffer) => void): Duplex {
  const stream = new Duplex({
    read: () => {
      socket.resume()
    },
    write: (bytes: Buffer, _, done) => {
      socket.write(bytes, done)
    },
    final: (done) => {
      socket.end(done)
    },
    destroy: (error, done) => {
      socket.destroy()
      done(error)
    },
  })
  socket
    .on('data', (bytes: Buffer) => {
      see(bytes)
      if (!stream.push(bytes)) socket.pause()
    })
    .on('end', () => stream.push(null))
    .on('error', (error) => stream.destroy(error))
    .on('close', () => stream.destroy())
  return stream
}
