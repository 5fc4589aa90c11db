import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { isAbsolute, join, resolve, sep } from 'node:path'
import { faultCode } from './settings.ts'
import { UsageError } from './usage-error.ts'

/** Report files name weaknesses of a server: nobody but their owner reads them. */
const fileMode = 0o600
const fresh = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW

/** A file that grows while a run goes on. */
export interface Journal {
  /** Appends one line; it is on its way to the disk when this returns. */
  readonly append: (line: string) => void
  readonly close: () => void
}

/**
 * The steps that must not be symbolic links. Below the working folder that is every one, since a
 * checkout may have brought them; elsewhere the last one, since systems link their own folders.
 */
function stepsTo(folder: string): readonly string[] {
  const here = process.cwd()
  const full = resolve(folder)
  if (!full.startsWith(`${here}${sep}`)) return [full]
  const names = full.slice(here.length + 1).split(sep)
  return names.map((_, index) => join(here, ...names.slice(0, index + 1)))
}

function makeFolder(folder: string): string | undefined {
  const linked = stepsTo(folder).find((path) =>
    lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink(),
  )
  if (linked === undefined) mkdirSync(folder, { recursive: true, mode: 0o700 })
  return linked
}

/** Makes the folder that report files go to. Throws UsageError where a link would lead out. */
export function prepareFolder(folder: string): void {
  let linked: string | undefined
  try {
    linked = makeFolder(folder)
  } catch (error) {
    throw new UsageError('bad-value', `--out: cannot make ${folder} (${faultCode(error)}).`)
  }
  if (linked === undefined) return
  throw new UsageError(
    'bad-value',
    `--out: ${linked} is a symbolic link, and reports are not written through one.`,
    'Name the folder it leads to.',
  )
}

/** Makes the folders on the way to a report file and gives its path. */
function placeFor(folder: string, name: string): string {
  const parts = name.split('/')
  if (isAbsolute(name) || parts.some((part) => ['', '.', '..'].includes(part))) {
    throw new TypeError(`not a name of a report file: ${name}`)
  }
  for (const index of parts.keys()) prepareFolder(join(folder, ...parts.slice(0, index)))
  return join(folder, ...parts)
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8')
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
}

/**
 * Writes one report file, readable by its owner alone, whole or not at all: a reader never sees
 * half a report, and a link that stands in its place is replaced, not followed.
 */
export function writeReportFile(folder: string, name: string, content: string): string {
  const path = placeFor(folder, name)
  const beside = `${path}.${randomBytes(6).toString('hex')}.tmp`
  const descriptor = openSync(beside, fresh, fileMode)
  try {
    try {
      writeAll(descriptor, content)
    } finally {
      closeSync(descriptor)
    }
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
  return path
}

/** Starts the journal anew; lines reach the file as they are appended, so a killed run keeps them. */
export function openJournal(folder: string, name: string): Journal {
  const path = placeFor(folder, name)
  rmSync(path, { force: true })
  const descriptor = openSync(path, fresh | constants.O_APPEND, fileMode)
  return {
    append: (line) => writeAll(descriptor, `${line}\n`),
    close: () => closeSync(descriptor),
  }
}
