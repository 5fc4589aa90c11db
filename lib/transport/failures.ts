import type { Ending, Trouble } from '../model/exchange.ts'
import type { StopReason } from './stop.ts'

/** An exchange without an answer. */
export interface Failure {
  readonly ending: Exclude<Ending, 'complete'>
  readonly trouble: Trouble
}

export const failure = (
  ending: Failure['ending'],
  code: Trouble['code'],
  say: string,
): Failure => ({
  ending,
  trouble: { code, say },
})

/** `host:port`, with brackets around an IPv6 address. */
export const placeOf = (host: string, port: number): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`

/** The stable part of an error; classes differ between copies of a module, codes do not. */
export const codeOf = (error: unknown): string => {
  const code = error instanceof Object && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

const messageOf = (error: unknown): string =>
  error instanceof Object && 'message' in error ? String(error.message) : String(error)

const certificates: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed and not trusted here',
  SELF_SIGNED_CERT_IN_CHAIN: 'its chain ends in a root that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'its issuer is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its issuer is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the server does not send the certificate of its issuer',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another host name',
  HOSTNAME_MISMATCH: 'it is for another host name',
  CERT_REVOKED: 'it is revoked',
  INVALID_PURPOSE: 'it is not meant for servers',
  INVALID_CA: 'a certificate of its chain may not issue others',
}

/** What an error code of a certificate means; undefined for others. */
export const certificateWords = (code: string): string | undefined => certificates[code]

const handshakes: readonly (readonly [pattern: RegExp, words: string])[] = [
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|BAD_RECORD_TYPE|HTTP_REQUEST/,
    'it does not speak TLS there; is it an http port?',
  ],
  [
    /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|VERSION_TOO_HIGH/,
    'it does not speak the TLS version that was offered',
  ],
  [/HANDSHAKE_FAILURE|NO_SHARED_CIPHER/, 'no cipher or parameter is common to both sides'],
  [/UNRECOGNIZED_NAME/, 'it does not know the host name that was asked for'],
  [/CERTIFICATE_REQUIRED|BAD_CERTIFICATE/, 'it wants a certificate from the client'],
  [/ECONNRESET|EPIPE/, 'it closed the connection during the handshake'],
]

const isCertificate = (code: string): boolean =>
  code in certificates || (/CERT|CRL|ALTNAME/.test(code) && !code.startsWith('ERR_SSL_'))

/** Limits of this machine; the server has no part in them. */
const ours: ReadonlySet<string> = new Set([
  'EMFILE',
  'ENFILE',
  'EADDRNOTAVAIL',
  'ENOBUFS',
  'ENOMEM',
  'ERR_SSL_NO_PROTOCOLS_AVAILABLE',
  'ERR_SSL_NO_CIPHERS_AVAILABLE',
])

/** What it means that something inside the tool went wrong; never held against the server. */
export const ownFault = (error: unknown): Failure =>
  failure('unsent', 'own', `The request could not be sent from here: ${messageOf(error)}.`)

const tcpFailures: Readonly<Record<string, readonly [Trouble['code'], (where: string) => string]>> =
  {
    ECONNREFUSED: ['refused', (where) => `${where} refused the connection.`],
    ENOTFOUND: ['dns', (where) => `The host name of ${where} has no address.`],
    EAI_AGAIN: ['dns', (where) => `The name server did not answer for ${where}.`],
    EHOSTUNREACH: ['unreachable', (where) => `No route leads to ${where}.`],
    EHOSTDOWN: ['unreachable', (where) => `No route leads to ${where}.`],
    ENETUNREACH: ['unreachable', (where) => `No network leads to ${where}.`],
    ETIMEDOUT: ['timeout', (where) => `${where} did not answer the attempt to connect.`],
    ECONNRESET: ['reset', (where) => `${where} reset the connection before a request was sent.`],
    EPIPE: ['reset', (where) => `${where} closed the connection before a request was sent.`],
  }

/** Why no connection came about. */
export const tcpFailure = (error: unknown, where: string): Failure => {
  const known = tcpFailures[codeOf(error)]
  return known === undefined ? ownFault(error) : failure('closed', known[0], known[1](where))
}

/** Why no TLS came about on a connection that was open. */
export const tlsFailure = (error: unknown, where: string): Failure => {
  const code = codeOf(error)
  if (ours.has(code)) return ownFault(error)
  if (isCertificate(code)) {
    const words = certificates[code] ?? 'it cannot be verified'
    return failure('closed', 'certificate', `The certificate of ${where}: ${words} (${code}).`)
  }
  const words = handshakes.find(([pattern]) => pattern.test(code))?.[1]
  return failure('closed', 'handshake', `TLS with ${where} failed: ${words ?? messageOf(error)}.`)
}

/** Why an open connection that carried the request gave no whole answer. */
export const brokenFailure = (error: unknown, where: string, soFar: string): Failure => {
  const code = codeOf(error)
  // A TLS 1.3 server refuses a client without certificate only after the client's side is done.
  if (/ALERT/.test(code)) return tlsFailure(error, where)
  return failure('silent', 'reset', `${where} broke the connection (${code}): ${soFar}.`)
}

/** What it means that waiting was given up, after the request was sent or before. */
export const stopFailure = (
  why: StopReason,
  timeoutMs: number,
  where: string,
  soFar?: string,
): Failure => {
  if (why === 'aborted') return failure('unsent', 'aborted', 'The exchange was called off.')
  return soFar === undefined
    ? failure('closed', 'timeout', `No connection to ${where} within ${timeoutMs} ms.`)
    : failure('silent', 'timeout', `No whole answer within ${timeoutMs} ms: ${soFar}.`)
}
