/** The fields of a certificate in DER: names, times and extensions (RFC 5280 §4.1 and §4.2). */
import { isIP } from 'node:net'
import { der, derObjectId, derOctets, derSequence } from '../jose/der.ts'

const BOOLEAN = 0x01
const BIT_STRING = 0x03
const UTF8_STRING = 0x0c
const UTC_TIME = 0x17
const GENERALIZED_TIME = 0x18
const SET = 0x31
const DNS_NAME = 0x82
const IP_ADDRESS = 0x87
const URI_NAME = 0x86

/** The first year that UTCTime cannot say (RFC 5280 §4.1.2.5). */
const CENTURY_ENDS = 2050

/** A distinguished name that is a common name alone, or nothing at all. */
export function commonName(name: string): Buffer {
  if (name === '') return derSequence()
  const text = der(UTF8_STRING, Buffer.from(name, 'utf8'))
  return derSequence(der(SET, derSequence(derObjectId('2.5.4.3'), text)))
}

/** A moment to the second. */
export function time(date: Date): Buffer {
  const text = date
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '')
  return date.getUTCFullYear() < CENTURY_ENDS
    ? der(UTC_TIME, Buffer.from(text.slice(2), 'latin1'))
    : der(GENERALIZED_TIME, Buffer.from(text, 'latin1'))
}

/** Octets as a string of bits, all of which are used. */
export function bits(bytes: Uint8Array): Buffer {
  return der(BIT_STRING, Buffer.from([0]), bytes)
}

function groups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
}

function addressOctets(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number))
  const [head = '', tail] = address.split('::')
  const [before, after] = [groups(head), groups(tail ?? '')]
  const gap = tail === undefined ? 0 : 8 - before.length - after.length
  const all = [...before, ...Array<number>(gap).fill(0), ...after]
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]))
}

function generalName(name: string): Buffer {
  return isIP(name) === 0
    ? der(DNS_NAME, Buffer.from(name, 'latin1'))
    : der(IP_ADDRESS, addressOctets(name))
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  const flag = critical ? [der(BOOLEAN, Buffer.from([0xff]))] : []
  return derSequence(derObjectId(id), ...flag, derOctets(value))
}

/** The host names and addresses a certificate is for; plain addresses, without brackets. */
export function alternativeNames(names: readonly string[]): Buffer {
  return extension('2.5.29.17', derSequence(...names.map(generalName)))
}

/** Whether its key may certify others. */
export function basicConstraints(authority: boolean): Buffer {
  const flag = authority ? [der(BOOLEAN, Buffer.from([0xff]))] : []
  return extension('2.5.29.19', derSequence(...flag), true)
}

/** `keyCertSign` and `cRLSign` for an authority, `digitalSignature` and `keyEncipherment` else. */
export function keyUsage(authority: boolean): Buffer {
  const unused = authority ? 1 : 5
  const octet = authority ? 0x06 : 0xa0
  return extension('2.5.29.15', der(BIT_STRING, Buffer.from([unused, octet])), true)
}

/** For a server that speaks TLS. */
export function serverUsage(): Buffer {
  return extension('2.5.29.37', derSequence(derObjectId('1.3.6.1.5.5.7.3.1')))
}

/** Where its authority answers whether it was revoked (RFC 5280 §4.2.2.1). */
export function ocspResponder(url: string): Buffer {
  const access = derSequence(
    derObjectId('1.3.6.1.5.5.7.48.1'),
    der(URI_NAME, Buffer.from(url, 'latin1')),
  )
  return extension('1.3.6.1.5.5.7.1.1', derSequence(access))
}

/** The key that a certificate holds, by its hash. */
export function subjectKeyId(id: Buffer): Buffer {
  return extension('2.5.29.14', derOctets(id))
}

/** The key that signed it, by its hash. */
export function authorityKeyId(id: Buffer): Buffer {
  return extension('2.5.29.35', derSequence(der(0x80, id)))
}
