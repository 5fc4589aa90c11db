import express from 'express'
import { expressjwt } from 'express-jwt'
import jwksRsa from 'jwks-rsa'

/** The keys of an issuer by their URL, each kept for a while, without a limit on how often they are read. */
export const start = ({ keySet, lifetime, algorithms, issuer, audience }) => {
  const app = express()
  app.use(
    '/protected',
    expressjwt({
      secret: jwksRsa.expressJwtSecret({
        cache: true,
        cacheMaxAge: lifetime,
        rateLimit: false,
        timeout: 1000,
        jwksUri: keySet,
      }),
      algorithms,
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
