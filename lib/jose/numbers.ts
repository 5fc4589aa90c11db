/**
 * Whole numbers as big-endian octets (RFC 8017 §4), and the arithmetic that making and forging
 * need.
 */

/** The number that octets spell, most significant first; no octets are zero. */
export function toNumber(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
}

/**
 * The octets of a number, as few as it takes (zero takes one) or exactly `length`. Throws
 * RangeError for a negative number and where `length` octets are too few.
 */
export function toBytes(value: bigint, length?: number): Buffer {
  if (value < 0n) throw new RangeError('a negative number has no octets')
  const hex = value.toString(16)
  const needed = Math.ceil(hex.length / 2)
  const wanted = length ?? needed
  if (needed > wanted) throw new RangeError(`the number takes more than ${wanted} octets`)
  return Buffer.from(hex.padStart(wanted * 2, '0'), 'hex')
}

/** How many bits a number takes; zero takes none. */
export function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length
}

/** `base` to the power of `exponent`, modulo `modulus`. */
export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n % modulus
  let square = base % modulus
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

/** The number that times `value` is 1 modulo `modulus`, or undefined where they share a factor. */
export function modInverse(value: bigint, modulus: bigint): bigint | undefined {
  let [a, b] = [((value % modulus) + modulus) % modulus, modulus]
  let [x, y] = [1n, 0n]
  while (b > 0n) {
    const quotient = a / b
    ;[a, b] = [b, a % b]
    ;[x, y] = [y, x - quotient * y]
  }
  return a === 1n ? ((x % modulus) + modulus) % modulus : undefined
}

/** The greatest common divisor of two numbers. */
export function gcd(one: bigint, other: bigint): bigint {
  let [a, b] = [one, other]
  while (b > 0n) [a, b] = [b, a % b]
  return a
}

/** The smallest number whose cube is not below `value`. */
export function cubeRootUp(value: bigint): bigint {
  let [low, high] = [0n, 1n << BigInt(Math.ceil(bitLength(value) / 3) + 1)]
  while (low < high) {
    const middle = (low + high) >> 1n
    if (middle * middle * middle < value) low = middle + 1n
    else high = middle
  }
  return low
}
