import express from 'express'
import basicAuth from 'express-basic-auth'

/** Users as an object, and a challenge, which the middleware sends only where it is asked for. */
export const start = ({ accounts, realm }) => {
  const app = express()
  const users = Object.fromEntries(accounts.map(({ user, password }) => [user, password]))
  app.use('/protected', basicAuth({ users, challenge: true, realm }))
  app.get('/protected', (request, response) => {
    response.json({ user: request.auth.user })
  })
  app.get('/public', (_request, response) => {
    response.json({ public: true })
  })
  return app
}
