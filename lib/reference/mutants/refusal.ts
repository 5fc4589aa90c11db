/** Refusals with the wrong status, the wrong content or too much in them. */
import type { Pair, Reply, Request } from '../http/types.ts'
import { valuesOf } from '../http/types.ts'
import { jsonReply } from '../http/write.ts'
import {
  around,
  type Change,
  type Defect,
  refusals,
  triedInVain,
  withField,
  without,
} from './types.ts'

const missingClause = 'rfc9110#11.4-401-when-credentials-missing'
const invalidClause = 'rfc9110#11.4-401-when-credentials-invalid'
const malformedClause = 'rfc9110#15.5.1-400-for-malformed-authorization'
const proxyClause = 'rfc9110#15.5.8-407-has-proxy-authenticate'
const alike = 'house#refusals-look-alike'
const noEcho = 'house#secrets-are-not-echoed'

const sent = (request: Request): string => valuesOf(request.fields, 'authorization')[0] ?? ''

const isWrong = (reason: string): boolean =>
  reason === 'unknown-user' || reason === 'wrong-password'

const isMissing = (reason: string): boolean => reason === 'missing'

/** Changes refusals for the reasons picked. */
const on = (
  when: (reason: string) => boolean,
  change: (reply: Reply, request: Request) => Reply,
): Change => refusals((reply, request, reason) => (when(reason) ? change(reply, request) : reply))

/** Another status, with no challenge. */
const status =
  (code: number, ...fields: readonly Pair[]) =>
  (reply: Reply): Reply => {
    const bare = without(reply, 'www-authenticate')
    return { ...bare, status: code, fields: [...bare.fields, ...fields] }
  }

/** True where a single word that could be a token follows the scheme. */
export const hasToken = (request: Request): boolean =>
  /^\S+ +[A-Za-z0-9+/=._~-]+$/.test(sent(request))

const registered: ReadonlySet<string> = new Set([
  'basic',
  'bearer',
  'concealed',
  'digest',
  'dpop',
  'gnap',
  'hoba',
  'mutual',
  'negotiate',
  'oauth',
  'privatetoken',
  'scram-sha-1',
  'scram-sha-256',
  'vapid',
])

/** True of one word and a token behind it where the word is no registered scheme. */
export const hasUnregistered = (request: Request): boolean =>
  hasToken(request) && !registered.has(sent(request).split(' ', 1).join('').toLowerCase())

const login: Pair = ['Location', '/login']

const statuses: readonly Defect[] = [
  {
    id: 'missing-credentials-403',
    does: 'Answers 403 to requests without credentials.',
    breaks: 'should',
    clauses: [missingClause],
    change: on(isMissing, status(403)),
  },
  {
    id: 'missing-credentials-302',
    does: 'Redirects requests without credentials to a login page.',
    breaks: 'should',
    clauses: [missingClause],
    change: on(isMissing, status(302, login)),
  },
  {
    id: 'missing-credentials-200',
    does: 'Answers requests without credentials with 200 and an error in the content.',
    breaks: 'should',
    clauses: [missingClause],
    change: on(isMissing, status(200)),
  },
  {
    id: 'missing-credentials-407',
    does: 'Answers requests without credentials with 407 and Proxy-Authenticate, as a proxy would.',
    breaks: 'should',
    clauses: [missingClause],
    change: on(isMissing, status(407, ['Proxy-Authenticate', 'Basic realm="Reference"'])),
  },
  {
    id: 'missing-credentials-404',
    does: 'Answers 404 to requests without credentials and 401 to wrong ones.',
    breaks: 'may',
    clauses: ['rfc9110#15.5.4-404-hiding'],
    change: on(isMissing, status(404)),
  },
  {
    id: 'bare-407',
    does: 'Answers requests without credentials with 407 and no Proxy-Authenticate.',
    breaks: 'must',
    clauses: [proxyClause],
    besides: 'missing-credentials-407',
    change: on(isMissing, status(407)),
  },
  {
    id: 'other-scheme-511',
    does: 'Answers a token of a scheme that is not registered with 511, as a captive portal would.',
    breaks: 'should',
    clauses: ['rfc6585#6-511-not-from-origin'],
    change: on(
      (reason) => reason === 'other-scheme',
      (reply, request) => (hasUnregistered(request) ? status(511)(reply) : reply),
    ),
  },
  {
    id: 'missing-credentials-426',
    does: 'Answers requests without credentials with 426 and asks for TLS.',
    breaks: 'should',
    clauses: [missingClause],
    change: on(isMissing, status(426, ['Upgrade', 'TLS/1.2'], ['Connection', 'Upgrade'])),
  },
  {
    id: 'bare-426',
    does: 'Answers requests without credentials with 426 and no Upgrade field.',
    breaks: 'must',
    clauses: ['rfc9110#15.5.22-426-has-upgrade'],
    besides: 'missing-credentials-426',
    change: on(isMissing, status(426)),
  },
  {
    id: 'wrong-credentials-403',
    does: 'Answers 403 to a wrong user-id or password.',
    breaks: 'should',
    clauses: [invalidClause],
    change: on(isWrong, status(403)),
  },
  {
    id: 'wrong-credentials-302',
    does: 'Redirects a wrong user-id or password to a login page.',
    breaks: 'should',
    clauses: [invalidClause],
    change: on(isWrong, status(302, login)),
  },
  {
    id: 'malformed-403',
    does: 'Answers 403 to an Authorization field that it cannot read, unless the scheme stands alone.',
    breaks: 'should',
    clauses: [malformedClause, invalidClause],
    change: on(
      (reason) => ['no-scheme', 'undecodable', 'not-text', 'no-colon'].includes(reason),
      status(403),
    ),
  },
  {
    id: 'wrong-credentials-200',
    does: 'Answers a wrong user-id or password with 200 and an error in the content.',
    breaks: 'should',
    clauses: [invalidClause],
    change: on(isWrong, status(200)),
  },
]

const fields: readonly Defect[] = [
  {
    id: 'upgrade-unlisted',
    does: 'Sends Upgrade without listing it in Connection.',
    breaks: 'must',
    clauses: ['rfc9110#7.8-upgrade-connection-option'],
    besides: 'benign-upgrade-offered',
    change: around(() => async (request, next) => withField(await next(request), 'Upgrade', 'h2c')),
  },
  {
    id: 'unexplained-401',
    does: 'Sends 401 without content.',
    breaks: 'should',
    clauses: ['rfc9110#15.5-4xx-explains'],
    change: refusals((reply) => ({ ...without(reply, 'content-type'), body: '' })),
  },
]

const telling: readonly Defect[] = [
  {
    id: 'unknown-user-by-status',
    does: 'Answers 404 to an unknown user-id and 401 to a wrong password.',
    breaks: 'should',
    clauses: [alike, invalidClause],
    change: on((reason) => reason === 'unknown-user', status(404)),
  },
  {
    id: 'unknown-user-by-length',
    does: 'Says one word more about an unknown user-id than about a wrong password.',
    breaks: 'may',
    clauses: [alike],
    change: on(
      (reason) => reason === 'unknown-user',
      (reply) => ({ ...reply, body: reply.body.replace('credentials', 'correct credentials') }),
    ),
  },
  {
    id: 'unknown-user-by-content',
    does: 'Says in the content whether the user-id or the password was wrong.',
    breaks: 'may',
    clauses: [alike],
    change: refusals((reply, _request, reason) =>
      isWrong(reason)
        ? {
            ...reply,
            ...jsonReply(401, { error: reason, message: 'Try again with another one.' }),
            fields: reply.fields,
          }
        : reply,
    ),
  },
  {
    id: 'unknown-user-by-challenge',
    does: 'Names another realm when the user-id is unknown.',
    breaks: 'should',
    clauses: [alike],
    change: on(
      (reason) => reason === 'unknown-user',
      (reply) =>
        withField(
          without(reply, 'www-authenticate'),
          'WWW-Authenticate',
          'Basic realm="Reference (new users)", charset="UTF-8"',
        ),
    ),
  },
]

const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '.')

const decoded = (request: Request): string =>
  printable(Buffer.from(sent(request).replace(/^\S+ +/, ''), 'base64').toString('latin1'))

const leaking: readonly Defect[] = [
  {
    id: 'secret-in-content',
    does: 'Repeats the user-id and password it refused in the content of the 401.',
    breaks: 'should',
    clauses: [noEcho],
    change: on(isWrong, (reply, request) => ({
      ...reply,
      ...jsonReply(401, {
        error: 'unauthorized',
        message: `Cannot log in with ${decoded(request)}; try again.`,
      }),
      fields: reply.fields,
    })),
  },
  {
    id: 'secret-in-field',
    does: 'Repeats the Authorization field it refused in a field of the 401.',
    breaks: 'should',
    clauses: [noEcho],
    change: on(triedInVain, (reply, request) =>
      withField(reply, 'X-Debug-Authorization', printable(sent(request))),
    ),
  },
  {
    id: 'secret-in-location',
    does: 'Redirects wrong credentials to a login page with the user-id and password in its URL.',
    breaks: 'should',
    clauses: ['rfc9110#17.9-no-credentials-in-uris'],
    besides: 'wrong-credentials-302',
    change: on(isWrong, (reply, request) =>
      status(302, ['Location', `/login?as=${encodeURIComponent(decoded(request))}`])(reply),
    ),
  },
  {
    id: 'secret-in-granted-field',
    does: 'Repeats the Authorization field in a field of the granted answer.',
    breaks: 'may',
    clauses: [noEcho],
    change: around(() => async (request, next) => {
      const reply = await next(request)
      return reply.status === 200 && sent(request) !== ''
        ? withField(reply, 'X-Debug-Authorization', printable(sent(request)))
        : reply
    }),
  },
]

export const refusal: readonly Defect[] = [...statuses, ...fields, ...telling, ...leaking]
