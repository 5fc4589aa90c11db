/** Reads the lines of a request head strictly (RFC 9112 §2 to §5, RFC 9110 §5). */
import type { Fault, Pair, StartLine } from './types.ts'

const tokenCharacters = "!#$%&'*+.^_`|~0-9A-Za-z-"

/** A token of RFC 9110 §5.6.2. */
export const token: RegExp = new RegExp(`^[${tokenCharacters}]+$`)

/** True for a byte that cannot begin a request, which therefore is not HTTP at all. */
export const cannotBegin = (byte: string): boolean => !token.test(byte) && !/[\s]/.test(byte)

/** Makes a refusal with 400 unless told another status. */
export const fault = (say: string, status = 400): Fault => ({ fault: status, say })

/** Splits at CRLF; a bare CR or LF has no place in a head (RFC 9112 §2.2). */
export const strictLines = (head: string): readonly string[] | Fault => {
  const lines = head.split('\r\n')
  return lines.some((line) => /[\r\n]/.test(line)) ? fault('A line end is not CRLF.') : lines
}

/** One method, one target, one version with single spaces between them (RFC 9112 §3). */
export const strictStartLine = (line: string): StartLine | Fault => {
  const [method = '', target = '', version = '', ...more] = line.split(' ')
  if (more.length > 0 || !token.test(method) || target === '') {
    return fault('The request line is not "method target version".')
  }
  if (!/^HTTP\/\d\.\d$/.test(version)) return fault('The request line names no HTTP version.')
  if (!version.startsWith('HTTP/1.')) return fault('Only HTTP/1.x is spoken here.', 505)
  return { method, target, version }
}

const beginsBlank = (line: string | undefined): boolean => /^[ \t]/.test(line ?? '')

/** Refuses folded lines and whitespace before the first field (RFC 9112 §2.2, §5.2). */
export const strictUnfold = (lines: readonly string[]): readonly string[] | Fault =>
  lines.some(beginsBlank) ? fault('A field line begins with whitespace.') : lines

/** Name and colon without whitespace between them (RFC 9112 §5.1). */
export const strictFieldLine = (line: string): Pair | Fault => {
  const colon = line.indexOf(':')
  if (colon < 0) return fault('A field line has no colon.')
  const name = line.slice(0, colon)
  return token.test(name)
    ? [name, line.slice(colon + 1)]
    : fault('A field name is not a token, or whitespace stands before its colon.')
}

/** Trims and refuses control bytes other than the tab (RFC 9110 §5.5). */
export const strictFieldValue = (value: string): string | Fault => {
  const trimmed = value.replace(/^[ \t]+|[ \t]+$/g, '')
  return /[\x00-\x08\x0a-\x1f\x7f]/.test(trimmed)
    ? fault('A field value holds a control byte.')
    : trimmed
}
