import { basicAuth, H3 } from 'h3'
import { toNodeHandler } from 'h3/node'

/** The middleware on one route, with a function that compares. */
export const start = ({ accounts, realm }) => {
  const app = new H3()
  const validate = (name, secret) =>
    accounts.some(({ user, password }) => user === name && password === secret)
  app.get('/protected', () => ({ user: 'known' }), {
    middleware: [basicAuth({ validate, realm })],
  })
  app.get('/public', () => ({ public: true }))
  return toNodeHandler(app)
}
