/** Servers that verify tokens, each set up as its manual shows. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Recipe } from './servers.ts'
import type { IssuerAlgorithm, TokenIssuer } from './tokens.ts'

const program = fileURLToPath(new URL('node/serve.mjs', import.meta.url))

/** The algorithm of each, which is that of its manual where that names one. */
const algorithms: Readonly<Record<string, IssuerAlgorithm>> = {
  jose: 'ES256',
  'express-jwt': 'RS256',
  'passport-jwt': 'ES256',
  'hono-jwk': 'ES256',
  'jsonwebtoken-8': 'RS256',
  'node-jose-0.10': 'RS256',
  'jose-crashing': 'ES256',
}

/** The algorithm that a server takes; none where it takes no tokens. */
export const algorithmOf = (name: string): IssuerAlgorithm | undefined => algorithms[name]

/** A server of the folder `node` that trusts one issuer. */
export const verifierOf = (name: string, { trust }: TokenIssuer): Recipe => ({
  program: process.execPath,
  package: 'nodejs',
  arguments: (folder) => [program, name, join(folder, 'conf')],
  configuration: (folder, port) =>
    JSON.stringify({ port, ...trust, realm: 'Reference', errors: join(folder, 'errors') }),
})
