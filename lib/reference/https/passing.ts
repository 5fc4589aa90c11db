/** What stands between a TLS engine and the wire, and can rewrite every record on its way out. */
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import type { Passage } from '../http/secure.ts'

/** Type, version and length of a record. */
export const RECORD_HEAD = 5

/** Takes what is written apart into records, and gives back what goes out in their place. */
const writer = (rewritten: (record: Buffer) => Buffer): ((bytes: Buffer) => Buffer) => {
  let rest: Buffer = Buffer.alloc(0)
  return (bytes) => {
    rest = Buffer.concat([rest, bytes])
    const out: Buffer[] = []
    for (;;) {
      const end = rest.length < RECORD_HEAD ? undefined : RECORD_HEAD + rest.readUInt16BE(3)
      if (end === undefined || rest.length < end) return Buffer.concat(out)
      out.push(rewritten(rest.subarray(0, end)))
      rest = rest.subarray(end)
    }
  }
}

/** Passes on what comes as it is, and what goes out as it is rewritten. */
export const passing = (
  raw: Socket,
  rewritten: (record: Buffer) => Buffer,
  keyed: Passage['keyed'],
): Passage => {
  const written = writer(rewritten)
  const stream = new Duplex({
    read: () => {
      raw.resume()
    },
    write: (bytes: Buffer, _, done) => {
      raw.write(written(bytes), done)
    },
    final: (done) => {
      raw.end(done)
    },
    destroy: (error, done) => {
      raw.destroy()
      done(error)
    },
  })
  raw.on('data', (bytes: Buffer) => {
    if (!stream.push(bytes)) raw.pause()
  })
  raw.on('end', () => stream.push(null)).on('close', () => stream.destroy())
  return { stream, keyed }
}
