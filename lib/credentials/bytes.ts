import type { Bytes } from '../model/case.ts'

/** UTF-8 bytes of a text, one latin1 character per byte. */
export function utf8(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

/** The bytes a `Bytes` value stands for, one latin1 character per byte. */
export function bytesOf(value: Bytes): string {
  if (typeof value === 'string') return utf8(value)
  if ('$bytes' in value) return Buffer.from(value.$bytes, 'hex').toString('latin1')
  return utf8(value.$repeat).repeat(value.times)
}

/** Base64 of RFC 4648 §4 over latin1 bytes. */
export function base64(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('base64')
}

const named: Readonly<Record<string, string>> = {
  ' ': 'a space',
  '  ': 'two spaces',
  '\t': 'a tab',
  '\0': 'a NUL',
  '\r': 'a CR',
  '\n': 'an LF',
  '\r\n': 'a CRLF',
  ',': 'a comma',
  '"': 'a double quote',
  '': 'nothing',
}

/** How a fault's bytes are named in a sentence. */
export function nameBytes(value: Bytes): string {
  const bytes = bytesOf(value)
  const name = named[bytes]
  if (name !== undefined) return name
  if (typeof value === 'object' && '$repeat' in value) {
    return `${value.times} times ${nameBytes(value.$repeat)}`
  }
  if (/^[\x20-\x7e]{1,40}$/.test(bytes)) return `"${bytes}"`
  if (bytes.length <= 8) {
    return `the bytes ${Buffer.from(bytes, 'latin1')
      .toString('hex')
      .replace(/..(?=.)/g, '$& ')}`
  }
  return `${bytes.length} bytes`
}
