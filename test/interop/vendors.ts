/** Real servers that are judged by the profile of a vendor, or stand in for one by their packages. */
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Account } from '../../lib/model/profile.ts'
import { freesewing } from '../../suites/profiles/freesewing.ts'
import { influxdb, influxPath, influxSupplied } from './influxdb.ts'
import type { Manner } from './judge.ts'
import type { Recipe } from './servers.ts'

const program = fileURLToPath(new URL('node/serve.mjs', import.meta.url))

const key: Account = {
  user: '0c1f6a52-8d3b-4e7a-9b0c-5f2e1d4a7c98',
  password: 'a3f1c2d4e5b6978812345678deadbeef00112233445566778899aabbccddeeff',
}
const person: Account = { user: 'demo-person', password: 'Demo-Password-1a2bc' }

const secret = 'a-secret-of-the-tests-that-signs-tokens'

const signedAt = (username: string, iat: number): string => {
  const encoded = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString('base64url')
  const about = { _id: 1, username, role: 'user', status: 1 }
  const parties = { aud: 'backend.freesewing.test/main', iss: 'freesewing.org' }
  const claims = { ...about, ...parties, iat, exp: iat + 7 * 24 * 3600 }
  const input = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

/**
 * A token as the backend signs them, so that no run has to sign in before it begins; spelled in the
 * other alphabet of Base64 it is another text, so that each run says the same.
 */
const tokenOf = (username: string): string => {
  for (let iat = Math.floor(Date.now() / 1000); ; iat -= 1) {
    const token = signedAt(username, iat)
    if (/[-_]/.test(token.split('.')[2] ?? '')) return token
  }
}

/** FreeSewing's layer. Where it is not `safe`, a key that it does not know ends its process. */
export const freesewingLayer = (safe: boolean): Recipe => ({
  program: process.execPath,
  package: 'nodejs',
  arguments: (folder) => [program, 'freesewing', join(folder, 'conf')],
  configuration: (folder, port) =>
    JSON.stringify({
      port,
      keys: [{ key: key.user, secret: key.password }],
      people: [{ username: person.user, password: person.password }],
      secret,
      safe,
      errors: join(folder, 'errors'),
    }),
})

/** How each of these servers is started and judged. */
export const vendorWays: Readonly<Record<string, readonly [Recipe, Manner]>> = {
  // As anybody would: one path, one key, and no word about what it is.
  'freesewing-generic': [
    freesewingLayer(true),
    { at: '/account/key', supplied: { accounts: { default: key }, tokens: {} } },
  ],
  'influxdb-1.6': [influxdb, { at: influxPath, supplied: influxSupplied() }],
  // As its profile says, on the layer that an unknown key would end.
  freesewing: [
    freesewingLayer(false),
    {
      profile: freesewing,
      at: '/',
      supplied: {
        accounts: { default: key, person },
        tokens: {},
        bearer: tokenOf(person.user),
      },
      allow: ['failed-login', 'heavy', 'unsafe-method'],
    },
  ],
}
