/** An authority of our own, made for one run, and the certificates it issues. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { type CertificateContent, certificate, certificatePem, type Signer } from './certificate.ts'

/** Whoever can sign certificates, and the certificate to be trusted for it. */
export interface Authority extends Signer {
  readonly pem: string
}

/** A key and the certificates that a server sends with it, its own first. */
export interface Identity {
  /** The private key in PKCS #8 PEM. */
  readonly key: string
  /** PEM; the trusted root is not among them. */
  readonly chain: string
}

/** A key on P-256, which costs next to nothing to make. */
export function freshKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
}

export type AuthorityContent = Partial<Omit<CertificateContent, 'authority'>>

/** An authority that signs for itself, or that another one vouches for. */
export function createAuthority(
  name: string,
  by?: Signer,
  content: AuthorityContent = {},
): Authority {
  const key = content.key ?? freshKey()
  const own = { name, key }
  const pem = certificatePem(certificate({ ...content, ...own, authority: true }, by ?? own))
  return { ...own, pem }
}

/** A server's key and certificate, with a key on P-256 unless told. */
export function issue(
  by: Signer,
  hosts: readonly string[],
  content: AuthorityContent = {},
): Identity {
  const key = content.key ?? freshKey()
  const about = { name: hosts[0] ?? '', hosts, ...content, key }
  return {
    key: key.export({ type: 'pkcs8', format: 'pem' }) as string,
    chain: certificatePem(certificate(about, by)),
  }
}
