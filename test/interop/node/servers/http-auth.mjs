import { createHash } from 'node:crypto'
import auth from 'http-auth'

/** A password file of SHA-1 lines, as htpasswd -s writes them. */
export const start = ({ accounts, realm }) => {
  const sha = (text) => createHash('sha1').update(text).digest('base64')
  const lines = accounts.map(({ user, password }) => `${user}:{SHA}${sha(password)}`)
  const basic = auth.basic({ realm, file: () => lines.join('\n') })
  const guarded = basic.check((request, response) => {
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify({ user: request.user }))
  })
  return (request, response) => {
    if (request.url === '/public') response.end('public')
    else guarded(request, response)
  }
}
