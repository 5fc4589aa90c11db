import fastifyJwt from '@fastify/jwt'
import Fastify from 'fastify'
import buildGetJwks from 'get-jwks'

/** The keys of the issuer that a token names, if it is the one, each kept for a while. */
export const start = async ({ lifetime, algorithms, issuer, audience }) => {
  const app = Fastify()
  const getJwks = buildGetJwks({ issuersWhitelist: [issuer], ttl: lifetime })
  await app.register(fastifyJwt, {
    decode: { complete: true },
    secret: (_request, token, callback) => {
      const { header, payload } = token
      getJwks
        .getPublicKey({ kid: header.kid, domain: payload.iss, alg: header.alg })
        .then((publicKey) => callback(null, publicKey), callback)
    },
    verify: { algorithms, allowedIss: issuer, allowedAud: audience },
  })
  app.addHook('onRequest', async (request) => {
    await request.jwtVerify()
  })
  app.get('/protected', async (request) => ({ user: request.user.sub ?? null }))
  await app.ready()
  return app.routing
}
