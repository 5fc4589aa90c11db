import type { Socket } from 'node:net'

/** Bytes that are written at once: about what a server reads before it looks at a limit. */
const PIECE = 16 * 1024
/** Milliseconds between two pieces, in which a refusal can arrive. */
const REST = 1

/**
 * Writes chunks in their order, large ones piece by piece until an answer begins. A server refuses a
 * request that is too large while the rest of it is on its way, and what it has not read by then
 * makes its system reset the connection: whoever goes on writing loses the answer (RFC 9112 §9.6).
 */
export const paced = (socket: Socket, answered: () => boolean): ((chunk: Buffer) => void) => {
  let queue: readonly Buffer[] = []
  let busy = false
  const next = (): void => {
    const [first, ...others] = queue
    queue = others
    busy = first !== undefined && socket.writable && !answered()
    if (!busy || first === undefined) {
      queue = []
      return
    }
    socket.write(first, () => setTimeout(next, REST))
  }
  return (chunk) => {
    if (!busy && chunk.length <= PIECE) {
      if (socket.writable) socket.write(chunk)
      return
    }
    const count = Math.ceil(chunk.length / PIECE)
    const pieces = Array.from({ length: count }, (_, at) =>
      chunk.subarray(at * PIECE, (at + 1) * PIECE),
    )
    queue = [...queue, ...pieces]
    if (!busy) next()
  }
}
