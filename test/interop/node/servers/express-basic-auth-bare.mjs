import express from 'express'
import basicAuth from 'express-basic-auth'

/** The first example of its manual: users and nothing else. */
export const start = ({ accounts }) => {
  const app = express()
  const users = Object.fromEntries(accounts.map(({ user, password }) => [user, password]))
  app.use('/protected', basicAuth({ users }))
  app.get('/protected', (request, response) => {
    response.json({ user: request.auth.user })
  })
  app.get('/public', (_request, response) => {
    response.json({ public: true })
  })
  return app
}
