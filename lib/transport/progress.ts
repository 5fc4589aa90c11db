import type { Answer } from '../model/exchange.ts'
import { takeContent } from './content.ts'
import { failAtStart, lineSteps, looksLikeHttp } from './line-steps.ts'
import { type ContentPhase, fail, type LinePhase, note, type Reading } from './reading.ts'

const isContent = (phase: Reading['phase']): phase is ContentPhase =>
  phase === 'length' || phase === 'data' || phase === 'close'

const isHead = (phase: LinePhase): boolean => phase !== 'size' && phase !== 'data-end'

/** Enough bytes without a line end to show what came instead of a status line. */
const startShown = 62

const lineFeed = 0x0a

/** Whether the head, or one line of the chunk framing, is longer than allowed. */
const isTooLong = (reading: Reading, phase: LinePhase): boolean =>
  (isHead(phase) ? reading.headBytes : 0) + reading.pendingBytes > reading.limits.headCap

const failTooLong = (reading: Reading, phase: LinePhase): void => {
  const what = isHead(phase) ? 'The head of the answer' : 'A line of the chunked framing'
  fail(reading, 'too-large', `${what} is longer than ${reading.limits.headCap} bytes.`)
}

/** Ends the reading where the line so far, ended or not, cannot be taken. */
const refuse = (reading: Reading, phase: LinePhase): boolean => {
  const { pending } = reading
  // Five portions hold at least five bytes: joining all of a slow line each time would be quadratic.
  const odd = phase === 'start' && !looksLikeHttp(pending.slice(0, 5).join(''))
  if (odd && reading.pendingBytes >= startShown) {
    failAtStart(reading, pending.join(''))
    return true
  }
  if (!isTooLong(reading, phase)) return false
  failTooLong(reading, phase)
  return true
}

const takeFinished = (reading: Reading, phase: LinePhase): void => {
  if (refuse(reading, phase)) return
  const whole = reading.pending.join('')
  if (isHead(phase)) reading.headBytes += reading.pendingBytes
  reading.pending = []
  reading.pendingBytes = 0
  const eol = whole.endsWith('\r\n') ? '\r\n' : '\n'
  if (eol === '\n') noteBareLineFeed(reading, phase)
  lineSteps[phase](reading, whole.slice(0, -eol.length), eol)
}

const noteBareLineFeed = (reading: Reading, phase: LinePhase): void => {
  if (phase === 'start' || phase === 'fields') {
    note(reading, 'lf-only-head', 'Lines of the head end with LF instead of CRLF.')
  } else {
    note(reading, 'lf-only-chunk', 'Lines of the chunked framing end with LF instead of CRLF.')
  }
}

const takeLine = (reading: Reading, phase: LinePhase, chunk: Buffer, at: number): number => {
  const found = chunk.indexOf(lineFeed, at)
  const next = found < 0 ? chunk.length : found + 1
  reading.pending.push(chunk.toString('latin1', at, next))
  reading.pendingBytes += next - at
  if (found < 0) refuse(reading, phase)
  else takeFinished(reading, phase)
  return next
}

const step = (reading: Reading, chunk: Buffer, at: number): number => {
  const { phase } = reading
  return isContent(phase)
    ? takeContent(reading, phase, chunk, at)
    : takeLine(reading, phase, chunk, at)
}

const noteJunk = (reading: Reading): void => {
  reading.junk = true
  const status = reading.line?.status ?? 0
  if (reading.stopped) return
  if (reading.framing.by !== 'nothing') {
    note(reading, 'bytes-after-answer', 'Bytes follow the end of the answer.')
  } else if (reading.method === 'HEAD') {
    note(reading, 'content-on-head', 'Content follows the head of an answer to HEAD.')
  } else {
    note(reading, `content-on-${status}`, `Content follows the head of a ${status} answer.`)
  }
}

/** Moves the reading on by a portion of bytes; the result is the same however they are cut. */
export const progress = (reading: Reading, chunk: Buffer): void => {
  let at = 0
  while (reading.state === 'reading' && at < chunk.length) at = step(reading, chunk, at)
  reading.bytes += at
  if (reading.state === 'complete' && at < chunk.length) noteJunk(reading)
}

/** Notes that neither `100 Continue` nor an answer came while content was held back for it. */
export const noteWithheld = (reading: Reading, ms: number): void => {
  if (reading.bytes > 0 || reading.pendingBytes > 0) return
  note(
    reading,
    'continue-withheld',
    `Neither 100 Continue nor an answer came within ${ms} ms of the head.`,
  )
}

/**
 * Ends the reading where the connection ended before the answer did. A refusal whose head came whole
 * says what it has to say: servers that read no further often lose the content behind it.
 */
export const cutShort = (reading: Reading, soFar: string): void => {
  const { state, phase, line } = reading
  const beyondHead = phase !== 'start' && phase !== 'fields'
  if (state !== 'reading' || line === undefined || line.status < 400 || !beyondHead) return
  note(reading, 'cut-short', `The connection ended too early: ${soFar}.`)
  reading.state = 'complete'
  reading.persists = false
}

/** Ends the reading where the other side has closed: only some answers are complete then. */
export const endOf = (reading: Reading, soFar: string): void => {
  if (reading.state !== 'reading') return
  if (reading.phase === 'close') {
    reading.state = 'complete'
    return
  }
  cutShort(reading, soFar)
  if (reading.state !== 'reading') return
  const text = reading.phase === 'start' ? reading.pending.join('') : ''
  if (text !== '' && !looksLikeHttp(text)) failAtStart(reading, text)
  else fail(reading, 'ended', `The server closed the connection: ${soFar}.`)
}

/** The answer as far as it is known; the caller sees to it that it is complete. */
export const answerOf = (reading: Reading): Answer | undefined => {
  const { line, content } = reading
  if (line === undefined) return undefined
  return {
    version: line.version,
    status: line.status,
    reason: line.reason,
    fields: reading.fields,
    body: Buffer.concat(content.kept).toString('latin1'),
    bodyBytes: content.bytes,
    cut: content.bytes > content.keptBytes || reading.stopped,
    trailers: reading.trailers,
    interim: reading.interim,
    violations: [...reading.violations.values()],
  }
}
