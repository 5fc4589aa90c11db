/** Servers with two doors that are unusual and right: nothing may be held against them. */
import { generateKeyPairSync } from 'node:crypto'
import { createAuthority, issue } from '../../../x509/authority.ts'
import type { Reply } from '../../http/types.ts'
import { jsonReply } from '../../http/write.ts'
import { octets } from '../../https/nonces.ts'
import { withField, without } from '../types.ts'
import { also, neverResumes, withNonces } from './channels.ts'
import { moving } from './doors.ts'
import { answersFor, takesDhe } from './hellos.ts'
import {
  channel,
  type HttpsChange,
  type HttpsVariation,
  identity,
  overTls,
  plain,
  second,
  site,
} from './types.ts'

const NAME = 'Strict-Transport-Security'

const says = (value: string): HttpsChange =>
  overTls((reply) => withField(without(reply, NAME), NAME, value))

const refuses = (reply: Reply): HttpsChange => plain(() => reply)

const variation = (id: string, does: string, change: HttpsChange): HttpsVariation => ({
  id,
  does,
  clauses: [],
  change,
})

export const benign: readonly HttpsVariation[] = [
  variation('benign-http-shut', 'Has no http door.', (policy) => ({ ...policy, door: 'shut' })),
  variation(
    'benign-http-403',
    'Refuses everybody without TLS with 403.',
    refuses(jsonReply(403, { error: 'forbidden', message: 'Come over TLS.' })),
  ),
  variation(
    'benign-http-426',
    'Answers 426 to everybody without TLS.',
    refuses(
      jsonReply(426, { error: 'upgrade-required', message: 'Come over TLS.' }, [
        ['Upgrade', 'TLS/1.2, HTTP/1.1'],
        ['Connection', 'Upgrade'],
      ]),
    ),
  ),
  variation(
    'benign-http-404',
    'Has nothing to show without TLS.',
    refuses(jsonReply(404, { error: 'not-found', message: 'There is nothing here.' })),
  ),
  variation(
    'benign-http-hangs-up',
    'Closes connections without TLS at the first request.',
    refuses({ status: 200, fields: [], body: '', instead: 'cut' }),
  ),
  variation(
    'benign-http-301',
    'Redirects with 301.',
    plain((request, origin) => ({
      status: 301,
      fields: [['Location', origin + request.target.path]],
      body: 'Moved.\n',
    })),
  ),
  variation(
    'benign-hsts-preload',
    'Adds further directives to Strict-Transport-Security.',
    says('max-age="63072000"; includeSubDomains; preload; x-later="a;b"'),
  ),
  variation(
    'benign-hsts-spelling',
    'Writes Strict-Transport-Security in capitals, with blanks and a last semicolon.',
    says(' MAX-AGE = 63072000 ;INCLUDESUBDOMAINS ; '),
  ),
  variation('benign-tls13-only', 'Speaks TLS 1.3 alone.', channel({ minVersion: 'TLSv1.3' })),
  variation('benign-tls12-only', 'Speaks TLS 1.2 alone.', channel({ maxVersion: 'TLSv1.2' })),
  variation(
    'benign-never-resumes',
    'Gives tickets that it does not know any more when they come back.',
    channel(neverResumes),
  ),
  variation('benign-second-shut', 'Does not answer at its second address.', (policy) => ({
    ...policy,
    second: () => 'shut',
  })),
  variation(
    'benign-second-tls13-only',
    'Speaks TLS 1.3 alone at its second address.',
    second(channel({ minVersion: 'TLSv1.3' })),
  ),
  variation(
    'benign-second-renewed',
    'Shows another certificate at its second address, for an RSA key.',
    second(
      identity((by, hosts) =>
        issue(by, hosts, { key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey }),
      ),
    ),
  ),
  variation(
    'benign-rsa',
    'Shows a certificate for an RSA key of 3072 bits.',
    identity((by, hosts) =>
      issue(by, hosts, {
        key: generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey,
        hash: 'sha256',
      }),
    ),
  ),
  variation(
    'benign-intermediate',
    'Sends two certificates between its own and the root.',
    identity((by, hosts) => {
      const upper = createAuthority('Upper', by)
      const lower = createAuthority('Lower', upper)
      const own = issue(lower, hosts)
      return { key: own.key, chain: own.chain + lower.pem + upper.pem }
    }),
  ),
  variation(
    'benign-root-sent',
    'Sends the root as well.',
    identity((by, hosts) => {
      const own = issue(by, hosts)
      return { key: own.key, chain: own.chain + by.pem }
    }),
  ),
  variation(
    'benign-cbc',
    'Takes suites with CBC after the others, with encrypt_then_mac.',
    channel(also('ECDHE-ECDSA-AES128-SHA')),
  ),
  variation(
    'benign-gcm-nonce-from-zero',
    'Writes the number of the record as nonce of AES-GCM, from zero, as the TLS of Go does.',
    withNonces(octets),
  ),
  variation(
    'benign-stapled',
    'Staples an answer of the responder that its certificate names.',
    answersFor(true),
  ),
  variation(
    'benign-dhe',
    'Takes finite-field Diffie-Hellman with a prime of 2048 bits and a key for each connection.',
    takesDhe(2048, true),
  ),
  variation(
    'benign-https-cookie',
    'Sets a cookie over TLS that is Secure.',
    overTls((reply) =>
      withField(reply, 'Set-Cookie', 'session=demo; Secure; HttpOnly; SameSite=Strict; Path=/'),
    ),
  ),
  variation(
    'benign-https-moved',
    'Moves pages with a query to the https URL without one.',
    site(moving('https')),
  ),
  variation(
    'benign-tls-port-400',
    'Answers who leaves TLS out on the TLS port with 400, in the clear.',
    (policy) => ({
      ...policy,
      stray: 'serve',
      secure: {
        ...policy.secure,
        respond: (whole, request) =>
          request.connection.secure
            ? policy.secure.respond(whole, request)
            : whole.http.refuse({ fault: 400, say: 'This port speaks TLS.' }),
      },
    }),
  ),
]
