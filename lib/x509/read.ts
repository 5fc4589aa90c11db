/** Reads of a certificate what Node's own reader does not tell. */
import { derObjectId } from '../jose/der.ts'

/** An element of DER: its tag and where its contents are. */
interface Element {
  readonly tag: number
  readonly from: number
  readonly to: number
}

function elementAt(bytes: Buffer, at: number): Element {
  const [tag, first] = [bytes[at], bytes[at + 1]]
  if (tag === undefined || first === undefined) throw new RangeError('the DER ends too early')
  if (first < 0x80) return { tag, from: at + 2, to: at + 2 + first }
  const octets = first & 0x7f
  const length = bytes.readUIntBE(at + 2, octets)
  return { tag, from: at + 2 + octets, to: at + 2 + octets + length }
}

function dotted(bytes: Buffer): string {
  const numbers: number[] = []
  let value = 0
  for (const octet of bytes) {
    value = value * 128 + (octet & 0x7f)
    if (octet < 0x80) {
      numbers.push(value)
      value = 0
    }
  }
  const [first = 0, ...rest] = numbers
  const top = Math.min(2, Math.floor(first / 40))
  return [top, first - top * 40, ...rest].join('.')
}

const hashes: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'md2',
  '1.2.840.113549.1.1.3': 'md4',
  '1.2.840.113549.1.1.4': 'md5',
  '1.2.840.113549.1.1.5': 'sha1',
  '1.3.14.3.2.29': 'sha1',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10040.4.3': 'sha1',
  '1.2.840.10045.4.1': 'sha1',
  '1.2.840.10045.4.3.1': 'sha224',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '1.3.101.112': 'sha512',
  '1.3.101.113': 'shake256',
}

const RSA_PSS = '1.2.840.113549.1.1.10'

/** The hash among the parameters of RSASSA-PSS; SHA-1 where none is named (RFC 4055 §3.1). */
function hashOfPss(bytes: Buffer, at: number): string {
  const parameters = elementAt(bytes, at)
  if (parameters.from >= parameters.to) return 'sha1'
  const tagged = elementAt(bytes, parameters.from)
  if (tagged.tag !== 0xa0) return 'sha1'
  const identifier = elementAt(bytes, elementAt(bytes, tagged.from).from)
  return hashes[dotted(bytes.subarray(identifier.from, identifier.to))] ?? 'unknown'
}

/** The hash that a certificate was signed with, in small letters; `unknown` for what has no name here. */
export function signatureHashOf(certificate: Buffer): string {
  const whole = elementAt(certificate, 0)
  const said = elementAt(certificate, whole.from)
  const algorithm = elementAt(certificate, said.to)
  const id = elementAt(certificate, algorithm.from)
  const name = dotted(certificate.subarray(id.from, id.to))
  return name === RSA_PSS ? hashOfPss(certificate, id.to) : (hashes[name] ?? 'unknown')
}

const CONTEXT_0 = 0xa0
const OCTET_STRING = 0x04
const SUBJECT_KEY_ID = derObjectId('2.5.29.14')

/** The fields of a certificate behind its version, in order (RFC 5280 §4.1). */
function fieldsOf(certificate: Buffer): readonly Element[] {
  const whole = elementAt(certificate, 0)
  const said = elementAt(certificate, whole.from)
  const fields: Element[] = []
  for (let at = said.from; at < said.to; at = fields.at(-1)?.to ?? said.to) {
    fields.push(elementAt(certificate, at))
  }
  return fields[0]?.tag === CONTEXT_0 ? fields.slice(1) : fields
}

/** The DER of a certificate's subject. */
export function subjectOf(certificate: Buffer): Buffer {
  const fields = fieldsOf(certificate)
  const [before, subject] = [fields[3], fields[4]]
  if (before === undefined || subject === undefined) throw new RangeError('the DER ends too early')
  return certificate.subarray(before.to, subject.to)
}

/** How a certificate identifies its key (RFC 5280 §4.2.1.2); undefined where it does not. */
export function keyIdOf(certificate: Buffer): Buffer | undefined {
  const at = certificate.indexOf(SUBJECT_KEY_ID)
  if (at < 0) return undefined
  const value = elementAt(certificate, at + SUBJECT_KEY_ID.length)
  const octets = value.tag === OCTET_STRING ? elementAt(certificate, value.from) : undefined
  return octets?.tag === OCTET_STRING ? certificate.subarray(octets.from, octets.to) : undefined
}
