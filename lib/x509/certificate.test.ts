import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  X509Certificate,
} from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createAuthority, freshKey, issue } from './authority.ts'
import { certificate, certificatePem } from './certificate.ts'

let folder = ''
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'x509-'))
})
after(() => rmSync(folder, { recursive: true }))

const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const openssl = (...words: readonly string[]): string =>
  execFileSync('openssl', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

const hosts = ['api.example.test', '127.0.0.1', '::1', '2001:db8::a:1'] as const

const rsa = (bits: number): KeyObject =>
  generateKeyPairSync('rsa', { modulusLength: bits }).privateKey

test('Issues what node finds to be for its hosts and no other', () => {
  const authority = createAuthority('Root')
  const { key, chain } = issue(authority, hosts)
  const read = new X509Certificate(chain)
  assert.ok(read.verify(createPublicKey(authority.key)))
  assert.ok(read.checkIssued(new X509Certificate(authority.pem)))
  assert.ok(read.checkPrivateKey(createPrivateKey(key)))
  assert.equal(read.ca, false)
  assert.equal(new X509Certificate(authority.pem).ca, true)
  assert.equal(read.checkHost('api.example.test'), 'api.example.test')
  assert.equal(read.checkHost('other.example.test'), undefined)
  for (const address of hosts.slice(1)) assert.equal(read.checkIP(address), address)
  assert.equal(read.checkIP('127.0.0.2'), undefined)
})

test('Builds a path that openssl verifies by the strict rules', () => {
  const root = createAuthority('Root')
  const middle = createAuthority('Middle', root)
  const { chain } = issue(middle, hosts)
  const said = openssl(
    'verify',
    '-x509_strict',
    '-purpose',
    'sslserver',
    '-verify_hostname',
    'api.example.test',
    '-CAfile',
    file('root.pem', root.pem),
    '-untrusted',
    file('middle.pem', middle.pem),
    file('leaf.pem', chain),
  )
  assert.match(said, /leaf\.pem: OK/)
})

test('Is read by openssl as it was written', () => {
  const key = rsa(1024)
  const by = { name: 'Überprüfer', key }
  const from = new Date('2049-12-31T23:59:58Z')
  const until = new Date('2050-01-01T00:00:01Z')
  const bytes = certificate({ name: 'a.test', hosts, key, from, until, hash: 'sha1' }, by)
  const said = openssl(
    'x509',
    '-noout',
    '-text',
    '-nameopt',
    'utf8,-esc_msb',
    '-in',
    file('odd.pem', certificatePem(bytes)),
  )
  for (const part of [
    /Version: 3 \(0x2\)/,
    /Signature Algorithm: sha1WithRSAEncryption/,
    /Issuer: CN\s*=\s*Überprüfer/,
    /Not Before: Dec 31 23:59:58 2049 GMT/,
    /Not After : Jan {2}1 00:00:01 2050 GMT/,
    /Subject: CN\s*=\s*a\.test/,
    /Public-Key: \(1024 bit\)/,
    /CA:FALSE/,
    /Digital Signature, Key Encipherment/,
    /TLS Web Server Authentication/,
    /DNS:api\.example\.test, IP Address:127\.0\.0\.1, IP Address:0:0:0:0:0:0:0:1, IP Address:2001:DB8:0:0:0:0:A:1/,
  ]) {
    assert.match(said, part)
  }
})

test('Names a responder where it is told one', () => {
  const key = freshKey()
  const ocsp = 'http://ocsp.example.test/'
  const { infoAccess } = new X509Certificate(
    certificate({ name: 'a', key, ocsp }, { name: 'a', key }),
  )
  assert.match(infoAccess ?? '', /^OCSP - URI:http:\/\/ocsp\.example\.test\/$/m)
})

test('Leaves out the names it is not given', () => {
  const key = freshKey()
  const bytes = certificate({ name: '', key }, { name: 'Root', key: freshKey() })
  const read = new X509Certificate(bytes)
  assert.equal(read.subject, undefined)
  assert.equal(read.subjectAltName, undefined)
})

test('Refuses a hash that the key does not go with', () => {
  assert.throws(() => createAuthority('Root', undefined, { hash: 'md5' }), TypeError)
})
