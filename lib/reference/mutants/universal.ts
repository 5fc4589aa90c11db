/** Servers that are wrong, broken or moody through and through. They prove how a run copes. */
import { type Reply, type Request, valuesOf } from '../http/types.ts'
import { jsonReply } from '../http/write.ts'
import {
  access,
  around,
  type Change,
  type Handler,
  http,
  refusals,
  serverError,
  type Variation,
  withField,
  without,
} from './types.ts'

const validated = 'rfc7617#2-service-only-when-validated'
const missing = 'rfc9110#11.4-401-when-credentials-missing'
const invalid = 'rfc9110#11.4-401-when-credentials-invalid'

const hasCredentials = (request: Request): boolean =>
  valuesOf(request.fields, 'authorization').length > 0

/** Every request for the protected page is answered alike. */
const always = (reply: Reply): Change => around(() => () => reply)

/** Changes what becomes of requests that were refused. */
const refusedAs = (change: (reply: Reply, request: Request) => Reply): Handler => {
  const handle: Handler = async (request, next) => {
    const reply = await next(request)
    return reply.status === 401 ? change(reply, request) : reply
  }
  return handle
}

/** Serves the protected page to those refused whom `waves` picks. */
const waving =
  (waves: (request: Request) => boolean): Handler =>
  async (request, next, policy) => {
    const reply = await next(request)
    return reply.status === 401 && waves(request)
      ? policy.answers.granted(policy, request, policy.routes.route(request.target))
      : reply
  }

const resetsAtRandom = (share: number): Change =>
  around(({ random }) => async (request, next) => {
    const reply = await next(request)
    return random() < share ? { ...reply, instead: 'reset' } : reply
  })

const word = (random: () => number): string => Math.floor(random() * 36 ** 6).toString(36)

const later = (message: string): Reply =>
  jsonReply(429, { error: 'too-many-requests', message }, [['Retry-After', '1']])

/** True for a plain GET that a cache would answer: no credentials, cookies, content or conditions. */
const isPlain = (request: Request): boolean =>
  request.method === 'GET' &&
  request.target.query === undefined &&
  request.fields.every(
    ([name]) =>
      !/^(?:(?:proxy-|x-)?authorization|cookie|range|if-.*|content-.*|transfer-.*)$/i.test(name),
  )

const doors: readonly Variation[] = [
  {
    id: 'accepts-everyone',
    does: 'Lets in everybody who sends any credentials at all.',
    clauses: [validated],
    change: around(() => waving(hasCredentials)),
  },
  {
    id: 'public',
    does: 'Serves the protected page to everybody.',
    clauses: [missing],
    change: around(() => waving(() => true)),
  },
  {
    id: 'any-password-accepted',
    does: 'Asks for a known user-id and any password that is not empty.',
    clauses: [validated],
    change: access((rules) => ({
      verify: (all, given) => {
        const account = all.accounts.find(({ user }) => user === given.user)
        return account && given.password !== '' ? { account } : rules.verify(all, given)
      },
    })),
  },
  {
    id: 'cached-for-everybody',
    does: 'Keeps the protected page in a shared cache and serves it to the next who ask without credentials.',
    clauses: ['rfc9111#3.5-no-shared-reuse-of-authenticated'],
    change: around(() => {
      const kept = new Map<string, { reply: Reply; since: number }>()
      return async (request, next) => {
        const hit = isPlain(request) ? kept.get(request.target.path) : undefined
        if (hit) {
          const age = Math.floor((Date.now() - hit.since) / 1000)
          return withField(hit.reply, 'Age', String(age))
        }
        const reply = await next(request)
        const credentials = valuesOf(request.fields, 'authorization').length > 0
        if (request.method === 'GET' && reply.status === 200 && credentials) {
          kept.set(request.target.path, { reply, since: Date.now() })
        }
        return reply
      }
    }),
  },
  {
    id: 'bare-401',
    does: 'Sends every 401 without WWW-Authenticate.',
    clauses: ['rfc9110#11.6.1-401-has-www-authenticate'],
    change: refusals((reply) => without(reply, 'www-authenticate')),
  },
  {
    id: 'refuses-everyone',
    does: 'Refuses everybody, with good credentials too.',
    clauses: [],
    change: (policy) => ({ ...policy, authenticate: () => ({ refused: 'wrong-password' }) }),
  },
  {
    id: 'bad-node',
    does: 'Lets in one refused request in five, as one bad node among five does.',
    clauses: [validated],
    change: around(({ random }) => waving(() => random() < 0.2)),
  },
  {
    id: 'unknown-200',
    does: 'Answers wrong credentials with 200 and content that is different each time.',
    clauses: [invalid],
    change: around(({ random }) =>
      refusedAs((reply, request) =>
        hasCredentials(request)
          ? jsonReply(200, { [word(random)]: word(random), [word(random)]: false })
          : reply,
      ),
    ),
  },
]

const broken: readonly Variation[] = [
  {
    id: 'always-500',
    does: 'Answers every request with 500.',
    clauses: [],
    change: always(serverError),
  },
  {
    id: 'always-302',
    does: 'Redirects every request to a login page.',
    clauses: [],
    change: always({ status: 302, fields: [['Location', '/login']], body: '' }),
  },
  {
    id: 'hangs',
    does: 'Accepts connections and never answers.',
    clauses: [],
    change: always({ ...serverError, instead: 'hang' }),
  },
  {
    id: 'dies-on-junk',
    does: 'Goes down for good when the Authorization field cannot be read.',
    clauses: ['rfc9110#2.3-parse-defensively', 'rfc4648#12-no-covert-channel-or-crash'],
    change: (policy) => ({
      ...policy,
      answers: {
        ...policy.answers,
        refused: (whole, request, reason) => {
          const reply = policy.answers.refused(whole, request, reason)
          const calm = ['missing', 'unknown-user', 'wrong-password', 'other-scheme', 'duplicate']
          return calm.includes(reason) ? reply : { ...reply, instead: 'die' }
        },
      },
    }),
  },
  {
    id: 'dies-on-invalid-utf8',
    does: 'Goes down for good when credentials are not UTF-8.',
    clauses: ['rfc7617#4-invalid-utf8-handled'],
    change: (policy) => ({
      ...policy,
      answers: {
        ...policy.answers,
        refused: (whole, request, reason) => {
          const reply = policy.answers.refused(whole, request, reason)
          return reason === 'not-text' ? { ...reply, instead: 'die' } : reply
        },
      },
    }),
  },
]

const moody: readonly Variation[] = [
  {
    id: 'throttles-after-40',
    does: 'Answers 429 from the forty-first request on.',
    clauses: [],
    change: around(() => {
      let count = 0
      return (request, next) => {
        count += 1
        return count > 40 ? later('Forty requests are enough. Come back later.') : next(request)
      }
    }),
  },
  {
    id: 'locks-after-10',
    does: 'Refuses everybody, with good credentials too, after ten failed log-ins.',
    clauses: [],
    change: (policy) => {
      let failures = 0
      return {
        ...policy,
        authenticate: async (whole, request) => {
          const verdict = await policy.authenticate(whole, request)
          if (failures >= 10) return { refused: 'wrong-password' }
          if ('refused' in verdict && verdict.refused !== 'missing') failures += 1
          return verdict
        },
      }
    },
  },
  {
    id: 'random-bodies',
    does: 'Fills every answer with content that is different each time.',
    clauses: [],
    change: around(({ random }) => async (request, next) => {
      const reply = await next(request)
      const body = JSON.stringify({ [word(random)]: word(random), [word(random)]: random() })
      return reply.body === '' ? reply : { ...reply, body }
    }),
  },
  {
    id: 'resets-2-percent',
    does: 'Aborts two connections in a hundred instead of answering.',
    clauses: [],
    change: resetsAtRandom(0.02),
  },
  {
    id: 'resets-10-percent',
    does: 'Aborts one connection in ten instead of answering.',
    clauses: [],
    change: resetsAtRandom(0.1),
  },
  {
    id: 'keep-alive-race',
    does: 'Closes a kept connection at the moment the next request arrives on it.',
    clauses: [],
    change: http(() => ({ reuse: 'drop' })),
  },
  {
    id: 'slow-refusals',
    does: 'Delays every refusal, by a second unless told otherwise.',
    clauses: [],
    change: around(({ refusalDelay }) => refusedAs((reply) => ({ ...reply, delay: refusalDelay }))),
  },
]

export const universal: readonly Variation[] = [...doors, ...broken, ...moody]
