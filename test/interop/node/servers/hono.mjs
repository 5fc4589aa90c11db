import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { basicAuth } from 'hono/basic-auth'

/** One account in the options and the others after them. */
export const start = ({ accounts, realm }) => {
  const [first, ...others] = accounts.map(({ user, password }) => ({ username: user, password }))
  const app = new Hono()
  app.use('/protected', basicAuth({ ...first, realm }, ...others))
  app.get('/protected', (context) => context.json({ user: 'known' }))
  app.get('/public', (context) => context.json({ public: true }))
  return getRequestListener(app.fetch)
}
