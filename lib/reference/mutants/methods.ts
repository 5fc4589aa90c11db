/** Methods that get round the check, and HEAD that is not GET without content. */
import type { Policy } from '../generic/types.ts'
import type { Pair, Reply, Request } from '../http/types.ts'
import { answers, around, type Change, type Defect, http, without } from './types.ts'

const validated = 'rfc7617#2-service-only-when-validated'
const unrecognized = 'rfc9110#9.1-unrecognized-method-501'
const methodCase = 'rfc9110#9.1-method-case-sensitive'

/** Serves the protected page to some requests without asking for credentials. */
const servesOpen = (opens: (request: Request, policy: Policy) => boolean): Change =>
  around(() => (request, next, policy) => {
    const route = policy.routes.route(request.target)
    return opens(request, policy) && route.kind === 'protected'
      ? policy.answers.granted(policy, request, route)
      : next(request)
  })

const openTo = (opens: (method: string) => boolean): Change =>
  servesOpen(({ method }) => opens(method))

/** Changes the answers to HEAD that are refusals. */
const headRefusals = (change: (reply: Reply) => Reply): Change =>
  around(() => async (request, next) => {
    const reply = await next(request)
    return request.method === 'HEAD' && reply.status === 401 ? change(reply) : reply
  })

const asText = (request: Request): string =>
  [
    `${request.method} ${request.rawTarget} ${request.version}`,
    ...request.fields.map(([name, value]) => `${name}: ${value}`),
    '',
  ].join('\r\n')

/** A method that the site does not know and that resembles none it does. */
const isUnknown = (request: Request, policy: Policy): boolean =>
  !policy.routes.knows(request.method) && !/^(?:get|head|trace|connect)$/i.test(request.method)

const message: Pair = ['Content-Type', 'message/http']

const bypasses: readonly Defect[] = [
  {
    id: 'head-open',
    does: 'Asks for credentials on GET and not on HEAD.',
    breaks: 'must',
    clauses: ['rfc9110#11.4-401-when-credentials-missing', validated],
    change: openTo((method) => method === 'HEAD'),
  },
  {
    id: 'post-open',
    does: 'Answers POST with the protected page, without credentials.',
    breaks: 'must',
    clauses: [validated],
    change: openTo((method) => method === 'POST'),
  },
  {
    id: 'post-accepted',
    does: 'Answers POST without credentials with 202 and nothing of the protected page.',
    breaks: 'should',
    clauses: ['rfc9110#11.4-401-when-credentials-missing'],
    change: around(() => async (request, next) => {
      const reply = await next(request)
      return request.method === 'POST' && reply.status === 401
        ? { status: 202, fields: [], body: '' }
        : reply
    }),
  },
  {
    id: 'unknown-method-200',
    does: 'Answers methods it does not know with 200 and no content.',
    breaks: 'should',
    clauses: [unrecognized],
    change: around(
      () => (request, next, policy) =>
        isUnknown(request, policy) ? { status: 200, fields: [], body: '' } : next(request),
    ),
  },
  {
    id: 'unknown-method-open',
    does: 'Answers methods it does not know with the protected page, without credentials.',
    breaks: 'must',
    clauses: [unrecognized, validated],
    change: servesOpen(isUnknown),
  },
  {
    id: 'lower-case-method-open',
    does: 'Asks for credentials on GET and serves get as if it were GET.',
    breaks: 'must',
    clauses: [methodCase, validated],
    change: openTo((method) => method !== 'GET' && /^get$/i.test(method)),
  },
  {
    id: 'method-any-case',
    does: 'Takes get for GET.',
    breaks: 'should',
    clauses: [methodCase],
    change: around(
      () => (request, next) => next({ ...request, method: request.method.toUpperCase() }),
    ),
  },
  {
    id: 'unknown-method-500',
    does: 'Answers 500 to methods it does not know.',
    breaks: 'should',
    clauses: [unrecognized],
    change: answers((rules) => ({
      notImplemented: (policy, request) => ({
        ...rules.notImplemented(policy, request),
        status: 500,
      }),
    })),
  },
  {
    id: 'http-1.0-open',
    does: 'Asks for credentials in HTTP/1.1 only and serves HTTP/1.0 without.',
    breaks: 'must',
    clauses: [validated],
    change: servesOpen(({ version }) => version === 'HTTP/1.0'),
  },
  {
    id: 'query-open',
    does: 'Takes a short query for the version of a static file and serves it without credentials.',
    breaks: 'must',
    clauses: [validated],
    change: servesOpen(({ target }) => target.query !== undefined && target.query.length < 24),
  },
  {
    id: 'trace-echoes',
    does: 'Answers TRACE with the whole request, credentials and cookies among it.',
    breaks: 'should',
    clauses: ['rfc9110#9.3.8-trace-excludes-credentials'],
    change: around(
      () => (request, next) =>
        request.method === 'TRACE'
          ? { status: 200, fields: [message], body: asText(request) }
          : next(request),
    ),
  },
]

const heads: readonly Defect[] = [
  {
    id: 'head-401-bare',
    does: 'Leaves WWW-Authenticate out of the 401 to HEAD.',
    breaks: 'must',
    clauses: ['rfc9110#11.6.1-401-has-www-authenticate', 'rfc9110#9.3.2-head-same-fields'],
    change: headRefusals((reply) => without(reply, 'www-authenticate')),
  },
  {
    id: 'head-other-challenge',
    does: 'Challenges HEAD with another realm than GET.',
    breaks: 'should',
    clauses: ['rfc9110#9.3.2-head-same-fields'],
    change: headRefusals((reply) => ({
      ...reply,
      fields: reply.fields.map(
        ([name, value]): Pair =>
          name === 'WWW-Authenticate' ? [name, value.replace('Reference', 'Heads')] : [name, value],
      ),
    })),
  },
  {
    id: 'head-403',
    does: 'Answers HEAD without credentials with 403 where GET gets 401.',
    breaks: 'should',
    clauses: ['rfc9110#9.3.2-head-same-fields'],
    change: headRefusals((reply) => ({ ...without(reply, 'www-authenticate'), status: 403 })),
  },
  {
    id: 'head-with-content',
    does: 'Sends the content of a 401 in answer to HEAD as well.',
    breaks: 'must',
    clauses: ['rfc9110#9.3.2-head-no-content'],
    change: http(({ hasContent }) => ({
      hasContent: (method, status) => (status === 401 ? true : hasContent(method, status)),
    })),
  },
]

export const methods: readonly Defect[] = [...bypasses, ...heads]
