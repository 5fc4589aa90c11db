/** Reads tokens in tokens (RFC 7519 §5.2), for servers that take them. */
import { splitToken } from '../../bearer/segments.ts'
import type { Check, TokenRules } from '../../bearer/types.ts'
import type { BearerChange } from './types.ts'
import { secondLook } from './ways.ts'

const anything = (): boolean => true

/** Claims of a token that has none of its own, only another token. */
const noClaims: TokenRules['claims'] = {
  iss: anything,
  aud: anything,
  sub: anything,
  exp: anything,
  nbf: anything,
  iat: anything,
  jti: anything,
  cnf: anything,
}

/** What `cty` says of a token that holds another, however it is written (RFC 7515 §4.1.10). */
export const saysNested: Check = (cty) => /^(?:application\/)?jwt$/i.test(String(cty))

/** Takes a good token in a good token; `within` are the rules for the inner one. */
export const nestedToo = (
  cty: Check,
  within: (rules: TokenRules) => Partial<TokenRules> = () => ({}),
): BearerChange =>
  secondLook(async (rules, token) => {
    const segments = splitToken(token)
    const inner = Buffer.from(segments?.payload ?? '', 'base64url').toString('utf8')
    if (!splitToken(inner)) return undefined
    const outer = await rules.verify(
      {
        ...rules,
        headers: { ...rules.headers, cty },
        json: (text, part) => (part === 'payload' ? {} : rules.json(text, part)),
        claims: noClaims,
      },
      token,
    )
    if ('refused' in outer) return undefined
    const verdict = await rules.verify({ ...rules, ...within(rules) }, inner)
    return 'refused' in verdict ? undefined : verdict
  })
