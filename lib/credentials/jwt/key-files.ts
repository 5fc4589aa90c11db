/** Reads the keys that an operator names; no sentence shows anything of a key. */
import { createSecretKey, type KeyObject } from 'node:crypto'
import type { Jwk } from '../../jose/jwk.ts'
import { importKey } from '../../jose/key-import.ts'
import { publicOf } from '../../jose/key-kind.ts'

/** A key with what its file says about it, or one sentence on why there is none. */
export type ReadKeyFile =
  | { readonly key: KeyObject; readonly members: Jwk }
  | { readonly fault: string }

/** One line of printable text, which is how frameworks keep the secret of an HMAC. */
function isSecretText(text: string): boolean {
  return /^[\x20-\x7e]+$/.test(text) && !/^(?:\{|-----|ssh-|ecdsa-sha2-)/.test(text)
}

/**
 * The private key of a file, or the secret of an HMAC: a JSON Web Key of type oct, or one line of
 * text that is no key in any other form.
 */
export function readSigningKey(text: string): ReadKeyFile {
  const read = importKey(text)
  if ('key' in read) {
    return read.key.type === 'public'
      ? { fault: 'The key file holds a public key; signing takes a private one.' }
      : read
  }
  const line = text.replace(/\r?\n$/, '')
  return isSecretText(line)
    ? { key: createSecretKey(Buffer.from(line, 'utf8')), members: {} }
    : read
}

/** The public key of a file, a certificate's, or the public half of a private one. */
export function readPublicKey(text: string): ReadKeyFile {
  const read = importKey(text)
  if ('fault' in read) return read
  return read.key.type === 'secret'
    ? { fault: 'The key file holds a secret, which has no public half.' }
    : { key: publicOf(read.key), members: read.members }
}
