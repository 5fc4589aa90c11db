/** Tokens taken from places that are not the Authorization field (RFC 6750 §2.2 and §2.3). */

import { isObject, parseJson } from '../../bearer/json.ts'
import type { AccessRules, Carried, Granted, Route } from '../../bearer/types.ts'
import { isFault, type Request, valuesOf } from '../../http/types.ts'
import { withField } from '../types.ts'
import { saying } from './metadata.ts'
import { access, answers, around, type BearerChange, type BearerDefect, both } from './types.ts'

const conditions = 'rfc6750#2.2-form-method-conditions'
const noQuery = 'rfc9700#4.3.2-no-query-tokens'

/** Looks in a second place when the Authorization field is absent. */
export const alsoFrom = (
  look: (carried: Carried, request: Request) => string | undefined | Promise<string | undefined>,
): BearerChange =>
  access(({ locate }) => ({
    locate: async (rules: AccessRules, request) => {
      const found = await locate(rules, request)
      if (!('refused' in found) || found.refused !== 'missing') return found
      const carried = await rules.carried(request)
      const token = 'refused' in carried ? undefined : await look(carried, request)
      return token === undefined ? found : { token }
    },
  }))

const fromJson = async (request: Request): Promise<string | undefined> => {
  const [type = ''] = valuesOf(request.fields, 'content-type')
  if (!/^application\/json\b/i.test(type)) return undefined
  const content = await request.content()
  const value = isFault(content) ? undefined : parseJson(content.body)
  return isObject(value) && typeof value.access_token === 'string' ? value.access_token : undefined
}

const fromCookie = (request: Request): string | undefined =>
  valuesOf(request.fields, 'cookie')
    .flatMap((value) => value.split(/; */))
    .map((pair) => /^(?:access_token|token|jwt)=(.+)$/.exec(pair)?.[1])
    .find((token) => token !== undefined)

/** Answers the protected pages to POST as well as to GET. */
export const postServed: BearerChange = (policy) => ({
  ...policy,
  routes: {
    ...policy.routes,
    route: (target): Route => {
      const route = policy.routes.route(target)
      return route.guarded ? { ...route, allow: [...route.allow, 'POST'] } : route
    },
  },
})

/** Passes over other tokens where the Authorization field has one. */
const fieldFirst: BearerChange = access(({ locate }) => ({
  locate: async (rules, request) => {
    const found = await locate(rules, request)
    if (!('refused' in found) || found.refused !== 'two-methods') return found
    const nothing: Carried = { query: [], form: [] }
    return locate({ ...rules, carried: async () => nothing }, request)
  },
}))

/** Takes the token from the query as well, and says so. */
const fromQuery: BearerChange = both(
  alsoFrom(({ query }) => query[0]),
  saying({ bearer_methods_supported: ['header', 'query'] }),
)

export const places: readonly BearerDefect[] = [
  {
    id: 'bearer-query-accepted',
    does: 'Takes the token from the query of the URL.',
    breaks: 'should',
    clauses: [noQuery, 'rfc6750#5.3-no-tokens-in-page-urls'],
    change: fromQuery,
  },
  {
    id: 'bearer-query-answer-cacheable',
    does: 'Takes the token from the query and does not say that the answer is private.',
    breaks: 'should',
    clauses: ['rfc6750#2.3-query-response-private'],
    besides: 'bearer-query-accepted',
    change: both(
      fromQuery,
      around(() => async (request, next) => {
        const reply = await next(request)
        if (request.target.query === undefined || reply.status !== 200) return reply
        const fields = reply.fields.filter(([name]) => name.toLowerCase() !== 'cache-control')
        return { ...reply, fields: [...fields, ['Cache-Control', 'max-age=600']] }
      }),
    ),
  },
  {
    id: 'bearer-form-with-get-accepted',
    does: 'Takes the token from form content, with GET as well.',
    breaks: 'should',
    clauses: [conditions],
    change: alsoFrom(({ form }) => form[0]),
  },
  {
    id: 'bearer-json-content-accepted',
    does: 'Takes the token from JSON content.',
    breaks: 'should',
    clauses: [conditions],
    change: both(
      alsoFrom((_carried, request) => fromJson(request)),
      postServed,
    ),
  },
  {
    id: 'bearer-cookie-accepted',
    does: 'Takes the token from a cookie.',
    breaks: 'may',
    clauses: ['rfc6750#5.3-csrf-when-cookie'],
    change: alsoFrom((_carried, request) => fromCookie(request)),
  },
  {
    id: 'bearer-token-in-cookie',
    does: 'Hands the token back in a cookie that browsers send over http as well.',
    breaks: 'should',
    clauses: ['rfc6750#5.3-no-cleartext-cookies'],
    change: around(() => async (request, next) => {
      const reply = await next(request)
      const [, token] =
        /^bearer +(.+)$/i.exec(valuesOf(request.fields, 'authorization')[0] ?? '') ?? []
      if (token === undefined || reply.status !== 200) return reply
      return withField(reply, 'Set-Cookie', `session=${token}; Path=/; HttpOnly; SameSite=Lax`)
    }),
  },
  {
    id: 'bearer-two-methods-accepted',
    does: 'Takes the token from the query, unless there is one in the Authorization field as well.',
    breaks: 'should',
    clauses: ['rfc6750#2-single-method-per-request', 'rfc6750#3.1-invalid-request-400'],
    besides: 'bearer-query-accepted',
    change: both(fromQuery, fieldFirst),
  },
  {
    id: 'bearer-query-unlisted',
    does: 'Takes the token from the query and does not list that in its metadata.',
    breaks: 'should',
    clauses: ['rfc9728#2-bearer-methods-truthful'],
    besides: 'bearer-query-accepted',
    change: alsoFrom(({ query }) => query[0]),
  },
  {
    id: 'bearer-connection-remembers',
    does: 'Remembers a token for the rest of the connection and asks for no other.',
    breaks: 'must',
    clauses: [
      'rfc9110#3.3-no-connection-bound-identity',
      'rfc6750#1.3-token-validated-before-serving',
    ],
    change: (policy) => {
      const known = new WeakMap<object, Granted>()
      return {
        ...policy,
        authenticate: async (whole, request) => {
          const verdict = await policy.authenticate(whole, request)
          if (!('refused' in verdict)) known.set(request.connection, verdict)
          return known.get(request.connection) ?? verdict
        },
      }
    },
  },
  {
    id: 'bearer-head-open',
    does: 'Asks for a token on GET and not on HEAD.',
    breaks: 'must',
    clauses: [
      'rfc6750#1.3-token-validated-before-serving',
      'rfc9110#11.4-401-when-credentials-missing',
    ],
    change: around(() => (request, next, policy) => {
      const route = policy.routes.route(request.target)
      return request.method === 'HEAD' && route.kind === 'protected'
        ? policy.answers.granted(policy, request, route)
        : next(request)
    }),
  },
  {
    id: 'bearer-granted-public',
    does: 'Gives every cache leave to keep the protected page.',
    breaks: 'should',
    clauses: ['rfc9111#3.5-no-accidental-public'],
    change: answers(() => ({ cacheFields: [['Cache-Control', 'public, max-age=600']] })),
  },
]
