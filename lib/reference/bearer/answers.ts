/** The answers of a conforming site, after RFC 6750 §3. */
import type { Json } from '../../model/json.ts'
import { jsonReply } from '../http/write.ts'
import { audience, issuer } from './issuer.ts'
import type { AnswerRules, Param, Reason, Route } from './types.ts'

const malformed: readonly Reason[] = [
  'no-token',
  'not-a-token',
  'duplicate',
  'two-methods',
  'repeated-parameter',
  'unreadable',
]

/** Nothing that a bearer token could have been wrong in was sent. */
const silent: readonly Reason[] = ['missing', 'no-scheme', 'other-scheme']

/** The code of RFC 6750 §3.1 for a refusal; undefined where no token was sent. */
export const errorFor = (reason: Reason): 'invalid_request' | 'invalid_token' | undefined => {
  if (silent.includes(reason)) return undefined
  return malformed.includes(reason) ? 'invalid_request' : 'invalid_token'
}

const messages = {
  unauthorized: 'This needs a token. Send one in the Authorization field, after Bearer.',
  invalid_request: 'There has to be exactly one token, in the Authorization field.',
  invalid_token: 'This token is not good here. Get a new one from the issuer.',
  insufficient_scope: 'This token is good, and it does not reach this far.',
} as const

const realm: Param = ['realm', 'Reference']

const failed = (code: Exclude<keyof typeof messages, 'unauthorized'>): readonly Param[] => [
  realm,
  ['error', code],
  ['error_description', messages[code]],
]

const challenged = (values: readonly string[]): [string, string][] =>
  values.map((value) => ['WWW-Authenticate', value])

const allowField = (route: Route): [string, string] => ['Allow', route.allow.join(', ')]

/** A Bearer challenge with these parameters. */
export const bearerChallenge = (params: readonly Param[]): string =>
  `Bearer ${params.map(([name, value]) => `${name}="${value}"`).join(', ')}`

/** What a conforming site says of its protected page, under the name it has in the world (RFC 9728 §2). */
export const metadata: Readonly<Record<string, Json>> = {
  resource: `${audience}protected`,
  authorization_servers: [issuer],
  jwks_uri: `${audience}jwks.json`,
  scopes_supported: ['read', 'reports'],
  bearer_methods_supported: ['header'],
}

/** How a conforming site that publishes this key set answers. */
export const strictAnswers = (keySet: Readonly<Record<string, unknown>>): AnswerRules => ({
  params: (reason) => {
    const code = errorFor(reason)
    return code === undefined ? [realm] : failed(code)
  },
  scopeParams: (scope) => [...failed('insufficient_scope'), ['scope', scope]],
  challenges: (params) => [bearerChallenge(params)],
  status: (reason) => (errorFor(reason) === 'invalid_request' ? 400 : 401),
  refused: ({ answers }, _request, reason) => {
    const error = errorFor(reason) ?? 'unauthorized'
    const fields = challenged(answers.challenges(answers.params(reason)))
    return jsonReply(answers.status(reason), { error, message: messages[error] }, fields)
  },
  forbidden: ({ answers }, _request, scope) => {
    const error = 'insufficient_scope'
    const fields = challenged(answers.challenges(answers.scopeParams(scope)))
    return jsonReply(403, { error, message: messages[error] }, fields)
  },
  granted: ({ answers }, _request, route) =>
    jsonReply(200, { resource: route.kind, ok: true }, answers.cacheFields),
  open: () => ({ status: 200, fields: [['Content-Type', 'text/plain']], body: 'Open to all.\n' }),
  keySet: () => ({
    ...jsonReply(200, keySet, [['Cache-Control', 'public, max-age=60']]),
  }),
  metadata: () => jsonReply(200, metadata),
  options: (route) => ({ status: 204, fields: [allowField(route)], body: '' }),
  notImplemented: () =>
    jsonReply(501, { error: 'not-implemented', message: 'No such method is known here.' }),
  notAllowed: (route) =>
    jsonReply(
      405,
      { error: 'method-not-allowed', message: 'This page can only be read, now and later.' },
      [allowField(route)],
    ),
  notFound: () => jsonReply(404, { error: 'not-found', message: 'There is nothing here.' }),
  cacheFields: [['Cache-Control', 'private, no-store']],
})
