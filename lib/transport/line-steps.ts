import { framingOf, persists } from './framing.ts'
import { type Note, readField, readStatusLine } from './head.ts'
import { fail, type LinePhase, note, type Reading } from './reading.ts'
import { shown } from './shown.ts'

/** One whole line of the head or of the chunk framing, without its end. */
type Step = (reading: Reading, line: string, eol: string) => void

const noteIn =
  (reading: Reading): Note =>
  (code, say) =>
    note(reading, code, say)

/** True where the bytes so far may be the start of a status line. */
export const looksLikeHttp = (text: string): boolean =>
  'http/'.startsWith(text.slice(0, 5).toLowerCase())

/** Ends the reading because the answer does not begin as one; TLS is the likely reason of some. */
export const failAtStart = (reading: Reading, text: string): void => {
  const hint = /^[\x15\x16]\x03/.test(text) ? ' They look like TLS: is this an https port?' : ''
  fail(
    reading,
    'garbage',
    `The bytes that came do not begin with a status line: ${shown(text)}.${hint}`,
  )
}

const start: Step = (reading, line) => {
  if (line === '') {
    note(reading, 'blank-before-status', 'A blank line stands before the status line.')
    return
  }
  reading.line = readStatusLine(line, noteIn(reading))
  reading.phase = 'fields'
  if (reading.line === undefined) failAtStart(reading, line)
}

const fields: Step = (reading, line, eol) => {
  if (line === '') endOfHead(reading)
  else readField(reading.fields, line, eol, noteIn(reading))
}

const endOfHead = (reading: Reading): void => {
  const { line, method } = reading
  if (line === undefined) return
  const framing = framingOf(method, line, reading.fields, noteIn(reading))
  if (line.status > 99 && line.status < 200 && line.status !== 101) {
    reading.interim.push(line.status)
    reading.fields = []
    reading.line = undefined
    reading.phase = 'start'
    return
  }
  if (line.status === 101)
    note(reading, 'switch-unasked', 'A 101 came without an Upgrade asked for.')
  reading.framing = framing
  reading.persists = persists(line, reading.fields, framing)
  enter(reading)
}

const enter = (reading: Reading): void => {
  const { framing } = reading
  if (framing.by === 'chunks') reading.phase = 'size'
  if (framing.by === 'close') reading.phase = 'close'
  if (framing.by === 'nothing') reading.state = 'complete'
  if (framing.by !== 'length') return
  reading.phase = 'length'
  reading.remaining = framing.length
  if (framing.length === 0) reading.state = 'complete'
}

const size: Step = (reading, line) => {
  const parts = /^([0-9a-f]+)([ \t]*)(;.*)?$/is.exec(line)
  if (parts === null) {
    fail(reading, 'garbage', `A chunk size is no hexadecimal number: ${shown(line)}.`)
    return
  }
  if (parts[2] !== '' && parts[3] === undefined) {
    note(reading, 'chunk-size-space', 'Whitespace follows a chunk size.')
  }
  reading.remaining = Number.parseInt(parts[1] ?? '', 16)
  reading.phase = reading.remaining === 0 ? 'trailers' : 'data'
}

const dataEnd: Step = (reading, line) => {
  reading.phase = 'size'
  if (line !== '') fail(reading, 'garbage', `A chunk is longer than its size says: ${shown(line)}.`)
}

const trailers: Step = (reading, line, eol) => {
  if (line === '') reading.state = 'complete'
  else readField(reading.trailers, line, eol, noteIn(reading))
}

/** What each phase does with a whole line. */
export const lineSteps: Readonly<Record<LinePhase, Step>> = {
  start,
  fields,
  size,
  'data-end': dataEnd,
  trailers,
}
