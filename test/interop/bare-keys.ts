/** Key sets and tokens made by Node alone, to see by a bare socket what a consumer does with them. */
import { generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a consumer gets when it fetches the set. */
export interface Published {
  readonly status: number
  readonly keys: readonly JsonWebKey[]
}

/** Where a consumer fetches a set that no part of the tool has made. */
export interface BareHost {
  readonly port: number
  readonly publish: (published: Published) => void
  readonly stop: () => void
}

/** Serves a set at every path of a free port. */
export const hostKeys = async (): Promise<BareHost> => {
  let current: Published = { status: 200, keys: [] }
  const server = createServer((_request, response) => {
    response.writeHead(current.status, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify({ keys: current.keys }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    publish: (published) => {
      current = published
    },
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** A key with the entry that a set has of it. */
export interface BareKey {
  readonly privateKey: KeyObject
  readonly jwk: JsonWebKey
}

const entryOf = (publicKey: KeyObject, members: JsonWebKey): JsonWebKey => ({
  ...publicKey.export({ format: 'jwk' }),
  ...members,
})

export const onCurve = (namedCurve: string, members: JsonWebKey): BareKey => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
  return { privateKey, jwk: entryOf(publicKey, { alg: 'ES256', ...members }) }
}

export const rsaOf = (modulusLength: number, members: JsonWebKey): BareKey => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength })
  return { privateKey, jwk: entryOf(publicKey, { alg: 'RS256', ...members }) }
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token that is good for ten minutes, as long as its key is. */
export const tokenOf = (
  { privateKey, jwk }: BareKey,
  { issuer, audience }: { readonly issuer: string; readonly audience: string },
): string => {
  const now = Math.floor(Date.now() / 1000)
  const header = { alg: jwk.alg, typ: 'JWT', kid: jwk.kid }
  const claims = { iss: issuer, aud: audience, sub: 'demo-user', iat: now, exp: now + 600 }
  const text = `${encoded(header)}.${encoded(claims)}`
  const signature = sign('sha256', Buffer.from(text), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
  })
  return `${text}.${signature.toString('base64url')}`
}
