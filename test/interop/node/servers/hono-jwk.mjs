import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { jwk } from 'hono/jwk'

/** The keys in the options, with what the claims must be. */
export const start = ({ publicJwk, alg, issuer, audience, realm }) => {
  const app = new Hono()
  app.use(
    '/protected',
    jwk({ keys: [publicJwk], alg: [alg], verification: { iss: issuer, aud: audience }, realm }),
  )
  app.get('/protected', (context) => context.json({ user: context.get('jwtPayload').sub ?? null }))
  app.get('/public', (context) => context.json({ public: true }))
  return getRequestListener(app.fetch)
}
