/** Credentials taken from places that are not the Authorization field. */
import { checkBase64, checkValue } from '../generic/basic.ts'
import type { AccessRules, Verdict } from '../generic/types.ts'
import { fault } from '../http/head.ts'
import { absoluteTarget, cutAbsolute, validAuthority } from '../http/target.ts'
import { isFault, type Pair, type Request, valuesOf } from '../http/types.ts'
import { answers, type Change, type Defect, http } from './types.ts'

const missing = 'rfc9110#11.4-401-when-credentials-missing'
const validated = 'rfc7617#2-service-only-when-validated'
const sanitised = 'rfc9700#4.13-proxy-sanitises-security-headers'

type Look = (access: AccessRules, request: Request) => Verdict[] | Promise<Verdict[]>

/** Looks in a second place when the Authorization field is absent. */
const alsoFrom =
  (look: Look): Change =>
  (policy) => ({
    ...policy,
    authenticate: async (whole, request) => {
      const verdict = await policy.authenticate(whole, request)
      if ('account' in verdict || verdict.refused !== 'missing') return verdict
      const others = await look(whole.access, request)
      return others.find((other) => 'account' in other) ?? verdict
    },
  })

const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A whole Authorization value, or its Base64 alone. */
const eitherWay = (access: AccessRules, value: string): Verdict => {
  const clean = unescaped(value).replace(/^"|"$/g, '')
  return /^basic /i.test(clean) ? checkValue(access, clean) : checkBase64(access, clean)
}

const pairsOf = (text: string, separator: RegExp): readonly (readonly [string, string])[] =>
  text.split(separator).map((pair) => {
    const at = pair.indexOf('=')
    return at < 0 ? ['', pair] : [pair.slice(0, at).trim().toLowerCase(), pair.slice(at + 1).trim()]
  })

/** Name and password in two parameters of the query. */
const fromParameters = (access: AccessRules, query: string): Verdict[] => {
  const parameters = new URLSearchParams(query)
  const first = (...names: readonly string[]): string | null =>
    names.map((name) => parameters.get(name)).find((value) => value !== null) ?? null
  const user = first('user', 'username', 'login')
  const password = first('password', 'pass', 'pwd')
  return user === null || password === null ? [] : [access.verify(access, { user, password })]
}

/** Any parameter may hold Basic credentials, and two together a name and a password. */
const fromForm = (access: AccessRules, form: string): Verdict[] => {
  const each = pairsOf(form, /&/).map(([, value]) =>
    eitherWay(access, value.replaceAll('+', '%20')),
  )
  return [...each, ...fromParameters(access, form)]
}

const ofField =
  (name: string): Look =>
  (access, request) =>
    valuesOf(request.fields, name).map((value) => checkValue(access, value))

/** Lets in without credentials whoever sends a certain field. */
const trusts = (trusted: (field: Pair) => boolean): Change =>
  alsoFrom(({ accounts }, { fields }) => {
    const [account] = accounts
    return account && fields.some(trusted) ? [{ account }] : []
  })

/** The strict target rule, with its refusal of userinfo taken out. */
const userinfoPasses: Change = http(({ target }) => ({
  target: (start, secure) => {
    const cut = cutAbsolute(start.target)
    if (cut?.userinfo === undefined || !['http', 'https'].includes(cut.scheme)) {
      return target(start, secure)
    }
    const bare = target({ ...start, target: `${cut.scheme}://${cut.authority}${cut.rest}` }, secure)
    if (isFault(bare)) return bare
    return validAuthority(cut.authority)
      ? absoluteTarget(cut.rest, cut.userinfo)
      : fault('The request target is not a URL of this server.')
  },
}))

export const elsewhere: readonly Defect[] = [
  {
    id: 'credentials-in-cookie',
    does: 'Takes Basic credentials from a cookie when there is no Authorization field.',
    breaks: 'should',
    clauses: [missing],
    change: alsoFrom((access, request) =>
      valuesOf(request.fields, 'cookie')
        .flatMap((value) => pairsOf(value, /; */))
        .map(([, value]) => eitherWay(access, value)),
    ),
  },
  {
    id: 'credentials-in-query',
    does: 'Takes Basic credentials, or a name and a password, from the query of the URL.',
    breaks: 'should',
    clauses: ['rfc9110#17.9-no-credentials-in-uris', missing],
    change: alsoFrom((access, request) => fromForm(access, request.target.query ?? '')),
  },
  {
    id: 'credentials-in-x-authorization',
    does: 'Takes credentials from X-Authorization when there is no Authorization field.',
    breaks: 'should',
    clauses: [missing],
    change: alsoFrom(ofField('x-authorization')),
  },
  {
    id: 'credentials-elsewhere-cacheable',
    does: 'Takes credentials from X-Authorization and lets caches keep what it grants.',
    breaks: 'should',
    clauses: ['rfc9110#16.4.2-other-credential-fields-disallow-caching'],
    besides: 'credentials-in-x-authorization',
    change: (policy, lab) =>
      alsoFrom(ofField('x-authorization'))(
        answers(() => ({ cacheFields: [['Cache-Control', 'max-age=60']] }))(policy, lab),
        lab,
      ),
  },
  {
    id: 'credentials-in-proxy-authorization',
    does: 'Takes credentials from Proxy-Authorization when there is no Authorization field.',
    breaks: 'must',
    clauses: ['rfc9110#11.7.2-proxy-authorization-not-for-origin'],
    change: alsoFrom(ofField('proxy-authorization')),
  },
  {
    id: 'identity-field-trusted',
    does: 'Lets in whoever names a user in the field that a proxy in front would set.',
    breaks: 'must',
    clauses: [sanitised, validated],
    change: trusts(
      ([name, value]) => /^(?:remote|x-remote|x-forwarded)-user$/i.test(name) && value !== '',
    ),
  },
  {
    id: 'forwarded-address-trusted',
    does: 'Lets in whoever claims in X-Forwarded-For or Forwarded to come from this machine.',
    breaks: 'must',
    clauses: [sanitised, validated],
    change: trusts(
      ([name, value]) =>
        /^(?:x-forwarded-for|forwarded)$/i.test(name) && /^(?:for=)?"?127\.0\.0\.1/i.test(value),
    ),
  },
  {
    id: 'credentials-in-trailer',
    does: 'Merges the fields after the content into the head, Authorization among them.',
    breaks: 'must',
    clauses: ['rfc9110#6.5.1-no-credentials-from-trailer'],
    change: alsoFrom(async (access, request) => {
      const chunked = valuesOf(request.fields, 'transfer-encoding').length > 0
      const content = chunked ? await request.content() : { trailers: [] }
      if (isFault(content)) return []
      return valuesOf(content.trailers, 'authorization').map((value) => checkValue(access, value))
    }),
  },
  {
    id: 'credentials-in-body',
    does: 'Takes Basic credentials, or a name and a password, from form content.',
    breaks: 'should',
    clauses: [missing],
    change: alsoFrom(async (access, request) => {
      const [type = ''] = valuesOf(request.fields, 'content-type')
      if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return []
      const content = await request.content()
      return isFault(content) ? [] : fromForm(access, content.body)
    }),
  },
  {
    id: 'credentials-in-userinfo',
    does: 'Takes credentials from the user name and password of an absolute URL.',
    breaks: 'should',
    clauses: ['rfc9110#4.2.4-userinfo-in-target'],
    change: (policy, lab) =>
      alsoFrom((access, request) => {
        const [user, password] = (request.target.userinfo ?? '').split(/:(.*)/s)
        if (user === undefined || password === undefined) return []
        return [access.verify(access, { user: unescaped(user), password: unescaped(password) })]
      })(userinfoPasses(policy, lab), lab),
  },
  {
    id: 'userinfo-ignored',
    does: 'Serves an absolute URL that holds a user name as if it held none.',
    breaks: 'should',
    clauses: ['rfc9110#4.2.4-userinfo-in-target'],
    change: userinfoPasses,
  },
]
