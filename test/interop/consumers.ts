/** Servers that read the key set of their issuer by its URL, each set up as its manual shows. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { HostedClaims } from '../../lib/model/profile.ts'
import type { Authority } from '../../lib/x509/authority.ts'
import type { Recipe } from './servers.ts'

const program = fileURLToPath(new URL('node/serve.mjs', import.meta.url))

/** Where the keys of an issuer are by convention; one consumer here looks nowhere else. */
const PATH = '/.well-known/jwks.json'

/** How a consumer is set up, and how long the tool has to wait for it. */
interface Setting {
  /** What it verifies, where its manual has that told. */
  readonly algorithms?: readonly string[]
  /** Milliseconds that it keeps what it has read, where it can be told. */
  readonly lifetime?: number
  /** Seconds after which it has to use what is published. */
  readonly refresh: number
}

/**
 * Long enough that nothing ends between two steps of a case on a slow machine, and short enough to
 * be waited for.
 */
const LIFETIME = 3000

/** One takes a single algorithm, as most do: what is signed otherwise is nothing to judge it by. */
const settings: Readonly<Record<string, Setting>> = {
  'jose-remote': { lifetime: LIFETIME, refresh: 6 },
  'express-jwt-remote': { algorithms: ['ES256', 'RS256'], lifetime: LIFETIME, refresh: 6 },
  'fastify-jwt-remote': { algorithms: ['ES256', 'RS256', 'EdDSA'], lifetime: LIFETIME, refresh: 6 },
  'hono-jwk-remote': { algorithms: ['ES256'], refresh: 3 },
  'aws-jwt-verify': { refresh: 4 },
}

/** What the server is told about the issuer that the tool plays, and the tool about the server. */
export interface Trusting {
  /** Where the tool serves the set. */
  readonly at: {
    readonly port: number
    readonly path: string
    /** Whom the server trusts to vouch for it; the set is served by https then. */
    readonly authority?: Authority
  }
  /** Variables that the server is started with. */
  readonly environment?: (folder: string) => Readonly<Record<string, string>>
  /** Seconds after which the server has to use what is published there. */
  readonly refresh: number
  readonly hosted: HostedClaims & Required<Pick<HostedClaims, 'alg' | 'issuer' | 'audience'>>
}

const settingOf = (name: string): Setting =>
  settings[name] ?? assert.fail(`${name} reads no key set.`)

/** True where a server reads the key set of its issuer. */
export const isConsumer = (name: string): boolean => name in settings

/**
 * The issuer that a server trusts, whose key set is served at a port of this machine; ES256 is what
 * all of them take.
 */
export const trusting = (name: string, port: number): Trusting => ({
  at: { port, path: PATH },
  refresh: settingOf(name).refresh,
  hosted: {
    alg: 'ES256',
    issuer: `http://127.0.0.1:${port}/`,
    audience: 'https://api.example.test/',
    claims: { sub: 'demo-user', scope: 'read' },
  },
})

/** A server of the folder `node` that reads the key set of this issuer. */
export const consumerOf = (name: string, { at, hosted, environment }: Trusting): Recipe => ({
  ...(environment === undefined ? {} : { environment }),
  program: process.execPath,
  package: 'nodejs',
  arguments: (folder) => [program, name, join(folder, 'conf')],
  configuration: (folder, port) =>
    JSON.stringify({
      port,
      keySet: `${at.authority === undefined ? 'http' : 'https'}://127.0.0.1:${at.port}${at.path}`,
      ...settingOf(name),
      issuer: hosted.issuer,
      audience: hosted.audience,
      realm: 'Reference',
      errors: join(folder, 'errors'),
    }),
})
