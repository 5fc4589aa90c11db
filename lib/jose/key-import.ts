/** Reads the key files that users have: PEM of every usual kind, and JSON Web Keys. */
import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import { parseJsonSafely } from '../text/json.ts'
import type { Jwk } from './jwk.ts'
import { isJwk, type ReadKey, readJwk } from './jwk-read.ts'
import { kindOf } from './key-kind.ts'

/** A key with what its file says about it, or one sentence on why there is none. */
export type ImportedKey =
  | {
      readonly key: KeyObject
      /** The members of a JWK that do not make the key, such as `kid`, `use` and `alg`. */
      readonly members: Jwk
    }
  | { readonly fault: string }

/**
 * The key of a file: PEM (PKCS#8, PKCS#1, SEC1, SPKI, X.509; the first private key, else the first
 * key or certificate) or JSON (a JWK, or a set that holds one). The sentence shows nothing of the
 * file.
 */
export function importKey(text: string): ImportedKey {
  const trimmed = text.replace(/^\ufeff/, '').trim()
  if (trimmed === '') return { fault: 'The key file is empty.' }
  if (trimmed.startsWith('{')) return importJson(trimmed)
  const blocks = blocksIn(trimmed)
  if (blocks.length > 0) return importPem(blocks)
  if (/-----BEGIN /.test(trimmed)) {
    return { fault: 'The PEM text is cut off or its BEGIN and END lines do not match.' }
  }
  if (/^(?:ssh-|ecdsa-sha2-)/.test(trimmed)) {
    return { fault: 'The key is in the format of SSH; convert it with ssh-keygen -e -m pkcs8.' }
  }
  if (/^0[\x80-\xff\ufffd]/.test(trimmed)) {
    return { fault: 'The key is DER; convert it to PEM first.' }
  }
  return { fault: 'The key file is neither PEM nor a JSON Web Key.' }
}

/** The members of a JWK that make the key itself. */
const KEY_MEMBERS: ReadonlySet<string> = new Set([
  ...['kty', 'crv', 'x', 'y', 'd', 'n', 'e', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'],
])

function importJson(text: string): ImportedKey {
  const parsed = parseJsonSafely(text)
  if ('fault' in parsed) {
    // The parser's own sentence may quote the text.
    return {
      fault: `The key file is not JSON (line ${parsed.at.line}, column ${parsed.at.column}).`,
    }
  }
  const jwk = onlyKeyOf(parsed.value)
  if (typeof jwk === 'string') return { fault: jwk }
  const read = readJwk(jwk, 'whole')
  if ('fault' in read) return read
  const members = Object.entries(jwk).filter(([name]) => !KEY_MEMBERS.has(name))
  return { key: read.key, members: Object.fromEntries(members) }
}

function onlyKeyOf(value: unknown): Jwk | string {
  if (!isJwk(value)) return 'The key file holds no JSON object.'
  if (value.keys === undefined) return value
  const keys: readonly unknown[] = Array.isArray(value.keys) ? value.keys : []
  const [first, ...others] = keys
  if (others.length > 0) return `The key set holds ${keys.length} keys where one is wanted.`
  return isJwk(first) ? first : 'The key set holds no key.'
}

interface Block {
  readonly label: string
  readonly pem: string
}

function blocksIn(text: string): Block[] {
  const found = text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g)
  return [...found].map(([pem, label = '']) => ({ label, pem }))
}

/** What PEM labels stand for; the rest of what may stand in such a file is passed over. */
const READERS: Readonly<Record<string, (pem: string) => KeyObject>> = {
  'PRIVATE KEY': (pem) => createPrivateKey(pem),
  'RSA PRIVATE KEY': (pem) => createPrivateKey(pem),
  'EC PRIVATE KEY': (pem) => createPrivateKey(pem),
  'PUBLIC KEY': (pem) => createPublicKey(pem),
  'RSA PUBLIC KEY': (pem) => createPublicKey(pem),
  CERTIFICATE: (pem) => new X509Certificate(pem).publicKey,
}

function importPem(blocks: readonly Block[]): ImportedKey {
  const usable = blocks.filter((block) => READERS[block.label] !== undefined && !isEncrypted(block))
  const privateBlock = usable.find(({ label }) => label.endsWith('PRIVATE KEY'))
  // A certificate beside an encrypted key must not pass for the key that was meant.
  const block = privateBlock ?? (blocks.some(isEncrypted) ? undefined : usable[0])
  if (block === undefined) return { fault: unusable(blocks) }
  const read = readBlock(block)
  return 'fault' in read ? read : { key: read.key, members: {} }
}

// PKCS#8 says in its label that it is encrypted, the older formats in a header line.
function isEncrypted({ label, pem }: Block): boolean {
  return label.startsWith('ENCRYPTED') || /^Proc-Type:.*ENCRYPTED/m.test(pem)
}

function unusable(blocks: readonly Block[]): string {
  if (blocks.some(isEncrypted)) {
    return 'The private key is encrypted; decrypt it first, for example with openssl pkey.'
  }
  if (blocks.some(({ label }) => label.startsWith('OPENSSH'))) {
    return 'The key is in the format of OpenSSH; convert it with ssh-keygen -p -m pkcs8.'
  }
  return 'The PEM text holds no key and no certificate.'
}

function readBlock({ label, pem }: Block): ReadKey {
  const what = label === 'CERTIFICATE' ? 'certificate' : 'key'
  try {
    const key = READERS[label]?.(pem)
    if (key !== undefined && kindOf(key) !== undefined) return { key }
    return {
      fault: `The ${what} is of a type that JOSE cannot sign with; RSA, EC and Ed keys can.`,
    }
  } catch {
    return { fault: `The ${what} in the PEM text cannot be read; it may be damaged.` }
  }
}
