/** Puts a Data API together that keeps to its documentation. */
import { parseJson } from '../bearer/json.ts'
import { decodeBase64, sameText, splitUserPass, textOf } from '../generic/basic.ts'
import { strictRules } from '../http/rules.ts'
import { isFault, type Reply, type Request, type Target, valuesOf } from '../http/types.ts'
import { jsonReply } from '../http/write.ts'
import { keysByRules, signedBy, verifyToken } from './token.ts'
import type { DataApiPolicy, ListedKey, Place, Reason, Verdict } from './types.ts'

/** The paths of the API. */
export const paths: Readonly<Record<Exclude<Place, 'none'>, string>> = {
  ping: '/ping',
  spec: '/api/v2/spec',
  rows: '/api/v2/query/rows',
  tuples: '/api/v2/query/tuples',
  exec: '/api/v2/exec',
  setup: '/api/v2/jwks_setup',
}

const placeOf = ({ path }: Target): Place => {
  const found = Object.entries(paths).find(([, own]) => own === path)
  return (found?.[0] as Place | undefined) ?? 'none'
}

const methodsOf = (place: Place): readonly string[] =>
  place === 'ping' || place === 'spec' ? ['GET', 'HEAD'] : ['POST']

/** Errors are bare strings. */
const bare = (status: number, say: string, fields: Reply['fields'] = []): Reply => ({
  status,
  fields: [['Content-Type', 'text/plain; charset=utf-8'], ...fields],
  body: `${say}\n`,
})

const checkBasic = (policy: DataApiPolicy, info: string): Verdict => {
  const bytes = policy.decode(info)
  const text = bytes === undefined ? undefined : textOf(bytes)
  const given = text === undefined ? undefined : splitUserPass(text)
  if (given === undefined) return { refused: 'unreadable' }
  const stored = Object.hasOwn(policy.users, given.user) ? policy.users[given.user] : undefined
  const same = sameText(given.password, stored ?? '\u0000')
  return stored !== undefined && same ? { user: given.user } : { refused: 'wrong-password' }
}

const authenticate: DataApiPolicy['authenticate'] = (policy, request) => {
  const [value] = valuesOf(request.fields, 'authorization')
  if (value === undefined || value === '') return { refused: 'missing' }
  const given = policy.parse(value)
  if (given === undefined) return { refused: 'unreadable' }
  if (policy.isBasic(given.method)) return policy.basic(policy, given.info)
  if (policy.isBearer(given.method)) return policy.bearer(policy, given.info)
  return { refused: 'other-method' }
}

const realm = 'realm="SingleStore Data API"'

const challenges = (policy: DataApiPolicy): readonly string[] => [
  `Basic ${realm}`,
  // Nobody can log in by token before there are keys to verify one with.
  ...(policy.keys().length === 0 ? [] : [`Bearer ${realm}`]),
]

const unauthorized = (policy: DataApiPolicy, reason: Reason): Reply =>
  bare(
    policy.status(reason),
    reason === 'missing' ? 'Authentication is required.' : 'Authentication failed.',
    policy.challenges(policy, reason).map((value): [string, string] => ['WWW-Authenticate', value]),
  )

const results: Readonly<Record<'rows' | 'tuples', Readonly<Record<string, unknown>>>> = {
  rows: { results: [{ rows: [{ '1+1': 2 }] }] },
  tuples: {
    results: [{ columns: [{ name: '1+1', dataType: 'BIGINT', nullable: false }], rows: [[2]] }],
  },
}

const fresh: Reply['fields'] = [['Cache-Control', 'private, no-store']]

/** What cannot be fetched or read leaves everything as it was. */
const setUp = async (policy: DataApiPolicy): Promise<Reply> =>
  (await policy.refresh(policy))
    ? { status: 200, fields: fresh, body: '' }
    : bare(500, 'The key set could not be fetched.')

const answered = (policy: DataApiPolicy, place: Place, body: string): Reply | Promise<Reply> => {
  if (place === 'setup') return setUp(policy)
  const asked = parseJson(body)
  const sql = typeof asked === 'object' && asked !== null && 'sql' in asked ? asked.sql : undefined
  if (typeof sql !== 'string') return bare(400, 'The body is not JSON with a statement in sql.')
  if (place === 'exec') return jsonReply(200, { lastInsertId: 0, rowsAffected: 0 }, fresh)
  return jsonReply(200, results[place === 'tuples' ? 'tuples' : 'rows'], fresh)
}

const open = (place: Place): Reply =>
  place === 'ping' ? bare(200, 'pong') : jsonReply(200, { openapi: '3.0.0' })

/** Path and method first, then access, then what was asked. */
const respond = async (policy: DataApiPolicy, request: Request): Promise<Reply> => {
  const place = policy.place(request.target)
  if (place === 'none') return bare(404, 'There is nothing at this path.')
  const methods = policy.methods(place)
  if (!methods.includes(request.method)) {
    return bare(405, 'This path does not take the method.', [['Allow', methods.join(', ')]])
  }
  if (policy.guarded(place)) {
    const verdict = await policy.authenticate(policy, request)
    if ('refused' in verdict) return unauthorized(policy, verdict.refused)
  }
  const content = await request.content()
  if (isFault(content)) return policy.http.refuse(content)
  return methods.includes('GET') ? open(place) : answered(policy, place, content.body)
}

/** Whom an API knows, and the keys that its endpoint lists. */
export interface DataApiState {
  readonly users: Readonly<Record<string, string>>
  readonly tokenUsers: readonly string[]
  /** What was fetched before the first request. */
  readonly loaded: readonly ListedKey[]
  readonly fetched: DataApiPolicy['fetched']
}

/** The policy that keeps to the documentation: it fetches keys where it is asked to, and only then. */
export const documentedDataApi = (state: DataApiState): DataApiPolicy => {
  const { users, tokenUsers, loaded, fetched } = state
  let held = loaded
  return {
    http: strictRules,
    users,
    tokenUsers,
    keys: () => held,
    fetched,
    keep: (_held, read) => read,
    refresh: async (policy) => {
      const read = await policy.fetched()
      if (read !== undefined) held = policy.keep(held, read)
      return read !== undefined
    },
    place: placeOf,
    methods: methodsOf,
    parse: (value) => {
      const [, method, info] = /^(\S+) (\S.*)$/.exec(value) ?? []
      return method === undefined || info === undefined ? undefined : { method, info }
    },
    isBasic: (method) => method.toLowerCase() === 'basic',
    isBearer: (method) => method.toLowerCase() === 'bearer',
    decode: decodeBase64,
    basic: checkBasic,
    bearer: verifyToken,
    keysFor: keysByRules,
    signed: signedBy,
    authenticate,
    guarded: (place) => place !== 'ping',
    challenges,
    status: () => 401,
    respond,
  }
}
