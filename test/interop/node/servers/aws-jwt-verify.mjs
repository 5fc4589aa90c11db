import { JwtVerifier } from 'aws-jwt-verify'
import { SimpleJwksCache, SimplePenaltyBox } from 'aws-jwt-verify/jwk'
import { protectedBy } from './bearer.mjs'

/** Its own fetcher speaks HTTPS alone and follows no redirect; the manual has others brought like this. */
const fetcher = {
  fetch: async (uri) => {
    const signal = AbortSignal.timeout(1000)
    const answer = await fetch(uri, { redirect: 'error', signal })
    if (answer.status !== 200) throw new Error(`Status code is ${answer.status}, expected 200`)
    return answer.arrayBuffer()
  },
}

/** The key set of an issuer by its URL, with the issuer and the audience that go with it. */
export const start = ({ keySet, issuer, audience, realm }) => {
  const penaltyBox = new SimplePenaltyBox({ waitSeconds: 0.05 })
  const verifier = JwtVerifier.create(
    { issuer, audience, jwksUri: keySet },
    { jwksCache: new SimpleJwksCache({ fetcher, penaltyBox }) },
  )
  return protectedBy((token) => verifier.verify(token), realm)
}
