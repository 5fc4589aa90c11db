import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { jwk } from 'hono/jwk'

/** The key set of an issuer by its URL, with what the claims must be. */
export const start = ({ keySet, algorithms, issuer, audience, realm }) => {
  const app = new Hono()
  app.use(
    '/protected',
    jwk({ jwks_uri: keySet, alg: algorithms, verification: { iss: issuer, aud: audience }, realm }),
  )
  app.get('/protected', (context) => context.json({ user: context.get('jwtPayload').sub ?? null }))
  return getRequestListener(app.fetch)
}
