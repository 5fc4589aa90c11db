/** Legitimate but unusual servers. None of them breaks a MUST, and none may be told it does. */
import type { Reply } from '../http/types.ts'
import { valuesOf } from '../http/types.ts'
import { jsonReply } from '../http/write.ts'
import { slowDown, soon, tooMany } from './sizes.ts'
import {
  access,
  answers,
  around,
  type Change,
  http,
  refusals,
  type Variation,
  withField,
  without,
} from './types.ts'

const basic = 'Basic realm="Reference", charset="UTF-8"'

const says = (...lines: readonly string[]): Change => answers(() => ({ challenges: () => lines }))

/** Touches every answer of the site before it is put into bytes. */
const finishing = (change: (reply: Reply, method: string) => Reply): Change =>
  http(({ finish }) => ({ finish: (reply, method) => finish(change(reply, method), method) }))

/** Adds a field line to granted answers. */
const onGranted = (name: string, value: string): Change =>
  answers(({ granted }) => ({
    granted: (policy, request, route) => withField(granted(policy, request, route), name, value),
  }))

const challenges: readonly Variation[] = [
  {
    id: 'benign-challenges-one-line',
    does: 'Offers Basic and Bearer in one field line.',
    clauses: [],
    change: says(`${basic}, Bearer realm="Reference"`),
  },
  {
    id: 'benign-challenges-many-lines',
    does: 'Offers Basic, Bearer and Negotiate in three field lines.',
    clauses: [],
    change: says(basic, 'Bearer realm="Reference"', 'Negotiate'),
  },
  {
    id: 'benign-challenge-extra-parameter',
    does: 'Adds a parameter that Basic does not define to its challenge.',
    clauses: [],
    change: says(`${basic}, title="Demo"`),
  },
  {
    id: 'benign-challenge-lower-case',
    does: 'Writes scheme and parameter names of its challenge in other letter case.',
    clauses: [],
    change: says('basic REALM="Reference", Charset="utf-8"'),
  },
  {
    id: 'benign-charset-token',
    does: 'Writes the charset of its challenge without quotation marks.',
    clauses: [],
    change: says('Basic realm="Reference", charset=UTF-8'),
  },
  {
    id: 'benign-charset-absent',
    does: 'Announces no charset and reads credentials as Latin-1.',
    clauses: [],
    change: (policy, lab) =>
      says('Basic realm="Reference"')(access(() => ({ text: (bytes) => bytes }))(policy, lab), lab),
  },
  {
    id: 'benign-realm-quoted-comma',
    does: 'Has a realm with commas, escaped quotation marks and words that look like parameters.',
    clauses: [],
    change: says('Basic realm="Demo, \\"Basic\\" realm=x", charset="UTF-8"'),
  },
  {
    id: 'benign-challenge-on-200',
    does: 'Sends its challenge on granted answers as well.',
    clauses: [],
    change: around(() => async (request, next) => {
      const reply = await next(request)
      return reply.status === 200 ? withField(reply, 'WWW-Authenticate', basic) : reply
    }),
  },
]

const bigPage = (status: number): string =>
  `<!doctype html><title>${status}</title><h1>Please log in</h1>${'<p>Credentials are needed.'.repeat(2000)}`

const refusing: readonly Variation[] = [
  {
    id: 'benign-malformed-400',
    does: 'Answers 400 to an Authorization field that it cannot read.',
    clauses: [],
    change: refusals((reply, _request, reason) =>
      ['missing', 'unknown-user', 'wrong-password', 'other-scheme', 'duplicate'].includes(reason)
        ? reply
        : { ...without(reply, 'www-authenticate'), status: 400 },
    ),
  },
  {
    id: 'benign-hidden-404',
    does: 'Hides the protected page behind 404 from everybody who may not see it.',
    clauses: [],
    change: around(() => async (request, next, policy) => {
      const reply = await next(request)
      return reply.status === 401 ? policy.answers.notFound(policy, request) : reply
    }),
  },
  {
    id: 'benign-large-html-401',
    does: 'Sends a long HTML page with its 401.',
    clauses: [],
    change: refusals((reply) => ({
      ...without(reply, 'content-type'),
      fields: [...without(reply, 'content-type').fields, ['Content-Type', 'text/html']],
      body: bigPage(reply.status),
    })),
  },
  {
    id: 'benign-empty-401',
    does: 'Sends 401 without content.',
    clauses: [],
    change: refusals((reply) => ({ ...without(reply, 'content-type'), body: '' })),
  },
  {
    id: 'benign-refusals-counted',
    does: 'Says in the content of a 401 which attempt it was and what went wrong.',
    clauses: [],
    change: around(() => {
      let count = 0
      return async (request, next) => {
        const reply = await next(request)
        if (reply.status !== 401) return reply
        count += 1
        const sent = valuesOf(request.fields, 'authorization').length > 0
        const message = sent ? 'The credentials are wrong.' : 'Credentials are needed.'
        return { ...reply, ...jsonReply(401, { message, attempt: count }), fields: reply.fields }
      }
    }),
  },
  {
    id: 'benign-throttles-after-200-failures',
    does: 'Answers 429 with Retry-After to refused requests after two hundred of them.',
    clauses: [],
    change: around(() => {
      let count = 0
      return async (request, next) => {
        const reply = await next(request)
        if (reply.status === 401) count += 1
        return reply.status === 401 && count > 200
          ? jsonReply(429, { message: 'Too many attempts. Wait a second.' }, [['Retry-After', '1']])
          : reply
      }
    }),
  },
  {
    id: 'benign-throttles-large-fields',
    does: 'Answers 429 with Retry-After when the Authorization field has 4096 bytes or more.',
    clauses: [],
    change: tooMany([soon], slowDown),
  },
  {
    id: 'benign-options-401',
    does: 'Asks for credentials on OPTIONS as well.',
    clauses: [],
    change: around(() => async (request, next, policy) => {
      if (request.method !== 'OPTIONS') return next(request)
      if (!policy.routes.route(request.target).guarded) return next(request)
      const verdict = await policy.authenticate(policy, request)
      return 'account' in verdict
        ? next(request)
        : policy.answers.refused(policy, request, verdict.refused)
    }),
  },
  {
    id: 'benign-head-405',
    does: 'Has no HEAD and answers it with 405.',
    clauses: [],
    change: around(
      () => (request, next, policy) =>
        request.method === 'HEAD'
          ? policy.answers.notAllowed(policy, request, {
              kind: 'protected',
              guarded: true,
              allow: ['GET', 'OPTIONS'],
            })
          : next(request),
    ),
  },
  {
    id: 'benign-duplicates-401',
    does: 'Answers 401 to several Authorization lines.',
    clauses: [],
    change: refusals((reply, _request, reason) =>
      reason === 'duplicate'
        ? jsonReply(401, { message: 'Send one Authorization field.' }, [
            ['WWW-Authenticate', basic],
          ])
        : reply,
    ),
  },
]

const granting: readonly Variation[] = [
  {
    id: 'benign-success-204',
    does: 'Grants access with 204 and no content.',
    clauses: [],
    change: answers((rules) => ({
      granted: () => ({ status: 204, fields: rules.cacheFields, body: '' }),
    })),
  },
  {
    id: 'benign-request-ids',
    does: 'Puts a request number and the time into fields and content of every answer.',
    clauses: [],
    change: around(({ random }) => {
      let count = 0
      return async (request, next) => {
        count += 1
        const reply = withField(await next(request), 'X-Request-Id', `r-${count}`)
        const type = reply.fields.find(([name]) => name === 'Content-Type')?.[1]
        if (type !== 'application/json') return reply
        const time = `${Date.now()}-${random().toString(36).slice(2)}`
        return { ...reply, body: reply.body.replace('{', `{"request":${count},"time":"${time}",`) }
      }
    }),
  },
  {
    id: 'benign-upgrade-offered',
    does: 'Offers HTTP/2 with every answer, and lists Upgrade in Connection.',
    clauses: [],
    change: finishing((reply) =>
      withField(withField(reply, 'Upgrade', 'h2c'), 'Connection', 'upgrade'),
    ),
  },
  {
    id: 'benign-cookie',
    does: 'Sets a session cookie on granted answers, which no cache may keep.',
    clauses: [],
    change: onGranted('Set-Cookie', 'session=demo; HttpOnly; SameSite=Strict; Path=/'),
  },
  {
    id: 'benign-vary',
    does: 'Lists Accept-Encoding in Vary on granted answers.',
    clauses: [],
    change: onGranted('Vary', 'Accept-Encoding'),
  },
  {
    id: 'benign-content-location',
    does: 'Names the protected page in Content-Location.',
    clauses: [],
    change: onGranted('Content-Location', '/protected'),
  },
  {
    id: 'benign-hsts-everywhere',
    does: 'Sends Strict-Transport-Security with every answer, in cleartext too.',
    clauses: [],
    change: finishing((reply) =>
      withField(reply, 'Strict-Transport-Security', 'max-age=31536000; includeSubDomains'),
    ),
  },
]

export const benign: readonly Variation[] = [...challenges, ...refusing, ...granting]
