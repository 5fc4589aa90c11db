import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Io, Screen } from './io.ts'
import { main } from './main.ts'

/** What a command printed and how it ended. */
export interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface Setting {
  readonly environment?: Readonly<Record<string, string>>
  readonly isTerminal?: boolean
  /** Given the way to interrupt as soon as a command waits for it. */
  readonly interrupt?: (stop: () => void) => void
  readonly askSecret?: Io['askSecret']
  /** Called with all that was printed to stdout so far, at every write. */
  readonly watch?: (out: string) => void
}

/** Runs a command line in this process, with nothing of the process in it. */
export async function command(words: readonly string[], setting: Setting = {}): Promise<Said> {
  const texts = { out: '', err: '' }
  const screen = (name: 'out' | 'err'): Screen => ({
    write: (text) => {
      texts[name] += text
      if (name === 'out') setting.watch?.(texts.out)
    },
    isTerminal: setting.isTerminal ?? false,
    columns: 80,
    colour: false,
  })
  const code = await main(words, {
    out: screen('out'),
    err: screen('err'),
    environment: setting.environment ?? {},
    readFile: (path) => readFileSync(path, 'utf8'),
    onInterrupt: (stop) => {
      setting.interrupt?.(stop)
      return () => {}
    },
    ...(setting.askSecret === undefined ? {} : { askSecret: setting.askSecret }),
  })
  return { code, ...texts }
}

/** Lends a folder of its own to a test and takes it away afterwards. */
export async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-cli-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A promise that is kept from outside. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  const kept: { resolve: (value: T) => void } = { resolve: () => {} }
  const promise = new Promise<T>((resolve) => {
    kept.resolve = resolve
  })
  return { promise, resolve: (value) => kept.resolve(value) }
}
