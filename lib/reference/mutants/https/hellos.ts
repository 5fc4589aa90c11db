/** What stacks of another time agree on, as far as it shows in their first messages. */
import { freshKey } from '../../../x509/authority.ts'
import { certificate } from '../../../x509/certificate.ts'
import type { ClientHello } from '../../https/client-hello.ts'
import { ancientServerHello, type ServerHello } from '../../https/server-hello.ts'
import {
  answering,
  type HttpsChange,
  type HttpsDefect,
  knowsAtMost,
  TLS_12,
  TLS_13,
  turning,
} from './types.ts'

const SSL_30 = 0x0300

/** What a stack of TLS 1.2 takes up; a number, and what goes with it. */
const usual: readonly (readonly [number, Buffer])[] = [
  [0xff01, Buffer.from([0])],
  [23, Buffer.alloc(0)],
  [16, Buffer.concat([Buffer.from([0, 9, 8]), Buffer.from('http/1.1')])],
]

const P_256 = { group: 23 } as const
const ECDHE_GCM = 0xc02b

/** Takes a suite wherever it is offered by who knows no TLS 1.3. */
const takes = (suite: number, more: Partial<ServerHello> = {}): HttpsChange =>
  answering((hello) =>
    knowsAtMost(hello, TLS_12) && hello.suites.includes(suite)
      ? { version: hello.highest, suite, extensions: usual, ...more }
      : undefined,
  )

/** The groups that a client offers, by number. */
const groupsOf = (hello: ClientHello): readonly number[] => {
  const list = hello.extensions.get(10)?.subarray(2) ?? Buffer.alloc(0)
  return Array.from({ length: list.length / 2 }, (_, at) => list.readUInt16BE(at * 2))
}

const wantsHttp = (hello: ClientHello): boolean =>
  hello.extensions.get(16)?.includes('http/1.1') ?? true

/** A certificate of its own making: nobody who comes this far looks who has signed it. */
const shown = (ocsp?: string): Buffer => {
  const key = freshKey()
  const about = { name: 'localhost', hosts: ['localhost'], key }
  return certificate(ocsp === undefined ? about : { ...about, ocsp }, about)
}

/** Answers hellos of TLS 1.2 with a good suite, and with something else that is not. */
const agreesOn = (
  more: (hello: ClientHello) => Partial<ServerHello> | undefined,
  group: number = P_256.group,
): HttpsChange =>
  answering((hello) => {
    const suite = [0xc02c, ECDHE_GCM].find((one) => hello.suites.includes(one))
    const fits = wantsHttp(hello) && groupsOf(hello).includes(group)
    if (hello.highest !== TLS_12 || suite === undefined || !fits) return undefined
    const own = more(hello)
    const usually = { version: TLS_12, suite, extensions: usual, key: P_256 }
    return own && { ...usually, certificate: shown(), ...own }
  })

const old: readonly HttpsDefect[] = [
  {
    id: 'ssl-20-spoken',
    does: 'Speaks SSL 2.0.',
    breaks: 'must',
    clauses: ['rfc9325#3.1.1-no-sslv2'],
    change: turning(({ highest }) =>
      highest === 2 ? { answer: ancientServerHello() } : undefined,
    ),
  },
  {
    id: 'ssl-30-spoken',
    does: 'Speaks SSL 3.0.',
    breaks: 'must',
    clauses: ['rfc9325#3.1.1-no-sslv3'],
    change: answering(({ highest, suites }) =>
      highest === SSL_30 ? { version: SSL_30, suite: suites[0] ?? 0 } : undefined,
    ),
  },
]

const suites: readonly HttpsDefect[] = [
  {
    id: 'suite-export',
    does: 'Takes suites of 40 bits, which once could be exported.',
    breaks: 'must',
    clauses: ['rfc9325#4.1-no-under-112-bit'],
    change: takes(0x0008),
  },
  {
    id: 'suite-des',
    does: 'Takes suites with DES.',
    breaks: 'must',
    clauses: ['rfc9325#4.1-no-under-112-bit'],
    change: takes(0x0009),
  },
  {
    id: 'suite-rc4',
    does: 'Takes suites with RC4.',
    breaks: 'must',
    clauses: ['rfc9325#4.1-no-rc4'],
    change: answering((hello) => {
      const only = hello.suites.every((suite) => [0xc007, 0xc011, 5, 4].includes(suite))
      return only && knowsAtMost(hello, TLS_12)
        ? { version: hello.highest, suite: 0xc007, extensions: usual, key: P_256 }
        : undefined
    }),
  },
  {
    id: 'suite-3des',
    does: 'Takes suites with 3DES.',
    breaks: 'should',
    clauses: ['rfc9325#4.1-no-under-128-bit'],
    change: answering((hello) => {
      const only = hello.suites.every((suite) => [0xc008, 0xc012, 0x16, 0x0a].includes(suite))
      return only && knowsAtMost(hello, TLS_12)
        ? { version: hello.highest, suite: 0xc008, extensions: usual, key: P_256 }
        : undefined
    }),
  },
  {
    id: 'suite-static-dh',
    does: 'Takes suites with a Diffie-Hellman key that stands in its certificate.',
    breaks: 'should',
    clauses: ['rfc9325#4.1-no-static-dh'],
    change: takes(0xc02d),
  },
]

const DHE_GCM = 0x009e

const primes: readonly HttpsDefect[] = [
  {
    id: 'prime-1024',
    does: 'Agrees on keys with a prime of 1024 bits.',
    breaks: 'must',
    clauses: ['rfc9325#4.5-dhe-2048'],
    besides: 'benign-dhe',
    change: takesDhe(1024, true),
  },
  {
    id: 'prime-key-kept',
    does: 'Keeps one Diffie-Hellman key for all connections.',
    breaks: 'should',
    clauses: ['rfc9325#7.4-no-ffdh-reuse'],
    besides: 'benign-dhe',
    change: takesDhe(2048, false),
  },
]

/** Takes finite-field Diffie-Hellman, with a key for each connection or one for all. */
export function takesDhe(bits: number, fresh: boolean): HttpsChange {
  let count = 0
  return answering((hello) => {
    if (!knowsAtMost(hello, TLS_12) || hello.suites[0] !== 0x009f) return undefined
    count += 1
    const seed = fresh ? `key ${count}` : 'key'
    return { version: TLS_12, suite: DHE_GCM, extensions: usual, key: { bits, seed } }
  })
}

const responder = 'http://ocsp.example.test/'

/** Shows a certificate whose authority answers questions, and staples an answer or none. */
export const answersFor = (stapled: boolean): HttpsChange =>
  agreesOn(() => ({
    certificate: shown(responder),
    extensions: stapled ? [...usual, [5, Buffer.alloc(0)]] : usual,
  }))

const less = (code: number): HttpsChange =>
  agreesOn(() => ({ extensions: usual.filter(([own]) => own !== code) }))

const extensions: readonly HttpsDefect[] = [
  {
    id: 'compression-taken',
    does: 'Compresses before it encrypts where a client offers it.',
    breaks: 'should',
    clauses: ['rfc9325#3.3-no-tls-compression'],
    change: agreesOn(({ compression }) =>
      compression.includes(1) ? { compression: 1 } : undefined,
    ),
  },
  {
    id: 'renegotiation-unprotected',
    does: 'Does not know renegotiation_info.',
    breaks: 'must',
    clauses: ['rfc9325#3.5-renegotiation-info'],
    change: less(0xff01),
  },
  {
    id: 'master-secret-plain',
    does: 'Does not know extended_master_secret.',
    breaks: 'must',
    clauses: ['rfc9325#3.5-extended-master-secret'],
    change: less(23),
  },
  {
    id: 'hmac-truncated',
    does: 'Truncates HMAC where a client offers it.',
    breaks: 'must',
    clauses: ['rfc9325#4.6-no-truncated-hmac'],
    change: agreesOn((hello) =>
      hello.extensions.has(4) ? { extensions: [...usual, [4, Buffer.alloc(0)]] } : undefined,
    ),
  },
  {
    id: 'staple-missing',
    does: 'Staples no answer of the responder that its certificate names.',
    breaks: 'should',
    clauses: ['rfc9325#7.5-ocsp-stapling'],
    besides: 'benign-stapled',
    change: answersFor(false),
  },
  {
    id: 'signature-sha1',
    does: 'Signs its key with SHA-1.',
    breaks: 'must',
    clauses: ['rfc9325#4.5-no-sha1-md5-signature'],
    change: agreesOn(() => ({ key: { ...P_256, hash: 2 } })),
  },
  {
    id: 'group-small',
    does: 'Agrees on keys in a curve of 192 bits.',
    breaks: 'must',
    clauses: ['rfc9325#4.5-curve-at-least-224'],
    change: agreesOn(
      (hello) => (groupsOf(hello).includes(P_256.group) ? undefined : { key: { group: 19 } }),
      19,
    ),
  },
]

const MODES = 45
const PSK = 41
const PSK_KE = 0

const resumptions: readonly HttpsDefect[] = [
  {
    id: 'resumption-without-key',
    does: 'Agrees on no new key with who comes back and can do without.',
    breaks: 'may',
    clauses: ['rfc9325#3.4-resumption-psk-dhe'],
    change: answering(({ session, suites: [suite = 0], extensions: offered }) =>
      offered.has(PSK) && offered.get(MODES)?.subarray(1).includes(PSK_KE)
        ? {
            version: TLS_12,
            session,
            suite,
            extensions: [
              [43, Buffer.from([TLS_13 >> 8, TLS_13 & 0xff])],
              [PSK, Buffer.from([0, 0])],
            ],
            alone: true,
          }
        : undefined,
    ),
  },
]

export const hellos: readonly HttpsDefect[] = [
  ...old,
  ...suites,
  ...primes,
  ...extensions,
  ...resumptions,
]
