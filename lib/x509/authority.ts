/** An authority, of our own or of a file, and the certificates it issues. */
import { generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto'
import { importKey } from '../jose/key-import.ts'
import { type CertificateContent, certificate, certificatePem, type Signer } from './certificate.ts'
import { keyIdOf, subjectOf } from './read.ts'

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

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/

/** What a file has to be that can vouch for hosts. */
const WANTED = 'PEM with the certificate of an authority and its private key'

function certificateIn(pem: string): X509Certificate | undefined {
  const [text] = CERTIFICATE.exec(pem) ?? []
  try {
    return text === undefined ? undefined : new X509Certificate(text)
  } catch {
    return undefined
  }
}

function faultOf(own: X509Certificate, key: KeyObject): string | undefined {
  if (key.type !== 'private' || !own.checkPrivateKey(key)) {
    return 'The private key is not that of the certificate.'
  }
  if (!own.ca)
    return 'The certificate is not one of an authority, so that it can vouch for no host.'
  if (Date.parse(own.validFrom) > Date.now()) return `The certificate begins on ${own.validFrom}.`
  if (Date.parse(own.validTo) < Date.now()) return `The certificate ended on ${own.validTo}.`
  return undefined
}

/**
 * The authority of a PEM file that has its certificate and its private key, or one sentence on why
 * there is none; it shows nothing of the file.
 */
export function readAuthority(pem: string): Authority | { readonly fault: string } {
  const own = certificateIn(pem)
  if (own === undefined)
    return { fault: `It holds no certificate that can be read; wanted is ${WANTED}.` }
  const read = importKey(pem)
  if ('fault' in read) return read
  const { key } = read
  const fault = faultOf(own, key)
  if (fault !== undefined) return { fault }
  const keyId = keyIdOf(own.raw)
  return {
    name: own.subject,
    key,
    pem: own.toString(),
    subject: subjectOf(own.raw),
    ...(keyId === undefined ? {} : { keyId }),
  }
}
