import { generateKeyPairSync } from 'node:crypto'
import { makeSignature } from '../../bearer/algorithms.ts'
import {
  asking,
  type BearerRow,
  bearing,
  keptOut,
  letIn,
  type Making,
  minted,
  showBearerDifferences,
} from '../../bearer/ask.test.helper.ts'
import { accessTokens } from './access-tokens.ts'

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

/** A token that somebody else has signed. */
const forged: Making = { sign: (input) => makeSignature('ES256', privateKey, input) }

const refused = (mutated: string): BearerRow => ({ send: asking(forged), plain: '401', mutated })

/** Two tokens, of which the server takes the first alone. */
const firstAlone = (...makings: readonly [Making, Making]): BearerRow => ({
  send: (server) => makings.map((making) => bearing(minted(server, making))),
  plain: '200 200',
  mutated: '200 401',
})

const withoutTyp: Making = { header: { typ: undefined } }

showBearerDifferences(accessTokens, {
  'at-jwt-typ-ignored': letIn({ header: { typ: 'logout+jwt' } }),
  'at-jwt-jwt-accepted': firstAlone({ header: { typ: 'JWT' } }, withoutTyp),
  'at-jwt-exp-absent-accepted': letIn({ claims: { exp: undefined } }),
  'at-jwt-client-absent-accepted': firstAlone(
    { claims: { client_id: undefined } },
    { claims: { jti: undefined } },
  ),
  'at-jwt-error-missing': {
    send: asking(forged),
    see: 'WWW-Authenticate',
    plain:
      'Bearer realm="Reference", error="invalid_token", error_description="This token is not good here. Get a new one from the issuer."',
    mutated: 'Bearer realm="Reference"',
  },
  'at-jwt-challenge-missing': refused('403'),
  'at-jwt-refused-with-403': refused('403'),
  // What it gives out has no signature, and with one it is another text.
  'at-jwt-issued-unsecured': {
    send: (server) => [bearing(server.token), bearing(minted(server))],
    plain: '200 200',
    mutated: '200 401',
  },
  'at-jwt-issued-long-typ': keptOut(withoutTyp),
  'at-jwt-issued-without-client': firstAlone({}, withoutTyp),
})
