import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { WriteStream } from 'node:tty'
import type { Io, Screen } from './io.ts'
import type { ReadFile } from './settings.ts'

const widest = 100

function screen(stream: WriteStream): Screen {
  // A reader such as `head` may leave early; that is no mistake of ours.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    columns: Math.min(stream.columns || 80, widest),
    colour: false,
  }
}

/** A user who interrupts twice does not want to wait for the end of an exchange. */
function onInterrupt(stop: () => void): () => void {
  const handlers = (['SIGINT', 'SIGTERM'] as const).map((signal) => {
    let count = 0
    const handle = (): void => {
      count += 1
      if (count > 1) process.exit(130)
      stop()
    }
    process.on(signal, handle)
    return () => void process.off(signal, handle)
  })
  return () => {
    for (const remove of handlers) remove()
  }
}

/** Asks a question on one stream and reads the answer from another without showing it. */
export async function askHidden(
  question: string,
  input: NodeJS.ReadableStream,
  shown: NodeJS.WritableStream,
): Promise<string> {
  shown.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  // As a terminal the interface reads raw, so that the keys are not echoed by the system either.
  const lines = createInterface({ input, output: nowhere, terminal: true })
  // Raw reading turns an interruption into a key, which has to become one again.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  try {
    return await lines.question('')
  } finally {
    lines.close()
    shown.write('\n')
  }
}

/** The process this runs in: its streams, its environment, its signals. */
export function processIo(readFile: ReadFile): Io {
  return {
    out: screen(process.stdout),
    err: screen(process.stderr),
    environment: process.env,
    readFile,
    onInterrupt,
    ...(process.stdin.isTTY && process.stderr.isTTY
      ? { askSecret: (question) => askHidden(question, process.stdin, process.stderr) }
      : {}),
  }
}
