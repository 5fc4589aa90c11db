/** TLS as the runtime speaks it, told to be less careful. */
import { constants, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { issue } from '../../../x509/authority.ts'
import type { Channel } from '../../http/secure.ts'
import { type Explicit, octets, writesNonces } from '../../https/nonces.ts'
import { offersEarlyData, rewritable } from '../../https/tickets.ts'
import {
  both,
  channel,
  type HttpsChange,
  type HttpsDefect,
  identity,
  knowsAtMost,
  TLS_12,
  TLS_13,
  turning,
} from './types.ts'

const modern =
  'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:ECDHE+AESGCM:ECDHE+CHACHA20'

/** Further suites, after the good ones. */
export const also = (ciphers: string): Channel => ({ ciphers: `${modern}:${ciphers}:@SECLEVEL=0` })

const rsaKey = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey

/** Some suites are for RSA keys alone. */
const withRsa = (options: Channel): HttpsChange =>
  both(
    identity((by, hosts) => issue(by, hosts, { key: rsaKey() })),
    channel(options),
  )

const secure = 'rfc9110#4.2.2-https-secured'

/** The number of the suite whose records can be rewritten. */
const AES_128_GCM = 0x1301

const TLS_12_ONLY: Channel = { maxVersion: 'TLSv1.2' }

/** Whole tickets are left out, and nothing is kept that the short ones of TLS 1.3 would name. */
export const neverResumes: Channel = { secureOptions: constants.SSL_OP_NO_TICKET }

/** As much as nginx offers where early data is switched on. */
const EARLY_OCTETS = 16_384

/** Whatever is offered, nothing that comes early is ever taken: OpenSSL drops it and goes on. */
const offersEarly: HttpsChange = (policy) => {
  // One for all connections, so that tickets are known when they come back.
  const turned = {
    channel: { ciphers: `${rewritable}:ECDHE+AESGCM`, ticketKeys: randomBytes(48) },
    through: offersEarlyData(EARLY_OCTETS),
  }
  const speaks = turning(({ versions: offered, suites: listed }) =>
    offered.includes(TLS_13) && listed.includes(AES_128_GCM) ? turned : undefined,
  )
  return speaks(policy)
}

/** Writes other nonces in TLS 1.2; those of TLS 1.3 are written nowhere. */
export const withNonces = (explicit: Explicit): HttpsChange => {
  const turned = { channel: {}, through: writesNonces(explicit) }
  return turning((hello) => (knowsAtMost(hello, TLS_12) ? turned : undefined))
}

const versions: readonly HttpsDefect[] = [
  {
    id: 'tls-10-spoken',
    does: 'Speaks TLS 1.0.',
    breaks: 'must',
    clauses: ['rfc9325#3.1.1-no-tls10'],
    change: channel({
      ...also('ECDHE+AES'),
      minVersion: 'TLSv1',
      secureOptions: constants.SSL_OP_NO_TLSv1_1,
    }),
  },
  {
    id: 'tls-11-spoken',
    does: 'Speaks TLS 1.1.',
    breaks: 'must',
    clauses: ['rfc9325#3.1.1-no-tls11'],
    change: channel({ ...also('ECDHE+AES'), minVersion: 'TLSv1.1' }),
  },
  {
    id: 'tls-12-not-spoken',
    does: 'Speaks TLS 1.3 alone.',
    breaks: 'may',
    clauses: ['rfc9325#3.1.1-tls12-supported'],
    change: channel({ minVersion: 'TLSv1.3' }),
  },
  {
    id: 'tls-13-not-spoken',
    does: 'Speaks TLS 1.2 alone, and takes no session up again.',
    breaks: 'should',
    clauses: ['rfc9325#3.1.1-tls13-supported'],
    besides: 'benign-never-resumes',
    change: channel({ ...TLS_12_ONLY, ...neverResumes }),
  },
  {
    id: 'tls-12-preferred',
    does: 'Chooses TLS 1.2 where TLS 1.3 is offered beside it.',
    breaks: 'must',
    clauses: ['rfc9325#3.1.1-tls13-preferred'],
    change: turning(({ versions: offered }) =>
      offered.includes(0x0303) && offered.includes(0x0304) ? { channel: TLS_12_ONLY } : undefined,
    ),
  },
]

const suites: readonly HttpsDefect[] = [
  {
    id: 'suite-null',
    does: 'Takes suites that encrypt nothing.',
    breaks: 'must',
    clauses: ['rfc9325#4.1-no-null-ciphers'],
    change: channel(also('ECDHE-ECDSA-NULL-SHA')),
  },
  {
    id: 'suite-anonymous',
    does: 'Takes suites in which it shows no certificate.',
    breaks: 'should',
    clauses: [secure],
    change: channel(also('AECDH-AES128-SHA')),
  },
  {
    id: 'suite-static-rsa',
    does: 'Takes suites in which the key is sent to it, encrypted.',
    breaks: 'should',
    clauses: ['rfc9325#4.1-no-static-rsa'],
    change: withRsa(also('AES128-GCM-SHA256')),
  },
  {
    id: 'suite-static-rsa-first',
    does: 'Takes the suite that the client lists first, static RSA among them.',
    breaks: 'must',
    softened: true,
    clauses: ['rfc9325#4.1-forward-secrecy-preferred'],
    change: withRsa({ ...also('AES128-GCM-SHA256'), honorCipherOrder: false }),
  },
  {
    id: 'suite-dhe',
    does: 'Takes suites with finite-field Diffie-Hellman.',
    breaks: 'should',
    clauses: ['rfc9325#4.1-no-ffdhe-tls12'],
    change: withRsa({ ...also('DHE-RSA-AES128-GCM-SHA256'), dhparam: 'auto' }),
  },
  {
    id: 'suite-cbc-mac-first',
    does: 'Takes suites with CBC and leaves encrypt_then_mac out.',
    breaks: 'should',
    clauses: ['rfc9325#4.2-cbc-needs-encrypt-then-mac'],
    besides: 'benign-cbc',
    // SSL_OP_NO_ENCRYPT_THEN_MAC, for which Node has no name.
    change: channel({ ...also('ECDHE-ECDSA-AES128-SHA'), secureOptions: 1 << 19 }),
  },
  {
    id: 'suite-without-gcm-128',
    does: 'Takes no suite with AES-128-GCM in TLS 1.2.',
    breaks: 'should',
    clauses: ['rfc9325#4.2-recommended-suites'],
    change: channel({ ciphers: 'TLS_AES_256_GCM_SHA384:ECDHE+AES256+AESGCM:ECDHE+CHACHA20' }),
  },
  {
    id: 'suite-without-gcm-256',
    does: 'Takes no suite with AES-256-GCM in TLS 1.2.',
    breaks: 'should',
    clauses: ['rfc9325#4.2-recommended-suites'],
    change: channel({ ciphers: 'TLS_AES_256_GCM_SHA384:ECDHE+AES128+AESGCM:ECDHE+CHACHA20' }),
  },
  {
    id: 'suite-cbc-first',
    does: 'Takes the suite that the client lists first, CBC among them.',
    breaks: 'must',
    softened: true,
    clauses: ['rfc9325#4.2.1-gcm-preferred-over-weaker'],
    besides: 'benign-cbc',
    change: channel({ ...also('ECDHE-ECDSA-AES128-SHA'), honorCipherOrder: false }),
  },
  {
    id: 'suite-order-of-client',
    does: 'Takes the good suite that the client lists first.',
    breaks: 'may',
    clauses: ['rfc9325#4.2.1-stronger-preferred'],
    change: channel({ honorCipherOrder: false }),
  },
]

const agreed: readonly HttpsDefect[] = [
  {
    id: 'group-without-p256',
    does: 'Agrees on keys in X25519 alone.',
    breaks: 'should',
    clauses: ['rfc9325#4.2.1-curves-p256-x25519'],
    change: channel({ ecdhCurve: 'X25519' }),
  },
  {
    id: 'group-without-x25519',
    does: 'Agrees on keys in P-256 alone.',
    breaks: 'should',
    clauses: ['rfc9325#4.2.1-curves-p256-x25519'],
    change: channel({ ecdhCurve: 'P-256' }),
  },
  {
    id: 'alpn-unknown',
    does: 'Does not know ALPN.',
    breaks: 'may',
    clauses: ['rfc9325#3.8-alpn-supported', 'rfc9325#3.8-alpn-no-overlap-alert'],
    change: channel({ ALPNProtocols: [] }),
  },
  {
    id: 'ticket-for-a-month',
    does: 'Gives tickets that hold for a month.',
    breaks: 'must',
    clauses: ['rfc9325#3.4-ticket-validity-limited'],
    change: channel({ sessionTimeout: 2_592_000 }),
  },
  {
    id: 'early-data-offered',
    does: 'Offers early data to who comes back.',
    breaks: 'may',
    clauses: ['rfc9325#3.10-early-data-restricted'],
    change: offersEarly,
  },
  {
    id: 'name-unknown-welcome',
    does: 'Serves whatever name it is asked for.',
    breaks: 'may',
    clauses: ['rfc9325#3.7-unknown-sni-rejected'],
    change: ({ channel: { SNICallback: _, ...options }, ...policy }) => ({
      ...policy,
      channel: options,
    }),
  },
]

const nonces: readonly HttpsDefect[] = [
  {
    id: 'gcm-nonce-repeated',
    does: 'Begins to count nonces of AES-GCM after the first record, so that the second has the same.',
    breaks: 'should',
    clauses: ['rfc9325#7.2.1-gcm-nonce-sequence'],
    change: withNonces((count) => octets(count === 0n ? 0n : count - 1n)),
  },
  {
    id: 'gcm-nonce-random',
    does: 'Takes nonces of AES-GCM at random.',
    breaks: 'may',
    clauses: ['rfc9325#7.2.1-gcm-nonce-sequence'],
    change: withNonces(() => randomBytes(8)),
  },
]

export const channels: readonly HttpsDefect[] = [...versions, ...suites, ...agreed, ...nonces]
