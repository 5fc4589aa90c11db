/** Puts a backend together whose authentication answers as passport's strategies do. */
import { parseJson } from '../bearer/json.ts'
import { sameText } from '../generic/basic.ts'
import { strictRules } from '../http/rules.ts'
import {
  isFault,
  type Pair,
  type Reply,
  type Request,
  type Target,
  valuesOf,
} from '../http/types.ts'
import { jsonReply } from '../http/write.ts'
import { claimsOf, issueToken } from './token.ts'
import type { ApiKey, BackendPolicy, Endpoint, Person, Verdict } from './types.ts'

/** Fields on every answer of Express with cors. */
const always: readonly Pair[] = [
  ['X-Powered-By', 'Express'],
  ['Access-Control-Allow-Origin', '*'],
]

const endpointOf = ({ path }: Target): Endpoint | undefined => {
  const [, name, kind] = /^\/(account|whoami)\/(jwt|key)$/.exec(path) ?? []
  return name === undefined ? undefined : ({ name, kind } as Endpoint)
}

const failed: Verdict = { refused: 'failed' }
const malformed: Verdict = { refused: 'malformed' }

/** Splits at single spaces and at every colon, as passport-http does. */
const byKey = (policy: BackendPolicy, value: string): Verdict => {
  const [scheme = '', encoded] = value.split(' ')
  if (encoded === undefined) return malformed
  // It looks for the word anywhere.
  if (!/Basic/i.test(scheme)) return failed
  const [key = '', secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  if (secret === undefined) return malformed
  const found = policy.keys.find((one) => one.key === key)
  if (found === undefined || secret === '') return failed
  return policy.sameSecret(secret, found.secret) ? { who: key } : failed
}

const byToken = (policy: BackendPolicy, value: string): Verdict => {
  const token = policy.bearer(value)
  const claims = token === undefined ? undefined : policy.claims(policy, token)
  const who = policy.people.find(({ username }) => username === claims?.username)
  return who === undefined ? failed : { who: who.username }
}

const authenticate = (policy: BackendPolicy, endpoint: Endpoint, request: Request): Verdict => {
  const [value] = valuesOf(request.fields, 'authorization')
  if (value === undefined || value === '') return failed
  const verdicts = policy
    .takes(endpoint)
    .map((kind) => (kind === 'key' ? policy.byKey(policy, value) : policy.byToken(policy, value)))
  return verdicts.find((each) => 'who' in each) ?? verdicts[0] ?? failed
}

const wordless = (status: number, body: string, fields: readonly Pair[] = []): Reply => ({
  status,
  fields: [...always, ...fields],
  body,
})

/** Passport gives a challenge of Basic and none of Bearer, for its strategy fails with an error. */
const refused = (endpoint: Endpoint, why: 'failed' | 'malformed'): Reply => {
  if (why === 'malformed') return wordless(400, 'Bad Request')
  const challenge: Pair = ['WWW-Authenticate', 'Basic realm="Users"']
  return wordless(401, 'Unauthorized', endpoint.kind === 'key' ? [challenge] : [])
}

const json = (status: number, content: Readonly<Record<string, unknown>>): Reply =>
  jsonReply(status, content, always)

const trouble = (status: number, error: string): Reply => json(status, { result: 'error', error })

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

const signIn = (policy: BackendPolicy, body: string): Reply => {
  const sent = parseJson(Buffer.from(body, 'latin1').toString('utf8'))
  const members: object = typeof sent === 'object' && sent !== null ? sent : {}
  if (Object.keys(members).length === 0) return trouble(400, 'postBodyMissing')
  const username = textOf(Reflect.get(members, 'username'))
  const password = textOf(Reflect.get(members, 'password'))
  if (username === undefined) return trouble(400, 'usernameMissing')
  if (password === undefined) return trouble(400, 'passwordMissing')
  const person = policy.people.find((one) => one.username === username)
  const same = policy.samePassword(password, person?.password ?? '\u0000')
  return person === undefined || !same
    ? trouble(401, 'signInFailed')
    : policy.signedIn(policy, person.username)
}

const html = (status: number, say: string): Reply => ({
  status,
  fields: [...always, ['Content-Type', 'text/html; charset=utf-8']],
  body: `<!DOCTYPE html><title>${say}</title>\n`,
})

/** Caches are told to keep nothing, which the original leaves to whoever stands before it. */
const unkept = (reply: Reply): Reply => ({
  ...reply,
  fields: [...reply.fields, ['Cache-Control', 'private, no-store']],
})

const granted = (policy: BackendPolicy, who: string): Reply => {
  const reply = unkept(json(200, { result: 'success', account: { id: 1, username: who } }))
  return { ...reply, fields: [...reply.fields, ...policy.extra] }
}

const elsewhere = async (policy: BackendPolicy, request: Request): Promise<Reply> => {
  const { path } = request.target
  if (path === '/signin' && request.method === 'POST') {
    const content = await request.content()
    return isFault(content) ? policy.http.refuse(content) : signIn(policy, content.body)
  }
  const read = request.method === 'GET' || request.method === 'HEAD'
  return read && path === '/' ? html(200, 'FreeSewing') : html(404, 'Nothing is here')
}

const respond = async (policy: BackendPolicy, request: Request): Promise<Reply> => {
  if (request.method === 'OPTIONS') return { status: 204, fields: always, body: '' }
  const endpoint = policy.endpoint(request.target)
  const reads = request.method === 'GET' || request.method === 'HEAD'
  if (endpoint === undefined || !reads) return elsewhere(policy, request)
  const verdict = policy.guarded(endpoint)
    ? policy.authenticate(policy, endpoint, request)
    : { who: 'nobody' }
  if ('refused' in verdict) return refused(endpoint, verdict.refused)
  const content = await request.content()
  return isFault(content) ? policy.http.refuse(content) : granted(policy, verdict.who)
}

/** Whom a backend knows, and what its tokens are signed with. */
export interface BackendState {
  readonly keys: readonly ApiKey[]
  readonly people: readonly Person[]
  readonly secret: string
}

/** The policy that keeps to the documentation; a key that it does not know does it no harm. */
export const documentedBackend = (state: BackendState): BackendPolicy => ({
  ...state,
  http: strictRules,
  endpoint: endpointOf,
  takes: ({ kind }) => [kind],
  guarded: () => true,
  byKey,
  byToken,
  bearer: (value) => {
    const [, scheme, token] = /(\S+)\s+(\S+)/.exec(value) ?? []
    return scheme?.toLowerCase() === 'bearer' ? token : undefined
  },
  sameSecret: sameText,
  claims: ({ secret }, token) => claimsOf(secret, token),
  samePassword: sameText,
  issue: ({ secret }, username) => issueToken(secret, username),
  signedIn: (policy, username) => {
    const token = policy.issue(policy, username)
    const account = { id: 1, username, role: 'user', status: 1 }
    return unkept(json(200, { result: 'success', token, account }))
  },
  authenticate,
  extra: [],
  respond,
})
