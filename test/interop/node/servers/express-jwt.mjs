import express from 'express'
import { expressjwt } from 'express-jwt'
import jwksRsa from 'jwks-rsa'

/** The keys of an issuer by their URL, and the error handler of the manual. */
export const start = ({ port, publicJwk, alg, issuer, audience }) => {
  const app = express()
  app.get('/.well-known/jwks.json', (_request, response) => {
    response.json({ keys: [publicJwk] })
  })
  app.get('/public', (_request, response) => {
    response.json({ public: true })
  })
  app.use(
    '/protected',
    expressjwt({
      secret: jwksRsa.expressJwtSecret({
        cache: true,
        jwksUri: `http://127.0.0.1:${port}/.well-known/jwks.json`,
      }),
      algorithms: [alg],
      issuer,
      audience,
    }),
  )
  app.get('/protected', (request, response) => {
    response.json({ user: request.auth.sub ?? null })
  })
  app.use((error, _request, response, next) => {
    if (error.name === 'UnauthorizedError') response.status(401).send('invalid token...')
    else next(error)
  })
  return app
}
