/** The few forms of DER (X.690) that keys and signatures are written in. */
import { toBytes } from './numbers.ts'

/** One element: its tag, the length of its contents, and the contents. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  return Buffer.concat([Buffer.from([tag]), derLength(content.length), content])
}

/** The octets that say how long an element's contents are, in the shortest form. */
export function derLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const octets = toBytes(BigInt(length))
  return Buffer.concat([Buffer.from([0x80 | octets.length]), octets])
}

export function derSequence(...contents: readonly Uint8Array[]): Buffer {
  return der(0x30, ...contents)
}

/** A number that is not negative; a zero octet keeps the first bit from being taken for a sign. */
export function derInteger(value: bigint): Buffer {
  const octets = toBytes(value)
  const negative = (octets[0] ?? 0) >= 0x80
  return der(0x02, negative ? Buffer.concat([Buffer.from([0]), octets]) : octets)
}

export function derOctets(bytes: Uint8Array): Buffer {
  return der(0x04, bytes)
}

/** NULL, as the parameters of a hash algorithm are written (RFC 8017 §A.2.4). */
export function derNull(): Buffer {
  return der(0x05)
}

/** An object identifier from its dotted form. */
export function derObjectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

// Seven bits an octet, most significant first; all but the last have their top bit set.
function base128(value: number): number[] {
  const octets = [value & 0x7f]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    octets.unshift((rest & 0x7f) | 0x80)
  }
  return octets
}
