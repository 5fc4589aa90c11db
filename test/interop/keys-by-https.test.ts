// Servers that fetch their issuer's key set by https, as their manuals show, and with certificates unchecked.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Report } from '../../lib/model/report.ts'
import { createAuthority } from '../../lib/x509/authority.ts'
import { consumerOf, trusting } from './consumers.ts'
import { judge } from './judge.ts'
import { freePort, start } from './servers.ts'

const authority = createAuthority('http-auth-conformance interop')
const folder = mkdtempSync(join(tmpdir(), 'conformance-authority-'))
const trusted = join(folder, 'authority.pem')
writeFileSync(trusted, authority.pem)
after(() => rmSync(folder, { recursive: true }))

const judged = async (name: string, variables: Record<string, string>): Promise<Report> => {
  const { at, ...rest } = trusting(name, await freePort())
  const keySet = { ...rest, at: { ...at, authority }, environment: () => variables }
  const server = await start(consumerOf(name, keySet))
  try {
    return await judge(server, '1', undefined, { keySet, only: ['jwks-channel'] })
  } finally {
    await server.stop()
  }
}

type Told = Readonly<Record<string, 'pass' | 'warn' | 'fail'>>

const right: Told = {
  'jwks-untrusted-host-refused': 'pass',
  'jwks-other-host-refused': 'pass',
  'jwks-cleartext-refused': 'pass',
  'jwks-old-tls-refused': 'pass',
  'jwks-redirected-to-http-refused': 'pass',
  'jwks-hello-renegotiates-securely': 'pass',
  'jwks-hello-takes-sha-256': 'pass',
}

const told = ({ results }: Report): Readonly<Record<string, string>> =>
  Object.fromEntries(results.map(({ id, verdict }) => [id, verdict]))

const anybody: Told = { 'jwks-untrusted-host-refused': 'fail', 'jwks-other-host-refused': 'fail' }

/** What is true of each besides: what it does with a fetch that fails, or with a redirect. */
const consumers: Readonly<Record<string, Told>> = {
  'jose-remote': {},
  // It answers 500 where the set cannot be had.
  'express-jwt-remote': {
    'jwks-untrusted-host-refused': 'warn',
    'jwks-other-host-refused': 'warn',
    'jwks-cleartext-refused': 'warn',
    'jwks-old-tls-refused': 'warn',
    'jwks-redirected-to-http-refused': 'warn',
  },
  // It fetches as browsers do, which follow redirects anywhere.
  'hono-jwk-remote': { 'jwks-redirected-to-http-refused': 'warn' },
}

for (const [name, own] of Object.entries(consumers)) {
  test(`${name} takes keys from the host that it trusts and from nobody else`, async () => {
    const report = await judged(name, { NODE_EXTRA_CA_CERTS: trusted })
    assert.deepEqual(told(report), { ...right, ...own }, JSON.stringify(report.preflight))
  })

  test(`${name} with certificates unchecked takes keys from anybody`, async () => {
    const report = await judged(name, { NODE_TLS_REJECT_UNAUTHORIZED: '0' })
    const wanted = { ...right, ...own, ...anybody }
    assert.deepEqual(told(report), wanted, JSON.stringify(report.preflight))
  })
}
