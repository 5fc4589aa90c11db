/**
 * The octets that a public key may be to a verifier that lets the header choose the algorithm and
 * takes the key for an HMAC secret (RFC 8725 §2.1).
 */
import { ECDH, type KeyObject } from 'node:crypto'
import { EC_CURVES } from './curves.ts'
import { canonicalJwk, type Jwk, toJwk } from './jwk.ts'
import { kindOf, publicOf } from './key-kind.ts'

/** One way to spell a public key; the id is a kebab word. */
export interface Spelling {
  readonly id: string
  readonly bytes: Buffer
}

/**
 * Every spelling of a public key, or of a private key's public half: PEM with several line ends,
 * DER, JSON, and the bare numbers. `published` is the key as its owner publishes it, where that is
 * known. A secret has none.
 */
export function spellingsOfPublicKey(key: KeyObject, published?: Jwk): Spelling[] {
  if (key.type === 'secret') return []
  const known = publicOf(key)
  return [...encodings(known, published), ...numbersOf(known)].map(([id, bytes]) => ({
    id,
    bytes: typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes,
  }))
}

type Named = readonly [id: string, bytes: Buffer | string]

function encodings(key: KeyObject, published: Jwk | undefined): Named[] {
  const spki = String(key.export({ type: 'spki', format: 'pem' }))
  const body = spki.replace(/-----[^-]+-----|\s/g, '')
  return [
    ['pem-spki', spki],
    ['pem-spki-trim', spki.trim()],
    ['pem-spki-crlf', spki.replaceAll('\n', '\r\n')],
    ['pem-body-b64', body],
    ['der-spki', Buffer.from(body, 'base64')],
    ['jwk-json', JSON.stringify(published ?? toJwk(key))],
    ['jwk-min-sorted', canonicalJwk(key)],
  ]
}

function numbersOf(key: KeyObject): Named[] {
  const { x = '', y = '', n = '', crv = '' } = toJwk(key) as Record<string, string>
  const kind = kindOf(key)
  if (kind?.kty === 'RSA') return [...pkcs1(key), ...threeWays('n', Buffer.from(n, 'base64url'))]
  const abscissa = Buffer.from(x, 'base64url')
  if (kind?.kty === 'OKP') {
    const ssh = openSsh(`ssh-${crv.toLowerCase()}`, abscissa)
    return [...threeWays('okp-x', abscissa), ['openssh', ssh]]
  }
  if (kind?.kty !== 'EC') return []
  const point = Buffer.concat([Buffer.from([4]), abscissa, Buffer.from(y, 'base64url')])
  const { named, ssh } = EC_CURVES[kind.crv]
  const compressed = ECDH.convertKey(point, named, undefined, undefined, 'compressed') as Buffer
  return [
    ['point-bytes', point],
    ['point-compressed', compressed],
    ['point-hex', point.toString('hex')],
    ...threeWays('x', abscissa),
    ...(ssh === undefined ? [] : [['openssh', openSsh(`ecdsa-sha2-${ssh}`, ssh, point)] as const]),
  ]
}

function pkcs1(key: KeyObject): Named[] {
  const pem = String(key.export({ type: 'pkcs1', format: 'pem' }))
  return [
    ['pem-pkcs1', pem],
    ['pem-pkcs1-trim', pem.trim()],
    ['der-pkcs1', key.export({ type: 'pkcs1', format: 'der' })],
  ]
}

function threeWays(name: string, bytes: Buffer): Named[] {
  return [
    [`${name}-b64u`, bytes.toString('base64url')],
    [`${name}-bytes`, bytes],
    [`${name}-hex`, bytes.toString('hex')],
  ]
}

// One line of an authorized_keys file (RFC 4253 §6.6): each part behind its length.
function openSsh(type: string, ...parts: readonly (string | Buffer)[]): string {
  const strings = [type, ...parts].map((part) => {
    const bytes = Buffer.from(part as string)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    return Buffer.concat([length, bytes])
  })
  return `${type} ${Buffer.concat(strings).toString('base64')}`
}
