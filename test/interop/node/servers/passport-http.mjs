import express from 'express'
import passport from 'passport'
import { BasicStrategy } from 'passport-http'

/** A strategy that looks the user up and compares the password, without sessions. */
export const start = ({ accounts, realm }) => {
  const app = express()
  const strategies = new passport.Passport()
  strategies.use(
    new BasicStrategy({ realm }, (name, secret, done) => {
      const found = accounts.find(({ user }) => user === name)
      done(null, found !== undefined && found.password === secret ? { name } : false)
    }),
  )
  app.get(
    '/protected',
    strategies.authenticate('basic', { session: false }),
    (request, response) => {
      response.json({ user: request.user.name })
    },
  )
  app.get('/public', (_request, response) => {
    response.json({ public: true })
  })
  return app
}
