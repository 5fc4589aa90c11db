import { constants, createHash, privateEncrypt, sign } from 'node:crypto'
import {
  type BearerRow,
  bearing,
  letIn,
  minted,
  showBearerDifferences,
} from '../../bearer/ask.test.helper.ts'
import { rsa } from './rsa.ts'

const sha256 = '3031300d060960864801650304020105000420'

/** A signature that holds these octets, the rest of the modulus filled up. */
const holding = (
  content: (digest: string, fill: (rest: string, octet?: string) => string) => string,
): BearerRow =>
  letIn({
    sign: (input, { signingKey }) => {
      const digest = createHash('sha256').update(input).digest('hex')
      const fill = (rest: string, octet = 'ff'): string => octet.repeat(256 - 3 - rest.length / 2)
      const key = { key: signingKey.privateKey, padding: constants.RSA_NO_PADDING }
      return privateEncrypt(key, Buffer.from(content(digest, fill), 'hex'))
    },
  })

const big = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)

showBearerDifferences(rsa, {
  'jwt-rsa-nothing-compared': letIn({ signature: (bytes) => Buffer.alloc(bytes.length) }),
  'jwt-rsa-tail-ignored': holding((digest) =>
    `0001${'ff'.repeat(8)}00${sha256}${digest}`.padEnd(512, 'a5'),
  ),
  'jwt-rsa-padding-unchecked': holding((digest, fill) => {
    const rest = `${sha256}${digest}`
    return `0001${fill(rest).replace(/^(?:ff){9}/, `${'ff'.repeat(8)}fe`)}00${rest}`
  }),
  'jwt-rsa-block-type-ignored': holding((digest, fill) => {
    const rest = `${sha256}${digest}`
    return `0002${fill(rest, '5a')}00${rest}`
  }),
  'jwt-rsa-bare-hash-accepted': holding((digest, fill) => `0001${fill(digest)}00${digest}`),
  'jwt-rsa-hash-unbound': letIn({ signedWith: 'RS512' }),
  'jwt-rsa-unreduced-accepted': {
    // Whether the sum fits is a matter of luck, so claims are changed until it does.
    send: (server) => {
      const modulus = big(Buffer.from(String(server.signingKey.publicJwk?.n), 'base64url'))
      for (let count = 0; ; count += 1) {
        const token = minted(server, { claims: { count } })
        const [head, payload, text = ''] = token.split('.')
        const sum = (big(Buffer.from(text, 'base64url')) + modulus).toString(16)
        if (sum.length > 512) continue
        const bytes = Buffer.from(sum.padStart(512, '0'), 'hex')
        return bearing(`${head}.${payload}.${bytes.toString('base64url')}`)
      }
    },
    plain: '401',
    mutated: '200',
  },
  'jwt-rsa-pss-as-pkcs1': letIn({ signedWith: 'PS256' }),
  'jwt-pss-any-salt': letIn({
    sign: (input, { signingKey }) =>
      sign('sha256', input, {
        key: signingKey.privateKey,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: 0,
      }),
  }),
})
