/** HMACs that are shorter, longer or made otherwise than RFC 7518 §3.2 says. */
import { createHash, createHmac } from 'node:crypto'
import { METHODS } from '../algorithms.ts'
import type { Forgery, Need } from './forgery.ts'

const WHOLE = 'the whole of it is compared (RFC 7518 §3.2)'

export const hmacForgeries: readonly Forgery[] = [
  of('hmac-half', ['valid-signature'], `it is the first half; ${WHOLE}`, (mac) =>
    mac.subarray(0, mac.length / 2),
  ),
  of('hmac-one-octet', ['valid-signature'], `it is the first octet; ${WHOLE}`, (mac) =>
    mac.subarray(0, 1),
  ),
  of('hmac-short', ['valid-signature'], `the last octet is missing; ${WHOLE}`, (mac) =>
    mac.subarray(0, -1),
  ),
  of('hmac-long', ['valid-signature'], 'a zero octet follows', (mac) =>
    Buffer.concat([mac, Buffer.alloc(1)]),
  ),
  of('hmac-hex', ['valid-signature'], 'it is the hexadecimal text of the HMAC', (mac) =>
    Buffer.from(mac.toString('hex')),
  ),
  {
    id: 'hmac-other-hash',
    families: ['hmac'],
    needs: ['private-key'],
    wrong: 'it is made with another hash and cut or filled to the right length',
    make: ({ alg, input, privateKey, valid }) => {
      const { hash } = METHODS[alg]
      if (privateKey === undefined || hash === undefined) return undefined
      const other = hash === 'sha512' ? 'sha256' : 'sha512'
      const mac = createHmac(other, privateKey).update(input).digest()
      const length = valid?.length ?? createHash(hash).digest().length
      return Buffer.concat([mac, Buffer.alloc(length)]).subarray(0, length)
    },
  },
  {
    id: 'hmac-plain-hash',
    families: ['hmac'],
    needs: [],
    wrong: 'it is the hash of the text without any secret',
    make: ({ alg, input }) => {
      const { hash } = METHODS[alg]
      return hash && createHash(hash).update(input).digest()
    },
  },
]

function of(
  id: string,
  needs: readonly Need[],
  wrong: string,
  change: (mac: Buffer) => Buffer,
): Forgery {
  return {
    id,
    families: ['hmac'],
    needs,
    wrong,
    make: ({ valid }) => valid && change(Buffer.from(valid)),
  }
}
