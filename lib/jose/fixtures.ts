/** Published keys and examples for the tests of this folder; none of the keys is a secret. */

import type { KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Jwk } from './jwk.ts'
import { readJwk } from './jwk-read.ts'

export interface JwsExample {
  readonly id: string
  readonly where: string
  readonly alg: string
  readonly jwk?: Jwk
  readonly jws: string
  readonly reproducible?: true
}

interface RfcFile {
  readonly jws: readonly JwsExample[]
  readonly general: { readonly jws: object }
  readonly flattened: { readonly jws: object }
  readonly thumbprints: readonly {
    readonly where: string
    readonly jwk: Jwk
    readonly thumbprint: string
  }[]
  readonly certificate: { readonly x5c: string }
  readonly ed448: readonly {
    readonly where: string
    readonly jwk: Jwk
    readonly message: string
    readonly signature: string
  }[]
}

interface CookbookFile {
  readonly title: string
  readonly reproducible?: boolean
  readonly input: { readonly payload: string; readonly key: Jwk; readonly alg: string }
  readonly output: { readonly compact: string }
}

function vector(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../test/vectors/${path}`, import.meta.url), 'utf8'))
}

export const rfc: RfcFile = vector('rfc.json') as RfcFile

/** The signed examples of RFC 7520 §4, and the one of RFC 8037 in the same form. */
export const cookbook: readonly JwsExample[] = [
  '4_1.rsa_v15_signature',
  '4_2.rsa-pss_signature',
  '4_3.ecdsa_signature',
  '4_4.hmac-sha2_integrity_protection',
  'ed25519_signature',
].map((id) => {
  const { title, reproducible, input, output } = vector(`cookbook/${id}.json`) as CookbookFile
  const example = { id, where: title, alg: input.alg, jwk: input.key, jws: output.compact }
  return reproducible ? { ...example, reproducible } : example
})

/** The key of a JWK that the tests know to be good. */
export function keyOf(jwk: Jwk): KeyObject {
  const read = readJwk(jwk, 'whole')
  if ('fault' in read) throw new Error(read.fault)
  return read.key
}

/** The private key of a published example. */
export function exampleKey(id: string): KeyObject {
  const { jwk } = [...rfc.jws, ...cookbook].find((example) => example.id === id) ?? {}
  if (jwk === undefined) throw new Error(`no example ${id} with a key`)
  return keyOf(jwk)
}
