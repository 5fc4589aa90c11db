/** Finds the token of a request (RFC 6750 §2): in the Authorization field and nowhere else. */
import { parseCredentials } from '../generic/basic.ts'
import { isFault, type Request, valuesOf } from '../http/types.ts'
import type { AccessRules, Carried, Found, Refused } from './types.ts'

const parameter = 'access_token'

const isForm = (request: Request): boolean =>
  valuesOf(request.fields, 'content-type').some((type) =>
    /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type),
  )

/** Looks where RFC 6750 §2.2 and §2.3 would put a token, so that a second one can be told. */
const carriedTokens = async (request: Request): Promise<Carried | Refused<'unreadable'>> => {
  const content = isForm(request) ? await request.content() : { body: '' }
  if (isFault(content)) return { refused: 'unreadable' }
  return {
    query: new URLSearchParams(request.target.query ?? '').getAll(parameter),
    form: new URLSearchParams(content.body).getAll(parameter),
  }
}

/** One Authorization value to its token. */
const fromValue = (access: AccessRules, value: string): Found | Refused => {
  const credentials = access.parse(value)
  if (!credentials) return { refused: 'no-scheme' }
  if (!access.isBearer(credentials.scheme)) return { refused: 'other-scheme' }
  if (credentials.rest === '') return { refused: 'no-token' }
  return access.isToken(credentials.rest) ? { token: credentials.rest } : { refused: 'not-a-token' }
}

const locateToken = async (access: AccessRules, request: Request): Promise<Found | Refused> => {
  const [value, ...more] = valuesOf(request.fields, 'authorization')
  if (more.length > 0) return { refused: 'duplicate' }
  const carried = await access.carried(request)
  if ('refused' in carried) return carried
  const elsewhere = carried.query.length + carried.form.length
  if (elsewhere > 1) return { refused: 'repeated-parameter' }
  if (value === undefined) return { refused: 'missing' }
  return elsewhere > 0 ? { refused: 'two-methods' } : fromValue(access, value)
}

/** How a conforming site finds tokens. */
export const strictAccess: AccessRules = {
  parse: parseCredentials,
  isBearer: (scheme) => scheme.toLowerCase() === 'bearer',
  isToken: (rest) => /^[A-Za-z0-9\-._~+/]+=*$/.test(rest),
  carried: carriedTokens,
  locate: locateToken,
}
