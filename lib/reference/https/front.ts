/** Looks at what a connection begins with before anybody speaks TLS on it. */
import type { Socket } from 'node:net'
import type { Secure } from '../http/secure.ts'
import { isHello, isWholeHello, readClientHello } from './client-hello.ts'
import type { HttpsPolicy } from './types.ts'

/** Reads until there is a whole hello or something else, and puts it back. */
const beginning = (raw: Socket): Promise<Buffer> =>
  new Promise((resolve) => {
    let bytes: Buffer = Buffer.alloc(0)
    const look = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk])
      if (bytes.length >= 3 && isHello(bytes) && !isWholeHello(bytes)) return
      raw.off('data', look)
      raw.pause()
      raw.unshift(bytes)
      resolve(bytes)
    }
    raw.on('data', look)
  })

/** Sends a connection where its first bytes lead: to TLS, to an answer, to plain HTTP, or away. */
export const turnConnection = async (
  raw: Socket,
  policy: Pick<HttpsPolicy, 'turn' | 'stray'>,
  secure: Secure,
  serve: (raw: Socket) => void,
): Promise<void> => {
  raw.on('error', () => raw.destroy())
  const bytes = await beginning(raw)
  if (!isHello(bytes)) {
    if (policy.stray === 'serve') serve(raw)
    else raw.destroy()
    return
  }
  const turn = isWholeHello(bytes) ? policy.turn?.(readClientHello(bytes)) : undefined
  if (turn === undefined) secure(raw)
  else if ('channel' in turn) secure(raw, turn.channel, turn.through?.(raw))
  else raw.end(turn.answer)
}
