/** Random choices that a seed repeats: every stream is derived from a seed and labels, never shared. */
import { createHash } from 'node:crypto'

/** A stream of choices. Each call draws from the stream, so the order of calls matters within it. */
export interface Random {
  /** A whole number from 0 up to, but not including, `n`; throws RangeError unless 1 ≤ n ≤ 2^32. */
  readonly int: (n: number) => number
  /** One member of a list; throws RangeError if the list is empty. */
  readonly pick: <T>(list: readonly T[]) => T
  /** Text of so many characters of the alphabet, which is ASCII letters and digits unless told. */
  readonly text: (length: number, alphabet?: string) => string
  readonly bytes: (n: number) => Uint8Array
  /** A new list with the same members in another order. */
  readonly shuffle: <T>(list: readonly T[]) => T[]
}

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/**
 * The stream that a seed and labels name: the same arguments always give the same stream, and what
 * one stream hands out never changes another. A seed of 7 and of '7' are the same seed.
 */
export function randomFrom(seed: string | number, ...labels: readonly string[]): Random {
  const next = words(JSON.stringify([String(seed), ...labels]))
  const int = (n: number): number => below(next, n)
  return {
    int,
    pick: (list) => at(list, int(list.length)),
    text: (length, alphabet = LETTERS_AND_DIGITS) => {
      const characters = [...alphabet]
      return Array.from({ length }, () => at(characters, int(characters.length))).join('')
    },
    bytes: (n) => Uint8Array.from({ length: n }, () => next() >>> 24),
    shuffle: (list) => shuffled(list, int),
  }
}

/** The sfc32 generator on a hashed name; gives whole numbers from 0 up to 2^32. */
function words(name: string): () => number {
  const seed = createHash('sha256').update(name, 'utf8').digest()
  let a = seed.readUInt32LE(0) | 0
  let b = seed.readUInt32LE(4) | 0
  let c = seed.readUInt32LE(8) | 0
  let counter = 1
  return () => {
    const result = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + result) | 0
    return result >>> 0
  }
}

// Draws beyond the last whole multiple of n are thrown away: a plain remainder would favour
// the small numbers.
function below(next: () => number, n: number): number {
  if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) {
    throw new RangeError(`a random choice is made among 1 to 2^32 things, not ${n}`)
  }
  const limit = 2 ** 32 - (2 ** 32 % n)
  let draw = next()
  while (draw >= limit) draw = next()
  return draw % n
}

function shuffled<T>(list: readonly T[], int: (n: number) => number): T[] {
  const rest = [...list]
  const result: T[] = []
  while (rest.length > 0) {
    const chosen = int(rest.length)
    const last = rest.pop() as T
    if (chosen < rest.length) {
      result.push(at(rest, chosen))
      rest[chosen] = last
    } else {
      result.push(last)
    }
  }
  return result
}

// The caller's index is within the list; undefined members are legitimate, so no check by value.
function at<T>(list: readonly T[], index: number): T {
  return list[index] as T
}
