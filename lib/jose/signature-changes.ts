/**
 * Ways to spoil the octets of a signature that need no key; the results prove no more than that.
 */

/** Changes of a signature's octets by id; none leaves a signature as it was that could be valid. */
export const SIGNATURE_CHANGES: Readonly<Record<string, (bytes: Uint8Array) => Buffer>> = {
  'flip-first': (bytes) => flipped(bytes, 0),
  'flip-middle': (bytes) => flipped(bytes, bytes.length >> 1),
  'flip-last': (bytes) => flipped(bytes, bytes.length - 1),
  'all-zero': (bytes) => Buffer.alloc(bytes.length),
  'all-ones': (bytes) => Buffer.alloc(bytes.length, 0xff),
  'append-octet': (bytes) => Buffer.concat([bytes, Buffer.alloc(1)]),
  'prepend-octet': (bytes) => Buffer.concat([Buffer.alloc(1), bytes]),
  'drop-last-octet': (bytes) => Buffer.from(bytes.subarray(0, -1)),
  'first-half': (bytes) => Buffer.from(bytes.subarray(0, bytes.length >> 1)),
  'one-octet': () => Buffer.alloc(1),
}

function flipped(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}
