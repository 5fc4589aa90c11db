import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createAuthority, freshKey, issue, readAuthority } from './authority.ts'
import { certificate, certificatePem } from './certificate.ts'

let folder = ''
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'x509-authority-'))
})
after(() => rmSync(folder, { recursive: true }))

/** An authority as its operator makes one by hand. */
const handMade = (kind: readonly string[], subject: string): string => {
  const path = join(folder, `${subject.replace(/\W/g, '')}.pem`)
  const words = ['req', '-x509', '-utf8', '-nodes', '-days', '30', '-subj', subject, ...kind]
  execFileSync('openssl', [...words, '-keyout', path, '-out', path], { stdio: 'ignore' })
  return readFileSync(path, 'utf8')
}

const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']

for (const [kind, subject] of [
  [ec, '/CN=test'],
  [['-newkey', 'rsa:2048'], '/C=DE/O=Ein Haus, mit Komma/OU=Prüfung+CN=Test'],
  [['-newkey', 'ed25519'], '/O=no common name'],
  [[...ec, '-addext', 'subjectKeyIdentifier=none'], '/CN=without key id'],
] as const) {
  test(`what an authority ${subject} vouches for, openssl and node believe`, () => {
    const pem = handMade(kind, subject)
    const read = readAuthority(pem)
    assert.ok(!('fault' in read), JSON.stringify(read))
    const { chain } = issue(read, ['keys.example.test', '127.0.0.1'])
    const own = new X509Certificate(chain)
    assert.ok(own.checkIssued(new X509Certificate(read.pem)))
    assert.doesNotMatch(read.pem, /PRIVATE/)
    const [root, leaf] = [join(folder, 'root.pem'), join(folder, 'leaf.pem')]
    writeFileSync(root, read.pem)
    writeFileSync(leaf, chain)
    const words = ['verify', '-CAfile', root, '-purpose', 'sslserver']
    const said = execFileSync('openssl', [...words, '-verify_ip', '127.0.0.1', leaf])
    assert.match(said.toString(), /: OK$/m)
  })
}

const pemOf = (key: ReturnType<typeof freshKey>): string =>
  String(key.export({ type: 'pkcs8', format: 'pem' }))

test('a file that cannot vouch for anybody is told so in a sentence', () => {
  const key = freshKey()
  const other = pemOf(freshKey())
  const root = createAuthority('root', undefined, { key })
  const leaf = issue(root, ['a.test'], { key }).chain
  const ended = { name: 'old', key, authority: true, until: new Date(Date.now() - 1000) } as const
  const old = certificatePem(certificate(ended, { name: 'old', key }))
  const begins = { name: 'new', key, authority: true, from: new Date(Date.now() + 60_000) } as const
  const young = certificatePem(certificate(begins, { name: 'new', key }))
  for (const [text, fault] of [
    ['', /^It holds no certificate that can be read/],
    ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', /^It holds no certificate/],
    [pemOf(key), /^It holds no certificate/],
    [root.pem, /^The private key is not that of the certificate\.$/],
    [root.pem + other, /^The private key is not that of the certificate\.$/],
    [leaf + pemOf(key), /^The certificate is not one of an authority/],
    [old + pemOf(key), /^The certificate ended on /],
    [young + pemOf(key), /^The certificate begins on /],
  ] as const) {
    const read = readAuthority(text)
    assert.match('fault' in read ? read.fault : 'none', fault)
  }
  assert.ok(!('fault' in readAuthority(pemOf(key) + root.pem)))
})
