/** Certificates that no client ought to trust, or that few can read. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createAuthority, issue } from '../../../x509/authority.ts'
import { both, channel, type HttpsDefect, identity } from './types.ts'

const DAY = 86_400_000
const inDays = (days: number): Date => new Date(Date.now() + days * DAY)

const rsa = (bits: number): KeyObject =>
  generateKeyPairSync('rsa', { modulusLength: bits }).privateKey

/** OpenSSL neither loads short keys nor signs with old hashes above this level. */
const anyStrength = channel({
  ciphers:
    'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:ECDHE+AESGCM:ECDHE+CHACHA20:@SECLEVEL=0',
})

const valid = 'rfc9110#7.4-misdirected-https'

export const certificates: readonly HttpsDefect[] = [
  {
    id: 'certificate-expired',
    does: 'Shows a certificate that expired yesterday.',
    breaks: 'must',
    clauses: [valid, 'rfc9110#4.2.2-https-secured'],
    change: identity((by, hosts) => issue(by, hosts, { from: inDays(-90), until: inDays(-1) })),
  },
  {
    id: 'certificate-not-yet-valid',
    does: 'Shows a certificate that is valid from tomorrow.',
    breaks: 'must',
    clauses: [valid],
    change: identity((by, hosts) => issue(by, hosts, { from: inDays(1), until: inDays(90) })),
  },
  {
    id: 'certificate-nearly-expired',
    does: 'Shows a certificate that expires within a week.',
    breaks: 'may',
    clauses: ['house#certificates-are-renewed-in-time'],
    change: identity((by, hosts) => issue(by, hosts, { until: inDays(6) })),
  },
  {
    id: 'certificate-for-another-host',
    does: 'Shows a certificate for another host.',
    breaks: 'must',
    clauses: [valid, 'rfc9110#4.3.4-server-cert-matches-origin'],
    change: identity((by) => issue(by, ['other.example.test'])),
  },
  {
    id: 'certificate-common-name-only',
    does: 'Shows a certificate that names its host in the common name alone.',
    breaks: 'must',
    clauses: ['rfc9110#4.3.4-server-cert-matches-origin'],
    change: identity((by) => issue(by, [], { name: 'localhost' })),
  },
  {
    id: 'certificate-self-signed',
    does: 'Shows a certificate that it has signed itself, and declares HSTS.',
    breaks: 'should',
    clauses: ['rfc6797#11.3-hsts-with-selfsigned', 'rfc9110#4.2.2-https-secured'],
    change: identity((_by, hosts) => {
      const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
      return issue({ name: 'localhost', key }, hosts, { key, name: 'localhost' })
    }),
  },
  {
    id: 'certificate-of-unknown-authority',
    does: 'Shows a certificate of an authority that nobody trusts.',
    breaks: 'should',
    clauses: ['rfc9110#4.2.2-https-secured'],
    change: identity((_by, hosts) => issue(createAuthority('Somebody'), hosts)),
  },
  {
    id: 'certificate-without-intermediate',
    does: 'Leaves out the certificate between its own and the root.',
    breaks: 'should',
    clauses: ['rfc9110#4.2.2-https-secured'],
    change: identity((by, hosts) => issue(createAuthority('Intermediate', by), hosts)),
  },
  {
    id: 'certificate-order-wrong',
    does: 'Sends the certificates between its own and the root in the wrong order.',
    breaks: 'should',
    clauses: ['rfc9110#4.2.2-https-secured'],
    change: identity((by, hosts) => {
      const upper = createAuthority('Upper', by)
      const lower = createAuthority('Lower', upper)
      const own = issue(lower, hosts)
      return { key: own.key, chain: own.chain + upper.pem + lower.pem }
    }),
  },
  {
    id: 'certificate-sha1',
    does: 'Shows a certificate signed with SHA-1.',
    breaks: 'must',
    clauses: ['rfc9325#4.5-no-sha1-md5-signature'],
    change: both(
      identity((by, hosts) => issue(by, hosts, { hash: 'sha1' })),
      anyStrength,
    ),
  },
  {
    id: 'certificate-rsa-1024',
    does: 'Shows a certificate for an RSA key of 1024 bits.',
    breaks: 'must',
    clauses: ['rfc9325#4.5-rsa-cert-2048'],
    change: both(
      identity((by, hosts) => issue(by, hosts, { key: rsa(1024) })),
      anyStrength,
    ),
  },
  {
    id: 'certificate-p384',
    does: 'Shows a certificate for a key on P-384.',
    breaks: 'may',
    clauses: ['rfc9325#4.2-ecdsa-p256'],
    change: identity((by, hosts) => {
      const key = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey
      return issue(by, hosts, { key })
    }),
  },
  {
    id: 'certificate-rsa-sha512',
    does: 'Shows an RSA certificate that is signed with SHA-512.',
    breaks: 'may',
    clauses: ['rfc9325#4.5-sha256'],
    change: identity((by, hosts) => issue(by, hosts, { key: rsa(2048), hash: 'sha512' })),
  },
]
