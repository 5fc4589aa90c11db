/** An issuer for the servers that take tokens: its key, what it gave out, and what a tester holds. */
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { exportJWK, type JWK, SignJWT } from 'jose'
import type { Supplied } from '../../lib/model/profile.ts'

export type IssuerAlgorithm = 'ES256' | 'RS256'

/** What a server is told about whom it trusts. */
export interface Trust {
  readonly alg: IssuerAlgorithm
  readonly kid: string
  readonly issuer: string
  readonly audience: string
  /** The public key as PEM and as an entry of a key set. */
  readonly publicKey: string
  readonly publicJwk: JWK
}

export interface TokenIssuer {
  readonly trust: Trust
  /** What a tester of such a server supplies. */
  readonly supplied: Supplied & Required<Pick<Supplied, 'bearer' | 'signingKey'>>
}

const about = {
  kid: 'interop-key-1',
  issuer: 'https://issuer.example.test/',
  audience: 'https://api.example.test/',
}

type KeyPair = ReturnType<typeof generateKeyPairSync>

/** Whether the sum of a signature and the modulus fits the same octets, so that each run tries it. */
const hasRoom = ({ publicKey }: KeyPair): boolean =>
  (Buffer.from(publicKey.export({ format: 'jwk' }).n ?? '', 'base64url')[0] ?? 255) < 0xc0

const rsaPair = (): KeyPair => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return hasRoom(pair) ? pair : rsaPair()
}

const pairOf = (alg: IssuerAlgorithm): KeyPair =>
  alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : rsaPair()

/** Makes a new key, and tokens by jose: the tool's own signatures would agree with its own faults. */
export const makeIssuer = async (alg: IssuerAlgorithm): Promise<TokenIssuer> => {
  const { kid, issuer, audience } = about
  const { privateKey, publicKey } = pairOf(alg)
  const pem = String(publicKey.export({ type: 'spki', format: 'pem' }))
  const issue = (subject: string): Promise<string> =>
    new SignJWT({ client_id: 'demo-client', scope: 'read' })
      .setProtectedHeader({ alg, typ: 'JWT', kid })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(subject)
      .setIssuedAt()
      .setNotBefore('0s')
      .setExpirationTime('1h')
      .setJti(randomUUID())
      .sign(privateKey)
  return {
    trust: {
      alg,
      ...about,
      publicKey: pem,
      publicJwk: { ...(await exportJWK(publicKey)), alg, kid, use: 'sig' },
    },
    supplied: {
      accounts: {},
      tokens: {},
      bearer: await issue('demo-user'),
      bearers: { other: await issue('other-user') },
      publicKey: pem,
      signingKey: {
        key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
        alg,
        ...about,
      },
    },
  }
}
