import type { KeyObject } from 'node:crypto'
import type { Algorithm } from '../../jose/algorithms.ts'
import type { Json } from '../../model/json.ts'

/** The key that the server trusts, and what it expects, on the operator's word. */
export interface Trusted {
  readonly key: KeyObject
  readonly alg: Algorithm
  readonly kid?: string
  readonly issuer?: string
  readonly audience?: string
  readonly claims?: { readonly [name: string]: Json }
}
