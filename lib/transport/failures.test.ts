import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  brokenFailure,
  codeOf,
  ownFault,
  placeOf,
  stopFailure,
  tcpFailure,
  tlsFailure,
} from './failures.ts'

const error = (code: string): Error => Object.assign(new Error('words of the system'), { code })

const tcp: readonly (readonly [code: string, ending: string, trouble: string, says: RegExp])[] = [
  ['ECONNREFUSED', 'closed', 'refused', /^h:1 refused the connection\.$/],
  ['ENOTFOUND', 'closed', 'dns', /has no address/],
  ['EAI_AGAIN', 'closed', 'dns', /name server/],
  ['EHOSTUNREACH', 'closed', 'unreachable', /No route/],
  ['EHOSTDOWN', 'closed', 'unreachable', /No route/],
  ['ENETUNREACH', 'closed', 'unreachable', /No network/],
  ['ETIMEDOUT', 'closed', 'timeout', /did not answer/],
  ['ECONNRESET', 'closed', 'reset', /before a request/],
  ['EPIPE', 'closed', 'reset', /before a request/],
  ['EMFILE', 'unsent', 'own', /words of the system/],
  ['EADDRNOTAVAIL', 'unsent', 'own', /words of the system/],
]

for (const [code, ending, trouble, says] of tcp) {
  test(`Maps ${code} while connecting to ${ending}, ${trouble}`, () => {
    const failure = tcpFailure(error(code), 'h:1')
    assert.deepEqual([failure.ending, failure.trouble.code], [ending, trouble])
    assert.match(failure.trouble.say, says)
  })
}

const tls: readonly (readonly [code: string, ending: string, trouble: string, says: RegExp])[] = [
  ['CERT_HAS_EXPIRED', 'closed', 'certificate', /it has expired \(CERT_HAS_EXPIRED\)/],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'closed', 'certificate', /another host name/],
  ['CERT_CHAIN_TOO_LONG', 'closed', 'certificate', /cannot be verified \(CERT_CHAIN_TOO_LONG\)/],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'closed', 'certificate', /of its issuer/],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'closed', 'handshake', /does not speak TLS/],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'closed', 'handshake', /TLS version/],
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'closed', 'handshake', /no cipher/],
  ['ERR_SSL_TLSV1_UNRECOGNIZED_NAME', 'closed', 'handshake', /host name/],
  ['ECONNRESET', 'closed', 'handshake', /during the handshake/],
  ['ERR_SSL_SOMETHING_NEW', 'closed', 'handshake', /words of the system/],
  ['ERR_SSL_NO_PROTOCOLS_AVAILABLE', 'unsent', 'own', /words of the system/],
]

for (const [code, ending, trouble, says] of tls) {
  test(`Maps ${code} during the handshake to ${ending}, ${trouble}`, () => {
    const failure = tlsFailure(error(code), 'h:1')
    assert.deepEqual([failure.ending, failure.trouble.code], [ending, trouble])
    assert.match(failure.trouble.say, says)
  })
}

test('Tells a broken connection from a late refusal of the handshake', () => {
  const reset = brokenFailure(error('ECONNRESET'), 'h:1', 'no byte of an answer came')
  assert.deepEqual([reset.ending, reset.trouble.code], ['silent', 'reset'])
  assert.equal(
    reset.trouble.say,
    'h:1 broke the connection (ECONNRESET): no byte of an answer came.',
  )
  const alert = brokenFailure(error('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'), 'h:1', '')
  assert.deepEqual([alert.ending, alert.trouble.code], ['closed', 'handshake'])
  assert.match(alert.trouble.say, /certificate from the client/)
})

test('Says why waiting was given up', () => {
  assert.equal(stopFailure('aborted', 5, 'h:1').ending, 'unsent')
  assert.equal(stopFailure('aborted', 5, 'h:1', 'half').trouble.code, 'aborted')
  assert.equal(stopFailure('timeout', 5, 'h:1').trouble.say, 'No connection to h:1 within 5 ms.')
  assert.deepEqual(stopFailure('timeout', 5, 'h:1', 'half'), {
    ending: 'silent',
    trouble: { code: 'timeout', say: 'No whole answer within 5 ms: half.' },
  })
})

test('Reads codes and words of whatever was thrown', () => {
  assert.equal(codeOf('text'), '')
  assert.equal(codeOf({ code: 7 }), '')
  assert.match(ownFault('text').trouble.say, /: text\.$/)
  assert.equal(placeOf('::1', 80), '[::1]:80')
  assert.equal(placeOf('a', 80), 'a:80')
})
