import { shown } from './shown.ts'

/** Records a departure from HTTP/1.1 under a stable code. */
export type Note = (code: string, say: string) => void

export interface StatusLine {
  readonly version: string
  readonly status: number
  readonly reason: string
}

export type Field = readonly [name: string, value: string]

const statusLine = /^(HTTP)\/(\d+(?:\.\d+)?)([ \t]+)(\d{3})(?:([ \t])(.*))?$/is
const control = /[\x00-\x08\x0a-\x1f\x7f]/

/** Reads a status line as leniently as it stays certain, or undefined where it is none (RFC 9112 §4). */
export const readStatusLine = (line: string, note: Note): StatusLine | undefined => {
  const parts = statusLine.exec(line)
  if (parts === null) return undefined
  const [, protocol = '', digits = '', gap, code = '', before, reason = ''] = parts
  if (protocol !== 'HTTP') note('version-case', 'The protocol name is not written HTTP.')
  if (!/^1\.\d$/.test(digits)) {
    note('version', `The status line claims HTTP/${digits} on an HTTP/1.1 connection.`)
  }
  if (gap !== ' ' || before === '\t') {
    note('status-line-space', 'The parts of the status line are not set apart by one space.')
  }
  if (before === undefined) {
    note('reason-space-missing', 'No space follows the status code.')
  }
  if (control.test(reason)) note('control-in-reason', 'The reason phrase has a control byte.')
  const status = Number(code)
  if (status < 100 || status > 599) {
    note('status-range', `The status code ${code} is not between 100 and 599.`)
  }
  return { version: `${protocol}/${digits}`, status, reason }
}

const isBlank = (text: string, at: number): boolean => text[at] === ' ' || text[at] === '\t'

// A pattern for blanks at the end takes quadratic time on a value full of blanks.
const endOfText = (text: string): number => {
  let end = text.length
  while (end > 0 && isBlank(text, end - 1)) end -= 1
  return end
}

const startOfText = (text: string): number => {
  let start = 0
  while (isBlank(text, start)) start += 1
  return start
}

const trimmed = (text: string): string => text.slice(startOfText(text), endOfText(text))

/** Collects field lines in order, folded lines kept as they came with their line end (RFC 9112 §5). */
export const readField = (fields: Field[], line: string, eol: string, note: Note): void => {
  if (/^[ \t]/.test(line)) {
    readContinuation(fields, line, eol, note)
    return
  }
  const colon = line.indexOf(':')
  if (colon < 0) {
    note('no-colon', `A field line has no colon: ${shown(line)}.`)
    return
  }
  const name = trimmed(line.slice(0, colon))
  if (name.length < colon) {
    note('space-before-colon', `Whitespace stands before the colon of ${shown(name)}.`)
  }
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) {
    note('field-name', `A field name is not a token: ${shown(name)}.`)
  }
  fields.push([name, checked(name, trimmed(line.slice(colon + 1)), note)])
}

const readContinuation = (fields: Field[], line: string, eol: string, note: Note): void => {
  const last = fields.pop()
  if (last === undefined) {
    note('space-before-field', 'Whitespace stands before the first field line.')
    return
  }
  const [name, value] = last
  note('obs-fold', `The value of ${shown(name)} is folded over several lines.`)
  fields.push([name, `${value}${eol}${checked(name, line.slice(0, endOfText(line)), note)}`])
}

const checked = (name: string, value: string, note: Note): string => {
  if (control.test(value))
    note('control-in-field', `The value of ${shown(name)} has a control byte.`)
  return value
}
