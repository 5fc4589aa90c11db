// What a small server without a framework has around its verifier: routes, the field, the answers.

/** The token of the Authorization field by the grammar of RFC 6750 §2.1, if there is one. */
const tokenOf = ({ headers }) => /^bearer +([\w.~+/-]+=*)$/i.exec(headers.authorization ?? '')?.[1]

const json = (response, status, value, fields = {}) => {
  response.writeHead(status, { 'Content-Type': 'application/json', ...fields })
  response.end(JSON.stringify(value))
}

/**
 * A listener that asks `verify` for the claims of a token. `onError` says what is answered to a
 * token that it throws for.
 */
export const protectedBy = (verify, realm, onError = () => 401) => {
  const challenge = `Bearer realm="${realm}"`
  const refuse = (response, more = '') =>
    json(response, 401, { error: 'unauthorized' }, { 'WWW-Authenticate': challenge + more })
  return async (request, response) => {
    const path = request.url.split('?')[0]
    if (path === '/public') return json(response, 200, { public: true })
    if (path !== '/protected') return json(response, 404, { error: 'not found' })
    const token = tokenOf(request)
    if (token === undefined) return refuse(response)
    try {
      const { sub } = await verify(token)
      return json(response, 200, { user: sub ?? null })
    } catch (error) {
      const status = onError(error)
      if (status !== 401) return json(response, status, { error: 'internal' })
      return refuse(response, ', error="invalid_token"')
    }
  }
}
