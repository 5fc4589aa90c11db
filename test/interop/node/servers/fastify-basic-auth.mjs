import basicAuth from '@fastify/basic-auth'
import Fastify from 'fastify'

/** The decorator as a hook of one route, with a challenge. */
export const start = async ({ accounts, realm }) => {
  const app = Fastify()
  await app.register(basicAuth, {
    validate: async (name, secret) => {
      const found = accounts.find(({ user }) => user === name)
      if (found === undefined || found.password !== secret) return new Error('Not authorised')
    },
    authenticate: { realm },
  })
  app.get('/protected', { onRequest: app.basicAuth }, async () => ({ user: 'known' }))
  app.get('/public', async () => ({ public: true }))
  await app.ready()
  return app.routing
}
