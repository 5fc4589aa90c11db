// FreeSewing's authentication as its backend wires it: two strategies, and the path says which.
import cors from 'cors'
import express from 'express-of-freesewing'
import jwt from 'jsonwebtoken-9'
import { BasicStrategy } from 'passport-http'
import { ExtractJwt, Strategy as JwtStrategy } from 'passport-jwt'
import passport from 'passport-of-freesewing'

/** `safe`: an unknown key is refused; else it is dereferenced, as in the original. */
export const start = ({ keys, people, secret, safe }) => {
  const app = express()
  app.use(express.json({ limit: '12mb' }))
  app.use(cors())
  const strategies = new passport.Passport()
  const about = { issuer: 'freesewing.org', audience: 'backend.freesewing.test/main' }
  strategies.use(
    new BasicStrategy(async (key, password, done) => {
      const found = keys.find((one) => one.key === key)
      if (safe && found === undefined) return done(null, false)
      return done(null, found.secret === password ? { username: key } : false)
    }),
  )
  strategies.use(
    new JwtStrategy(
      { jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: secret, ...about },
      ({ username }, done) => {
        const person = people.find((one) => one.username === username)
        return done(null, person === undefined ? false : { username })
      },
    ),
  )
  const by = (name) => strategies.authenticate(name, { session: false })
  const account = ({ user }, response) =>
    response.json({ result: 'success', account: { id: 1, username: user.username } })
  for (const path of ['/account', '/whoami']) {
    app.get(`${path}/key`, by('basic'), account)
    app.get(`${path}/jwt`, by('jwt'), account)
  }
  const trouble = (response, status, error) =>
    response.status(status).json({ result: 'error', error })
  app.post('/signin', ({ body }, response) => {
    if (Object.keys(body).length === 0) return trouble(response, 400, 'postBodyMissing')
    if (!body.username) return trouble(response, 400, 'usernameMissing')
    if (!body.password) return trouble(response, 400, 'passwordMissing')
    const person = people.find((one) => one.username === body.username)
    if (person?.password !== body.password) return trouble(response, 401, 'signInFailed')
    const claims = {
      _id: 1,
      username: person.username,
      role: 'user',
      status: 1,
      aud: about.audience,
    }
    const token = jwt.sign({ ...claims, iss: about.issuer }, secret, { expiresIn: '7d' })
    return response.json({
      result: 'success',
      token,
      account: { id: 1, username: person.username },
    })
  })
  app.get('/', (_request, response) => response.type('html').send('FreeSewing'))
  return app
}
