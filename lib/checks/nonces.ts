import type { ChannelWanted, NonceFacts } from '../model/channel.ts'
import type { Checked } from './check.ts'

type Finding = Pick<Checked, 'got' | 'holds'>
type Wanted = NonNullable<ChannelWanted['nonces']>

/** Fewer records than these show no order. */
const ENOUGH = 3

const words: Readonly<Record<Wanted, string>> = {
  seen: 'the nonces of three records of AES-GCM in TLS 1.2, or one nonce twice',
  unrepeated: 'no nonce of AES-GCM twice under one key',
  counted: 'each nonce of AES-GCM one more than the one before',
}

/** The nonce that came a second time. */
const repeatedOf = (nonces: readonly string[]): string | undefined =>
  nonces.find((each, at) => nonces.indexOf(each) < at)

const next = (nonce: string): bigint => BigInt.asUintN(64, BigInt(`0x${nonce}`) + 1n)

/** Counts from whatever number it begins with, and over the end of the 64 bits. */
const countUp = (nonces: readonly string[]): boolean =>
  nonces.every((each, at) => {
    const before = nonces[at - 1]
    return before === undefined || BigInt(`0x${each}`) === next(before)
  })

/** What is wanted of nonces, in words. */
export const sayNonces = (wanted: Wanted): string => words[wanted]

/** Looks at the nonces of a connection. Two that are alike tell by themselves, whatever else came. */
export const lookAtNonces = (wanted: Wanted, { suite, nonces }: NonceFacts): Finding => {
  const twice = repeatedOf(nonces)
  if (twice !== undefined) return { got: `${twice} twice`, holds: wanted === 'seen' }
  if (nonces.length < ENOUGH) {
    const got = suite === undefined ? 'no handshake of TLS 1.2 with AES-GCM' : 'too few records'
    return { got, holds: wanted === 'seen' ? false : 'unknown' }
  }
  const got = nonces.join(' ')
  return { got, holds: wanted === 'counted' ? countUp(nonces) : true }
}
