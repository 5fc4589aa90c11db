import { constants, privateEncrypt, publicDecrypt } from 'node:crypto'
import { makeSignature } from '../../bearer/algorithms.ts'
import { letIn, showBearerDifferences } from '../../bearer/ask.test.helper.ts'
import { pss } from './pss.ts'

const padding = constants.RSA_NO_PADDING

showBearerDifferences(pss, {
  'jwt-pss-trailer-ignored': letIn({
    sign: (input, { signingKey: { privateKey, publicKey } }) => {
      const right = makeSignature('PS256', privateKey, input)
      const encoded = publicDecrypt({ key: publicKey, padding }, right)
      return privateEncrypt(
        { key: privateKey, padding },
        Buffer.concat([encoded.subarray(0, -1), Buffer.from([0xcc])]),
      )
    },
  }),
})
