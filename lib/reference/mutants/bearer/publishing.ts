/** How mutants publish the keys of the bearer server in another form (RFC 7517, RFC 7518 §6). */
import { generateKeyPairSync } from 'node:crypto'
import type { SigningKey } from '../../bearer/types.ts'
import type { Reply } from '../../http/types.ts'
import { jsonReply } from '../../http/write.ts'
import { answers, type BearerChange } from './types.ts'

/** A key as it is published, right or wrong. */
export type Written = Readonly<Record<string, unknown>>

const publicKeys = (keys: readonly SigningKey[]): readonly Written[] =>
  keys.flatMap(({ publicJwk }) => (publicJwk === undefined ? [] : [{ ...publicJwk }]))

const shown = (document: unknown): Reply =>
  jsonReply(200, document as Written, [['Cache-Control', 'public, max-age=60']])

/** Publishes another document, made once from the keys as they are published otherwise. */
export const documented = (
  make: (keys: readonly Written[], secrets: readonly SigningKey[]) => unknown,
): BearerChange =>
  answers((_rules, lab) => {
    const document = make(publicKeys(lab.keys), lab.keys)
    return { keySet: () => shown(document) }
  })

/** Publishes each key in another form. */
export const rewritten = (change: (key: Written, index: number) => Written): BearerChange =>
  documented((keys) => ({ keys: keys.map(change) }))

/** Publishes further entries after the keys. */
export const beside = (make: () => readonly unknown[]): BearerChange =>
  documented((keys) => ({ keys: [...keys, ...make()] }))

/** Lays members over each key; what is undefined is left out. */
export const withMembers = (members: Written): BearerChange =>
  rewritten((key) => ({ ...key, ...members }))

/** Gives the set another media type. */
export const typed = (type: string): BearerChange =>
  answers(({ keySet }) => ({
    keySet: () => {
      const reply = keySet()
      const others = reply.fields.filter(([name]) => name.toLowerCase() !== 'content-type')
      return { ...reply, fields: [['Content-Type', type], ...others] }
    },
  }))

/** Changes the text of the set. */
export const respelt = (change: (text: string) => string): BearerChange =>
  answers(({ keySet }) => ({
    keySet: () => {
      const reply = keySet()
      return { ...reply, body: change(String(reply.body)) }
    },
  }))

/** What a member in base64url says. */
export const octets = (text: unknown): Buffer => Buffer.from(String(text), 'base64url')

/** The public half of a key of nobody. */
export const publicEc = (): Written => ({
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }),
})

/** The same of an RSA key; up to 1024 bits take no time. */
export const publicRsa = (modulusLength: number): Written => ({
  ...generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ format: 'jwk' }),
})
