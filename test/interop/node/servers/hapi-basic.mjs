import basic from '@hapi/basic'
import Hapi from '@hapi/hapi'

/** A strategy with `validate`, set on one route. */
export const listen = async ({ accounts, realm, port, host }) => {
  const server = Hapi.server({ port, host })
  await server.register(basic)
  server.auth.strategy('simple', 'basic', {
    unauthorizedAttributes: { realm },
    validate: async (_request, name, secret) => {
      const found = accounts.find(({ user }) => user === name)
      const isValid = found !== undefined && found.password === secret
      return { isValid, credentials: { name } }
    },
  })
  server.route([
    {
      method: 'GET',
      path: '/protected',
      options: { auth: 'simple' },
      handler: (request) => ({ user: request.auth.credentials.name }),
    },
    { method: 'GET', path: '/public', handler: () => ({ public: true }) },
  ])
  await server.start()
}
