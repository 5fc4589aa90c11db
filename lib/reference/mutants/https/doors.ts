/** An http door that says too much, and cookies and redirects that lead back to it. */
import { challenge } from '../../generic/policy.ts'
import type { Reply, Request } from '../../http/types.ts'
import { jsonReply } from '../../http/write.ts'
import { around, type Change, withField } from '../types.ts'
import { type HttpsDefect, overTls, plain, site } from './types.ts'

const session = 'session=demo; HttpOnly; SameSite=Strict; Path=/'

const asks = (scheme: string): Reply =>
  jsonReply(401, { error: 'unauthorized', message: 'Log in, here and now.' }, [
    ['WWW-Authenticate', scheme],
  ])

const hasCredentials = (request: Request): boolean =>
  request.fields.some(([name]) => name.toLowerCase() === 'authorization')

/** Moves a page with a query to the one without, under the scheme that is given. */
export const moving = (scheme: string): Change =>
  around(() => (request, next) => {
    if (request.target.query === undefined) return next(request)
    const host = request.fields.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? ''
    const to = `${scheme}://${host}${request.target.path}`
    return { status: 308, fields: [['Location', to]], body: 'Moved.\n' }
  })

export const doors: readonly HttpsDefect[] = [
  {
    id: 'http-serves-page',
    does: 'Serves the protected page to everybody who asks without TLS.',
    breaks: 'must',
    clauses: ['rfc7617#2-service-only-when-validated'],
    change: plain((request, _origin, { secure }) =>
      secure.answers.granted(secure, request, secure.routes.route(request.target)),
    ),
  },
  {
    id: 'http-serves-copy',
    does: 'Serves a copy of the page without TLS to those who send no credentials.',
    breaks: 'must',
    clauses: ['rfc7617#2-service-only-when-validated'],
    change: plain((request, origin, policy, usual) =>
      hasCredentials(request)
        ? usual(request, origin, policy)
        : policy.secure.answers.granted(
            policy.secure,
            request,
            policy.secure.routes.route(request.target),
          ),
    ),
  },
  {
    id: 'http-asks-for-basic',
    does: 'Asks for a password without TLS.',
    breaks: 'should',
    clauses: ['rfc9110#17.16.1-secured-connection-before-credentials'],
    change: plain(() => asks(challenge)),
  },
  {
    id: 'http-asks-for-bearer',
    does: 'Asks for a token without TLS.',
    breaks: 'must',
    clauses: ['rfc6750#5.2-confidentiality-tls'],
    change: plain(() => asks('Bearer realm="Reference"')),
  },
  {
    id: 'http-takes-passwords',
    does: 'Serves whoever sends a good password without TLS, and redirects all others.',
    breaks: 'should',
    clauses: ['rfc9110#17.16.1-secured-connection-before-credentials'],
    change: plain(async (request, origin, policy, usual) => {
      if (!hasCredentials(request)) return usual(request, origin, policy)
      const reply = await policy.secure.respond(policy.secure, request)
      return reply.status === 200 ? reply : usual(request, origin, policy)
    }),
  },
  {
    id: 'http-sets-cookie',
    does: 'Sets a cookie without Secure on its redirect.',
    breaks: 'should',
    clauses: ['house#cookies-are-secure'],
    change: plain(async (request, origin, policy, usual) =>
      withField(await usual(request, origin, policy), 'Set-Cookie', session),
    ),
  },
  {
    id: 'https-cookie-without-secure',
    does: 'Sets a cookie over TLS that browsers send without TLS as well.',
    breaks: 'should',
    clauses: ['house#cookies-are-secure'],
    besides: 'benign-https-cookie',
    change: overTls((reply) => withField(reply, 'Set-Cookie', session)),
  },
  {
    id: 'https-redirects-to-http',
    does: 'Moves pages with a query to an http URL.',
    breaks: 'should',
    clauses: ['rfc9110#4.2.2-https-secured'],
    besides: 'benign-https-moved',
    change: site(moving('http')),
  },
  {
    id: 'tls-port-serves-http',
    does: 'Serves the protected page on the TLS port to who leaves TLS out.',
    breaks: 'must',
    clauses: ['rfc9110#7.4-misdirected-https'],
    change: (policy) => ({
      ...site(
        around(
          () => (request, next) =>
            request.connection.secure
              ? next(request)
              : policy.secure.answers.granted(
                  policy.secure,
                  request,
                  policy.secure.routes.route(request.target),
                ),
        ),
      )(policy),
      stray: 'serve',
    }),
  },
  {
    id: 'tls-port-asks-over-http',
    does: 'Speaks http on the TLS port too, and asks for a password there.',
    breaks: 'should',
    clauses: ['rfc9110#17.16.1-secured-connection-before-credentials'],
    change: (policy) => ({ ...policy, stray: 'serve' }),
  },
]
