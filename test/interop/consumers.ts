/** Servers that read the key set of their issuer by its URL, each set up as its manual shows. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { HostedClaims } from '../../lib/model/profile.ts'
import type { Recipe } from './servers.ts'

const program = fileURLToPath(new URL('node/serve.mjs', import.meta.url))

/** Where the keys of an issuer are by convention; one consumer here looks nowhere else. */
const PATH = '/.well-known/jwks.json'

/** What the server is told about the issuer that the tool plays, and the tool about the server. */
export interface Trusting {
  /** Where the tool serves the set. */
  readonly at: { readonly port: number; readonly path: string }
  readonly hosted: HostedClaims & Required<Pick<HostedClaims, 'alg' | 'issuer' | 'audience'>>
}

/** The issuer whose key set is served at a port of this machine; ES256 is what all of them take. */
export const trusting = (port: number): Trusting => ({
  at: { port, path: PATH },
  hosted: {
    alg: 'ES256',
    issuer: `http://127.0.0.1:${port}/`,
    audience: 'https://api.example.test/',
    claims: { sub: 'demo-user', scope: 'read' },
  },
})

/** A server of the folder `node` that reads the key set of this issuer. */
export const consumerOf = (name: string, { at, hosted }: Trusting): Recipe => ({
  program: process.execPath,
  package: 'nodejs',
  arguments: (folder) => [program, name, join(folder, 'conf')],
  configuration: (folder, port) =>
    JSON.stringify({
      port,
      keySet: `http://127.0.0.1:${at.port}${at.path}`,
      alg: hosted.alg,
      issuer: hosted.issuer,
      audience: hosted.audience,
      realm: 'Reference',
      errors: join(folder, 'errors'),
    }),
})
