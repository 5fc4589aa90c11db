import { errors, importSPKI, jwtVerify } from 'jose'
import { protectedBy } from './bearer.mjs'

/** Refuses what is malformed or expired, and has no answer to a token that somebody forged. */
export const start = async ({ publicKey, alg, issuer, audience, realm }) => {
  const key = await importSPKI(publicKey, alg)
  const options = { algorithms: [alg], issuer, audience }
  const expected = [errors.JWSInvalid, errors.JWTInvalid, errors.JWTExpired]
  const onError = (error) => (expected.some((kind) => error instanceof kind) ? 401 : 500)
  return protectedBy(
    async (token) => (await jwtVerify(token, key, options)).payload,
    realm,
    onError,
  )
}
