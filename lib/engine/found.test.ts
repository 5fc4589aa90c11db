import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sayFound } from './found.ts'

test('What a hello came to is said in one line', () => {
  assert.equal(sayFound({}), undefined)
  const hello = (facts: object): string | undefined =>
    sayFound({ channel: { hello: { reply: 'answered', usual: true, ...facts } } })
  assert.equal(hello({ reply: 'alert', alert: 'protocol_version' }), 'the alert protocol_version')
  assert.equal(hello({ reply: 'silent' }), 'no answer')
  assert.equal(
    hello({
      version: 'TLSv1.2',
      suite: 'S',
      primeBits: 1024,
      protocol: 'http/1.1',
      extensions: ['alpn', 'status-request'],
    }),
    'answered, TLSv1.2, S, a prime of 1024 bits, http/1.1, with alpn and status-request',
  )
})

test('What a certificate says is said in one line', () => {
  const facts = {
    trusted: 'its issuer is not known here',
    selfSigned: false,
    from: 0,
    until: 86_400_000,
    now: 0,
    host: 'h.test',
    forHost: 'DNS:other.test',
    keyType: 'rsa',
    keyBits: 1024,
    hashes: ['sha1'],
  }
  assert.equal(
    sayFound({ channel: { certificate: facts } }),
    'in force from 1970-01-01 to 1970-01-02, not for h.test: DNS:other.test, not trusted: its issuer is not known here, rsa 1024, sha1',
  )
})
