import jwt from 'jsonwebtoken'
import { protectedBy } from './bearer.mjs'

/**
 * Deliberately vulnerable: no list of algorithms, and a look-up that finds no key for an algorithm
 * that none is for. Before 9.0.0 an unsigned token without a key was taken for verified.
 */
export const start = ({ publicKey, alg, kid, issuer, audience, realm }) => {
  const keys = [{ kid, alg, pem: publicKey }]
  const keyFor = (header, done) => {
    const found = keys.find((key) => key.kid === header.kid && key.alg === header.alg)
    done(null, found?.pem)
  }
  const verify = (token) =>
    new Promise((resolve, reject) => {
      jwt.verify(token, keyFor, { issuer, audience }, (error, claims) =>
        error ? reject(error) : resolve(claims),
      )
    })
  return protectedBy(verify, realm)
}
