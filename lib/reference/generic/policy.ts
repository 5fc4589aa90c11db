/** Puts the conforming generic site together: one page for those who log in, one for everybody. */
import type { ReferenceAccount } from '../accounts.ts'
import { strictRules } from '../http/rules.ts'
import { isFault, type Reply, type Request, type Target } from '../http/types.ts'
import { jsonReply } from '../http/write.ts'
import { checkValue, strictAccess } from './basic.ts'
import type { AnswerRules, Policy, Reason, Route, RouteRules, Verdict } from './types.ts'

const readOnly = ['GET', 'HEAD', 'OPTIONS']
const none: Route = { kind: 'none', guarded: false, allow: readOnly }

/** What every path is. Everything below the protected page needs credentials, found or not. */
const routeOf = (target: Target): Route => {
  if (target.path === '/protected') return { kind: 'protected', guarded: true, allow: readOnly }
  if (target.path === '/protected/other') return { kind: 'sibling', guarded: true, allow: readOnly }
  if (target.path.startsWith('/protected/')) return { ...none, guarded: true }
  return target.path === '/public' ? { ...none, kind: 'public' } : none
}

const known = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

const strictRoutes: RouteRules = { route: routeOf, knows: (method) => known.includes(method) }

/** The one challenge of the site (RFC 7617 §2 and §2.1). */
export const challenge = 'Basic realm="Reference", charset="UTF-8"'

/** A 401 with its challenges; the same for every reason, so that nobody learns who has an account. */
const unauthorized = (policy: Policy, request: Request, reason: Reason): Reply =>
  jsonReply(
    401,
    {
      error: 'unauthorized',
      message: 'This needs the credentials of an account. Send them and it will answer.',
    },
    policy.answers
      .challenges(request, reason)
      .map((value): [string, string] => ['WWW-Authenticate', value]),
  )

const refused = (policy: Policy, request: Request, reason: Reason): Reply =>
  reason === 'duplicate'
    ? policy.http.refuse({ fault: 400, say: 'There is more than one Authorization line.' })
    : unauthorized(policy, request, reason)

const allowField = (route: Route): [string, string] => ['Allow', route.allow.join(', ')]

const strictAnswers: AnswerRules = {
  challenges: () => [challenge],
  refused,
  forbidden: () =>
    jsonReply(403, { error: 'forbidden', message: 'This account may not read the page.' }),
  granted: (policy, _request, route) =>
    jsonReply(200, { resource: route.kind, ok: true }, policy.answers.cacheFields),
  open: () => ({ status: 200, fields: [['Content-Type', 'text/plain']], body: 'Open to all.\n' }),
  options: (_policy, _request, route) => ({ status: 204, fields: [allowField(route)], body: '' }),
  notImplemented: () =>
    jsonReply(501, { error: 'not-implemented', message: 'No such method is known here.' }),
  notAllowed: (_policy, _request, route) =>
    jsonReply(
      405,
      { error: 'method-not-allowed', message: 'This page can only be read, now and later.' },
      [allowField(route)],
    ),
  notFound: () => jsonReply(404, { error: 'not-found', message: 'There is nothing here.' }),
  cacheFields: [['Cache-Control', 'private, no-store']],
}

/** Decides on access by the Authorization field alone. */
export const strictAuthenticate = (policy: Policy, request: Request): Verdict => {
  const found = policy.access.find(request)
  return 'refused' in found ? found : checkValue(policy.access, found.value)
}

const served = async (policy: Policy, request: Request, route: Route): Promise<Reply> => {
  if (route.kind === 'none') return policy.answers.notFound(policy, request)
  if (!route.allow.includes(request.method)) {
    return policy.answers.notAllowed(policy, request, route)
  }
  const content = await request.content()
  if (isFault(content)) return policy.http.refuse(content)
  return route.kind === 'public'
    ? policy.answers.open(policy, request)
    : policy.answers.granted(policy, request, route)
}

/** Method, then access, then whether there is anything: an order no RFC prescribes. */
export const strictRespond = async (policy: Policy, request: Request): Promise<Reply> => {
  const { answers, routes } = policy
  if (!routes.knows(request.method)) return answers.notImplemented(policy, request)
  const route = routes.route(request.target)
  if (request.method === 'OPTIONS') return answers.options(policy, request, route)
  if (route.guarded) {
    const verdict = await policy.authenticate(policy, request)
    if ('refused' in verdict) return answers.refused(policy, request, verdict.refused)
    if (!policy.access.permits(verdict.account)) return answers.forbidden(policy, request)
  }
  return served(policy, request, route)
}

/** The conforming policy for these accounts, some of which may log in and not read the page. */
export const strictPolicy = (
  accounts: readonly ReferenceAccount[],
  unprivileged: readonly ReferenceAccount[] = [],
): Policy => ({
  http: strictRules,
  access: strictAccess(accounts, unprivileged),
  routes: strictRoutes,
  answers: strictAnswers,
  authenticate: strictAuthenticate,
  respond: strictRespond,
})
