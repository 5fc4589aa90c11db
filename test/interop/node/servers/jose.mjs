import { importSPKI, jwtVerify } from 'jose'
import { protectedBy } from './bearer.mjs'

/** One key, and the algorithm, the issuer and the audience that go with it. */
export const start = async ({ publicKey, alg, issuer, audience, realm }) => {
  const key = await importSPKI(publicKey, alg)
  const options = { algorithms: [alg], issuer, audience }
  return protectedBy(async (token) => (await jwtVerify(token, key, options)).payload, realm)
}
