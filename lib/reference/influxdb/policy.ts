/** Puts an InfluxDB together that keeps to the documentation of Cloud Serverless, and its relatives. */
import { decodeBase64, sameText } from '../generic/basic.ts'
import { strictRules } from '../http/rules.ts'
import { isFault, type Reply, type Request, type Target, valuesOf } from '../http/types.ts'
import { jsonReply } from '../http/write.ts'
import type { InfluxPolicy, Place, Verdict } from './types.ts'

const places: Readonly<Record<string, Place>> = {
  '/api/v2/buckets': 'buckets',
  '/api/v2/authorizations': 'authorizations',
  '/api/v2/orgs': 'orgs',
  '/query': 'query',
  '/write': 'write',
  '/api/v2/signin': 'signin',
}

const placeOf = ({ path }: Target): Place =>
  Object.hasOwn(places, path) ? (places[path] ?? 'none') : 'none'

const byBasic = (policy: InfluxPolicy, rest: string): Verdict => {
  const text = policy.decode(rest)
  const password = text === undefined ? undefined : policy.password(text)
  if (password === undefined) return 'malformed'
  return policy.sameToken(password, policy.token) ? 'granted' : 'refused'
}

/** The first Authorization line counts; a session has no part in this. */
const authenticate = (policy: InfluxPolicy, request: Request, place: Place): Verdict => {
  const [value] = valuesOf(request.fields, 'authorization')
  if (value === undefined) return 'refused'
  const given = policy.parse(value)
  if (given === undefined) return 'malformed'
  if (policy.isToken(given.word)) {
    return policy.sameToken(given.rest, policy.token) ? 'granted' : 'refused'
  }
  if (!policy.isBasic(given.word)) return 'malformed'
  return policy.takesBasic(place) ? byBasic(policy, given.rest) : 'refused'
}

const refuse = (): Reply =>
  jsonReply(401, { code: 'unauthorized', message: 'unauthorized access' }, [
    ['X-Platform-Error-Code', 'unauthorized'],
  ])

const fresh: Reply['fields'] = [['Cache-Control', 'private, no-store']]

const answers: Readonly<Record<Exclude<Place, 'none' | 'signin' | 'write'>, object>> = {
  buckets: { links: { self: '/api/v2/buckets' }, buckets: [] },
  authorizations: { links: { self: '/api/v2/authorizations' }, authorizations: [] },
  orgs: { links: { self: '/api/v2/orgs' }, orgs: [] },
  query: { results: [{ statement_id: 0 }] },
}

const session: Reply['fields'] = [
  ['Set-Cookie', 'session=x; Path=/api/; HttpOnly; Secure; SameSite=Strict'],
]

const answered = (place: Place): Reply => {
  if (place === 'signin') return { status: 204, fields: [...session, ...fresh], body: '' }
  if (place === 'write' || place === 'none') return { status: 204, fields: [], body: '' }
  return jsonReply(200, { ...answers[place] }, fresh)
}

/** The methods of each place; the page shows signing in by GET, others of the family take POST. */
const methods: Readonly<Record<Place, readonly string[]>> = {
  buckets: ['GET', 'HEAD'],
  authorizations: ['GET', 'HEAD'],
  orgs: ['GET', 'HEAD'],
  query: ['GET', 'HEAD', 'POST'],
  write: ['POST'],
  signin: ['GET', 'POST'],
  none: [],
}

const problem = (status: number, code: string, message: string): Reply =>
  jsonReply(status, { code, message })

const respond = async (policy: InfluxPolicy, request: Request): Promise<Reply> => {
  const place = policy.place(request.target)
  if (place === 'none') return problem(404, 'not found', 'path not found')
  if (!methods[place].includes(request.method)) {
    const reply = problem(405, 'method not allowed', 'allowed methods are in the Allow field')
    return { ...reply, fields: [...reply.fields, ['Allow', methods[place].join(', ')]] }
  }
  if (policy.guarded(place)) {
    const verdict = policy.authenticate(policy, request, place)
    if (verdict !== 'granted') return policy.refuse(verdict)
  }
  const content = await request.content()
  return isFault(content) ? policy.http.refuse(content) : answered(place)
}

/** The policy that keeps to the page; the user's name in Basic is not looked at. */
export const documentedInflux = (token: string): InfluxPolicy => ({
  http: strictRules,
  token,
  place: placeOf,
  guarded: () => true,
  takesBasic: (place) => place === 'query' || place === 'write' || place === 'signin',
  isToken: (word) => word === 'Token',
  isBasic: (word) => word.toLowerCase() === 'basic',
  parse: (value) => {
    const at = value.indexOf(' ')
    return at < 0 ? undefined : { word: value.slice(0, at), rest: value.slice(at + 1) }
  },
  sameToken: sameText,
  decode: decodeBase64,
  password: (text) => {
    const colon = text.indexOf(':')
    return colon < 0 ? undefined : text.slice(colon + 1)
  },
  authenticate,
  refuse,
  respond,
})
