import express from 'express'
import passport from 'passport'
import { ExtractJwt, Strategy } from 'passport-jwt'

/** A strategy that knows one key and looks the subject up, without sessions. */
export const start = ({ publicKey, alg, issuer, audience }) => {
  const app = express()
  const strategies = new passport.Passport()
  const options = {
    jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
    secretOrKey: publicKey,
    algorithms: [alg],
    issuer,
    audience,
  }
  strategies.use(new Strategy(options, ({ sub }, done) => done(null, sub ? { name: sub } : false)))
  app.get('/protected', strategies.authenticate('jwt', { session: false }), (request, response) => {
    response.json({ user: request.user.name })
  })
  app.get('/public', (_request, response) => {
    response.json({ public: true })
  })
  return app
}
