/** Granted answers that say too much, are kept too long or reach the wrong reader. */
import { type Reply, valuesOf } from '../http/types.ts'
import { jsonReply } from '../http/write.ts'
import { answers, around, type Change, type Defect, withField } from './types.ts'

const range = 'rfc9110#14.2-range-not-evaluated-without-auth'
const precondition = 'rfc9110#13.2.1-no-precondition-result-without-auth'

/** Changes granted answers. */
const granted = (change: (reply: Reply) => Reply): Change =>
  answers((rules) => ({
    granted: (policy, request, route) => change(rules.granted(policy, request, route)),
  }))

const caching: readonly Defect[] = [
  {
    id: 'granted-public',
    does: 'Gives every cache leave to keep the protected page.',
    breaks: 'should',
    clauses: ['rfc9111#3.5-no-accidental-public'],
    change: answers(() => ({ cacheFields: [['Cache-Control', 'public, max-age=600']] })),
  },
  {
    id: 'granted-without-cache-control',
    does: 'Does not say that the protected page is private.',
    breaks: 'may',
    clauses: ['rfc9111#5.2.2.7-private-on-user-specific'],
    change: answers(() => ({ cacheFields: [] })),
  },
  {
    id: 'cookie-without-cache-control',
    does: 'Sets a session cookie and says nothing to caches.',
    breaks: 'should',
    clauses: ['rfc9111#7.3-sensitive-responses-cache-control'],
    besides: 'benign-cookie',
    change: answers(() => ({
      cacheFields: [['Set-Cookie', 'session=demo; HttpOnly; SameSite=Strict; Path=/']],
    })),
  },
]

const fields: readonly Defect[] = [
  {
    id: 'authentication-info-malformed',
    does: 'Sends Authentication-Info that is no list of parameters.',
    breaks: 'must',
    clauses: ['rfc9110#11.6.3-authentication-info-grammar'],
    besides: 'authentication-info-in-clear',
    change: granted((reply) => withField(reply, 'Authentication-Info', 'logged in; realm: "x"')),
  },
  {
    id: 'authentication-info-in-clear',
    does: 'Sends Authentication-Info over an unencrypted connection.',
    breaks: 'should',
    clauses: ['rfc9110#17.16.4-authentication-info-over-cleartext'],
    change: granted((reply) => withField(reply, 'Authentication-Info', 'rspauth="6a4f", qop=auth')),
  },
  {
    id: 'challenge-on-granted',
    does: 'Sends its challenge on granted answers as well.',
    breaks: 'may',
    clauses: ['rfc9110#11.6.1-www-authenticate-on-other-status'],
    change: granted((reply) =>
      withField(reply, 'WWW-Authenticate', 'Basic realm="Reference", charset="UTF-8"'),
    ),
  },
  {
    id: 'vary-authorization',
    does: 'Lists Authorization in Vary on granted answers.',
    breaks: 'may',
    clauses: ['rfc9110#12.5.5-vary-authorization-unneeded'],
    besides: 'benign-vary',
    change: granted((reply) => withField(reply, 'Vary', 'Authorization')),
  },
  {
    id: 'userinfo-in-content-location',
    does: 'Writes the user-id into the URL of Content-Location.',
    breaks: 'must',
    clauses: ['rfc9110#4.2.4-no-userinfo-generated'],
    besides: 'benign-content-location',
    change: granted((reply) =>
      withField(reply, 'Content-Location', 'http://demo@127.0.0.1/protected'),
    ),
  },
]

const evaluations: readonly Defect[] = [
  {
    id: 'precondition-before-access',
    does: 'Answers If-None-Match with 304 before it looks at credentials.',
    breaks: 'must',
    clauses: [precondition],
    change: around(() => async (request, next) => {
      const asked = valuesOf(request.fields, 'if-none-match').length > 0
      const reply = await next(request)
      return asked && reply.status === 401
        ? { status: 304, fields: [['ETag', '"reference-1"']], body: '' }
        : reply
    }),
  },
  {
    id: 'match-before-access',
    does: 'Answers If-Match with 412 before it looks at credentials.',
    breaks: 'must',
    clauses: [precondition],
    change: around(() => async (request, next) => {
      const asked = valuesOf(request.fields, 'if-match').some((value) => value !== '*')
      const reply = await next(request)
      return asked && reply.status === 401
        ? jsonReply(412, { error: 'precondition-failed', message: 'The page has another tag.' })
        : reply
    }),
  },
  {
    id: 'range-before-access',
    does: 'Serves a range of the protected page without credentials.',
    breaks: 'must',
    clauses: [range],
    change: around(() => async (request, next, policy) => {
      const [wanted] = valuesOf(request.fields, 'range')
      const reply = await next(request)
      if (wanted === undefined || reply.status !== 401) return reply
      const route = policy.routes.route(request.target)
      const whole = policy.answers.granted(policy, request, route)
      const [, from = '0', to = '0'] = /^bytes=(\d+)-(\d*)$/.exec(wanted) ?? []
      const body = whole.body.slice(Number(from), Number(to || whole.body.length) + 1)
      if (body === '') {
        const size: [string, string] = ['Content-Range', `bytes */${whole.body.length}`]
        return { ...jsonReply(416, { error: 'range', message: 'No such range.' }, [size]) }
      }
      const part = `bytes ${from}-${Number(from) + body.length - 1}/${whole.body.length}`
      return { ...withField(whole, 'Content-Range', part), status: 206, body }
    }),
  },
]

const spaces: readonly Defect[] = [
  {
    id: 'pages-below-refuse',
    does: 'Refuses below the protected page the credentials that the page itself accepts.',
    breaks: 'should',
    clauses: ['rfc7617#2.2-path-prefix-scope', 'rfc9110#11.6.2-same-credentials-within-realm'],
    change: around(() => (request, next, policy) => {
      const { kind, guarded } = policy.routes.route(request.target)
      return guarded && kind !== 'protected' && request.method !== 'OPTIONS'
        ? policy.answers.refused(policy, request, 'unknown-user')
        : next(request)
    }),
  },
  {
    id: 'query-refuses',
    does: 'Refuses good credentials when the URL has a query.',
    breaks: 'should',
    clauses: ['rfc7617#2.2-path-prefix-scope'],
    change: around(() => async (request, next, policy) => {
      const reply = await next(request)
      return request.target.query !== undefined && reply.status === 200
        ? policy.answers.refused(policy, request, 'wrong-password')
        : reply
    }),
  },
  {
    id: 'unasked-credentials-refused',
    does: 'Refuses credentials for a URL for which it has asked nobody yet.',
    breaks: 'should',
    clauses: ['rfc7617#2.2-preemptive-authorization'],
    change: around(() => {
      const asked = new Set<string>()
      return async (request, next, policy) => {
        const { path, query = '' } = request.target
        const url = `${path}?${query}`
        const reply = await next(request)
        const credentials = valuesOf(request.fields, 'authorization').length > 0
        if (!credentials && reply.status === 401) asked.add(url)
        return credentials && reply.status === 200 && !asked.has(url)
          ? policy.answers.refused(policy, request, 'missing')
          : reply
      }
    }),
  },
  {
    id: 'connection-remembers-refusal',
    does: 'Refuses everything on a connection on which it has refused a request.',
    breaks: 'must',
    clauses: ['rfc9110#3.3-no-connection-bound-identity'],
    change: (policy) => {
      const spoilt = new WeakSet<object>()
      return {
        ...policy,
        authenticate: async (whole, request) => {
          const verdict = await policy.authenticate(whole, request)
          if (spoilt.has(request.connection)) return { refused: 'wrong-password' }
          if ('refused' in verdict) spoilt.add(request.connection)
          return verdict
        },
      }
    },
  },
  {
    id: 'connection-remembers',
    does: 'Remembers a log-in for the rest of the connection and asks for no more credentials.',
    breaks: 'must',
    clauses: ['rfc9110#3.3-no-connection-bound-identity'],
    change: (policy) => {
      const known = new WeakSet<object>()
      return {
        ...policy,
        authenticate: async (whole, request) => {
          const verdict = await policy.authenticate(whole, request)
          if ('account' in verdict) {
            known.add(request.connection)
            return verdict
          }
          const [account] = whole.access.accounts
          return known.has(request.connection) && account ? { account } : verdict
        },
      }
    },
  },
]

export const grantedAnswers: readonly Defect[] = [...caching, ...fields, ...evaluations, ...spaces]
