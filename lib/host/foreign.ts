/** What the listener serves to a target that follows a URL out of a token: keys nobody trusts. */
import type { KeyObject } from 'node:crypto'
import type { Keyring } from '../credentials/jwt/keyring.ts'
import { isSigningAlgorithm } from '../credentials/jwt/signature.ts'
import { type Jwk, toJwk } from '../jose/jwk.ts'
import { selfSigned } from '../x509/self-signed.ts'
import type { HostDocument } from './listener.ts'

/** The path of a document for one token: its tag, what its foreign key signs with, and the name. */
export function foreignPath(tag: string, alg: string, document: string): string {
  return `${tag}/${alg}/${document}`
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

function json(value: unknown): HostDocument {
  return { type: 'application/json', body: JSON.stringify(value) }
}

/** The kid that valid tokens carry, which the foreign key claims for itself. */
function kidOf(keyring: Keyring): Jwk {
  const kid = keyring.trusted?.kid ?? keyring.issued('default')?.header.kid
  return typeof kid === 'string' ? { kid } : {}
}

function keySet(key: KeyObject, alg: string, keyring: Keyring): HostDocument {
  return json({ keys: [toJwk(key, { ...kidOf(keyring), use: 'sig', alg })] })
}

/**
 * Serves `jwks` (the key as a set), `certificates` (its certificate in PEM) and, below `issuer`, the
 * metadata of an issuer that has this key set (RFC 8414 §3, OpenID Connect Discovery). Only public
 * halves are served: of a secret there is nothing.
 */
export function serveForeign(
  keyring: Keyring,
  urlOf: (path: string) => string,
): (path: string) => HostDocument | undefined {
  return (path) => {
    const [tag = '', alg = '', document = '', ...more] = path.split('/')
    if (!isSigningAlgorithm(alg)) return undefined
    const key = keyring.foreign(alg)
    if (key.type === 'secret') return undefined
    if (document === 'jwks') return keySet(key, alg, keyring)
    if (document === 'certificates') {
      const body = pem(selfSigned(key, { name: 'conformance' }))
      return { type: 'application/pem-certificate-chain', body }
    }
    if (document !== 'issuer' || more[0] !== '.well-known') return undefined
    return json({
      issuer: urlOf(foreignPath(tag, alg, 'issuer')),
      jwks_uri: urlOf(foreignPath(tag, alg, 'jwks')),
    })
  }
}
