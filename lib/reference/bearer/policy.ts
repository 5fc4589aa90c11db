/** Puts the conforming bearer site together. */
import { strictRules } from '../http/rules.ts'
import { isFault, type Reply, type Request, type Target } from '../http/types.ts'
import { strictAccess } from './access.ts'
import { strictAnswers } from './answers.ts'
import { audience, issuer, issueToken, subjects, trusted } from './issuer.ts'
import { member } from './json.ts'
import { strictRemote } from './remote/rules.ts'
import type { RemoteRules } from './remote/types.ts'
import type { BearerPolicy, Granted, Refused, Route, RouteRules, SigningKey } from './types.ts'
import { strictTokens } from './verify.ts'

/** The paths of the site. */
export const paths = {
  protected: '/protected',
  sibling: '/protected/other',
  scoped: '/protected/reports',
  public: '/public',
  keys: '/jwks.json',
  metadata: '/.well-known/oauth-protected-resource/protected',
} as const

const readOnly = ['GET', 'HEAD', 'OPTIONS']
const none: Route = { kind: 'none', guarded: false, allow: readOnly }
const guarded: Route = { ...none, guarded: true }

const routeOf = ({ path }: Target): Route => {
  if (path === paths.protected) return { ...guarded, kind: 'protected', scope: 'read' }
  if (path === paths.sibling) return { ...guarded, kind: 'sibling', scope: 'read' }
  if (path === paths.scoped) return { ...guarded, kind: 'scoped', scope: 'reports' }
  if (path.startsWith(`${paths.protected}/`)) return guarded
  if (path === paths.keys) return { ...none, kind: 'keys' }
  if (path === paths.metadata) return { ...none, kind: 'metadata' }
  return path === paths.public ? { ...none, kind: 'public' } : none
}

const known = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

const strictRoutes: RouteRules = {
  route: routeOf,
  knows: (method) => known.includes(method),
  covers: (claims, scope) => {
    const held = member(claims, 'scope')
    return typeof held === 'string' && held.split(' ').includes(scope)
  },
}

const strictAuthenticate = async (
  { access, tokens }: BearerPolicy,
  request: Request,
): Promise<Granted | Refused> => {
  const found = await access.locate(access, request)
  return 'refused' in found ? found : tokens.verify(tokens, found.token)
}

const served = async (policy: BearerPolicy, request: Request, route: Route): Promise<Reply> => {
  const { answers } = policy
  if (route.kind === 'none') return answers.notFound()
  if (!route.allow.includes(request.method)) return answers.notAllowed(route)
  const content = await request.content()
  if (isFault(content)) return policy.http.refuse(content)
  if (route.kind === 'public') return answers.open()
  if (route.kind === 'metadata') return answers.metadata()
  return route.kind === 'keys' ? answers.keySet() : answers.granted(policy, request, route)
}

const strictRespond = async (policy: BearerPolicy, request: Request): Promise<Reply> => {
  const { answers, routes } = policy
  if (!routes.knows(request.method)) return answers.notImplemented()
  const route = routes.route(request.target)
  if (request.method === 'OPTIONS') return answers.options(route)
  if (route.guarded) {
    const verdict = await policy.authenticate(policy, request)
    if ('refused' in verdict) return answers.refused(policy, request, verdict.refused)
    if (route.scope !== undefined && !routes.covers(verdict.claims, route.scope)) {
      return answers.forbidden(policy, request, route.scope)
    }
  }
  return served(policy, request, route)
}

/** The conforming policy of a site that trusts these keys, and how it uses a set that is fetched. */
export const strictBearerPolicy = (
  keys: readonly SigningKey[],
  remote: RemoteRules = strictRemote(),
): BearerPolicy => ({
  http: strictRules,
  access: strictAccess,
  tokens: strictTokens(keys.map(trusted), { issuer, audience, subjects }),
  remote,
  routes: strictRoutes,
  answers: strictAnswers({ keys: keys.flatMap(({ publicJwk }) => publicJwk ?? []) }),
  issue: (key, claims) => issueToken(key, claims),
  authenticate: strictAuthenticate,
  respond: strictRespond,
})
