// What is encrypted anew is read by clients of the runtime, with other nonces before it.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:https'
import { test } from 'node:test'
import type { SecureVersion, TLSSocket } from 'node:tls'
import { startReference } from '../start.ts'

interface Got {
  readonly status: number
  readonly cipher: string
}

/** Asks with large fields, so that records come in both directions that are not small. */
const got = async (mutant: string, version: SecureVersion, ciphers: string): Promise<Got> => {
  const reference = await startReference({ system: 'https', mutant })
  try {
    const { user, password } = reference.accounts.default
    const asked = request(reference.url, {
      host: '127.0.0.1',
      servername: 'localhost',
      ca: reference.ca,
      agent: false,
      auth: `${user}:${password}`,
      headers: { 'X-Bulk': 'a'.repeat(10_000) },
      minVersion: version,
      maxVersion: version,
      ciphers,
    })
    const [answer] = await once(asked.end(), 'response')
    const cipher = (answer.socket as TLSSocket).getCipher().name
    answer.resume()
    await once(answer, 'end')
    return { status: answer.statusCode, cipher }
  } finally {
    await reference.close()
  }
}

const ways: readonly (readonly [version: SecureVersion, cipher: string])[] = [
  ['TLSv1.2', 'ECDHE-ECDSA-AES128-GCM-SHA256'],
  ['TLSv1.2', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
  // These have no nonce that is written, and go by.
  ['TLSv1.2', 'ECDHE-ECDSA-CHACHA20-POLY1305'],
  ['TLSv1.3', 'TLS_AES_256_GCM_SHA384'],
]

for (const mutant of ['gcm-nonce-repeated', 'gcm-nonce-random', 'benign-gcm-nonce-from-zero']) {
  for (const [version, cipher] of ways) {
    test(`${mutant} can be talked to with ${cipher}`, async () => {
      assert.deepEqual(await got(mutant, version, cipher), { status: 200, cipher })
    })
  }
}
