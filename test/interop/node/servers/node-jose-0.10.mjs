import jose from 'node-jose'
import { protectedBy } from './bearer.mjs'

const isNow = ({ exp = Infinity, nbf = 0 }) => {
  const now = Date.now() / 1000
  return nbf <= now && now < exp
}

/**
 * Deliberately vulnerable: before 0.11.0 a key in the header of a token was preferred to those of
 * the key store (CVE-2018-0114). Claims are the caller's business with this library.
 */
export const start = async ({ publicJwk, issuer, audience, realm }) => {
  const store = jose.JWK.createKeyStore()
  await store.add(publicJwk)
  const verify = async (token) => {
    const { payload } = await jose.JWS.createVerify(store).verify(token)
    const claims = JSON.parse(payload.toString('utf8'))
    const isOurs = claims.iss === issuer && [claims.aud].flat().includes(audience)
    if (!isOurs || !isNow(claims)) throw new Error('The token is not for us, or not for now.')
    return claims
  }
  return protectedBy(verify, realm)
}
