/** Asks a server by a bare socket, with nothing of the tool in between. */
import { createConnection } from 'node:net'

/** Sends bytes and gives all that came back until the server closed, both as latin1. */
export const ask = (port: number, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = createConnection({ port, host: '127.0.0.1' }, () => {
      socket.write(bytes, 'latin1')
    })
    let came = ''
    socket.setEncoding('latin1')
    socket.setTimeout(5000, () => socket.destroy(new Error('The server did not answer.')))
    socket.on('data', (text: string) => {
      came += text
    })
    socket.once('error', reject)
    socket.once('close', () => resolve(came))
  })

/** The recorded request in full. */
export const requestOf = (port: number, lines: readonly string[], method = 'GET'): string =>
  [
    `${method} /protected HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: close',
    ...lines,
    '',
    '',
  ].join('\r\n')
