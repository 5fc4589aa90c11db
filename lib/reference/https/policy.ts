/** Puts a conforming site with two doors together: pages over TLS, and the way there without. */
import { issue } from '../../x509/authority.ts'
import type { ReferenceAccounts } from '../accounts.ts'
import { strictPolicy } from '../generic/policy.ts'
import type { Policy } from '../generic/types.ts'
import type { Channel } from '../http/secure.ts'
import type { Reply, Request } from '../http/types.ts'
import type { HttpsPolicy } from './types.ts'

/** Two years, which is what browsers ask for before they know a host by heart. */
export const hsts = 'max-age=63072000; includeSubDomains'

/** Every answer says it, errors included (RFC 6797 §7.1). */
const declaring = (policy: Policy): Policy => ({
  ...policy,
  http: {
    ...policy.http,
    finish: (reply, method) =>
      policy.http.finish(
        { ...reply, fields: [...reply.fields, ['Strict-Transport-Security', hsts]] },
        method,
      ),
  },
})

/** To the same page over TLS; what was said in the query or in Host is not repeated. */
export const toHttps = (request: Request, origin: string): Reply => ({
  status: 308,
  fields: [
    ['Location', origin + request.target.path],
    ['Content-Type', 'text/plain'],
  ],
  body: 'This is served over TLS only.\n',
})

/** The names that are served; a client that asks for another is turned away (RFC 6066 §3). */
export const servedNames: readonly string[] = ['localhost']

/** TLS 1.2 and 1.3, forward secrecy and authenticated encryption, strongest first. */
export const strictChannel: Channel = {
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.3',
  ciphers:
    'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:ECDHE+AESGCM:ECDHE+CHACHA20',
  honorCipherOrder: true,
  ecdhCurve: 'X25519:P-256:P-384',
  SNICallback: (name, answer) => {
    if (servedNames.includes(name.toLowerCase())) answer(null)
    else answer(new Error('no such name'))
  },
}

/** The conforming policy for these accounts. */
export const strictHttps = (accounts: ReferenceAccounts): HttpsPolicy => ({
  secure: declaring(strictPolicy(Object.values(accounts), [accounts.unprivileged])),
  plain: toHttps,
  door: 'open',
  identity: issue,
  channel: strictChannel,
  second: (own) => own,
  stray: 'drop',
})
