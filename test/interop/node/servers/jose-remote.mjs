import { createRemoteJWKSet, jwtVerify } from 'jose'
import { protectedBy } from './bearer.mjs'

/** The key set of an issuer by its URL, with the issuer and the audience that go with it. */
export const start = ({ keySet, lifetime, issuer, audience, realm }) => {
  const keys = createRemoteJWKSet(new URL(keySet), {
    cooldownDuration: 50,
    cacheMaxAge: lifetime,
    timeoutDuration: 1000,
  })
  const options = { issuer, audience }
  return protectedBy(async (token) => (await jwtVerify(token, keys, options)).payload, realm)
}
