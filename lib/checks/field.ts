import type { FieldWanted } from '../model/case.ts'
import type { Answer } from '../model/exchange.ts'
import { parseChallenges } from '../text/challenge.ts'
import { fieldValues, parseRetryAfter } from '../text/fields.ts'
import { type Check, type CheckContext, quote, withAnswer } from './check.ts'
import { holdsSecret } from './content.ts'

/** List members or directive names, in lower case, without their arguments. */
function members(values: readonly string[]): readonly string[] {
  return values
    .join(',')
    .split(',')
    .map((member) => member.split(/[=;]/)[0]?.trim().toLowerCase() ?? '')
}

function areAuthParams(value: string): boolean {
  const { challenges, deviations } = parseChallenges([`X ${value}`])
  const [only, second] = challenges
  const params = only?.token68 === undefined && (only?.params.length ?? 0) > 0
  return params && second === undefined && deviations.length === 0
}

type Syntax = NonNullable<FieldWanted['syntax']>

const syntaxes: Readonly<Record<Syntax, { say: string; holds: (value: string) => boolean }>> = {
  'retry-after': {
    say: 'a date or a whole number of seconds',
    holds: (value) => !('fault' in parseRetryAfter(value, 0)),
  },
  'auth-params': {
    say: 'a list of name="value" parameters',
    holds: areAuthParams,
  },
  'uri-without-userinfo': {
    say: 'a URI without user information',
    holds: (value) => !/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*@/i.test(value),
  },
}

function wordsOf(wanted: FieldWanted): string {
  const words: string[] = []
  if (wanted.present !== undefined) words.push(wanted.present ? 'present' : 'absent')
  if (wanted.freeOf !== undefined) words.push(`without ${wanted.freeOf.join(', ')}`)
  if (wanted.lists !== undefined) words.push(`with ${wanted.lists.join(', ')}`)
  if (wanted.listsAny !== undefined) words.push(`with ${wanted.listsAny.join(' or ')}`)
  if (wanted.syntax !== undefined) words.push(syntaxes[wanted.syntax].say)
  if (wanted.secretsAre !== undefined) {
    words.push(`${wanted.secretsAre} where it holds a secret that was sent`)
  }
  if (wanted.cookiesAre !== undefined) words.push(`${wanted.cookiesAre} in every cookie`)
  return `${wanted.name}: ${words.join(', ')}`
}

/** The attributes of a cookie come after its value, parted by semicolons (RFC 6265 §4.1.1). */
function hasAttribute(cookie: string, attribute: string): boolean {
  const [, ...attributes] = cookie.split(';')
  return attributes.some((each) => each.trim().toLowerCase() === attribute.toLowerCase())
}

function holdsFor(wanted: FieldWanted, answer: Answer, { secrets }: CheckContext): boolean {
  const values = fieldValues(answer.fields, wanted.name)
  const found = members(values)
  const has = (name: string): boolean => found.includes(name.toLowerCase())
  const { syntax, secretsAre, cookiesAre } = wanted
  return (
    (wanted.present === undefined || wanted.present === values.length > 0) &&
    !(wanted.freeOf ?? []).some(has) &&
    (wanted.lists ?? []).every(has) &&
    (wanted.listsAny?.some(has) ?? true) &&
    (syntax === undefined || values.every((value) => syntaxes[syntax].holds(value))) &&
    (cookiesAre === undefined || values.every((value) => hasAttribute(value, cookiesAre))) &&
    (secretsAre === undefined ||
      values.every((value) => !holdsSecret(secrets, value) || hasAttribute(value, secretsAre)))
  )
}

/** A field of the answer is present, absent, lists what it should, or is well formed. */
export const field: Check<FieldWanted> = (wanted, context) =>
  withAnswer('field', wordsOf(wanted), context, (answer) => {
    const values = fieldValues(answer.fields, wanted.name)
    return {
      got: values.length === 0 ? `no ${wanted.name}` : quote(context, values.join(' | '), 120),
      holds: holdsFor(wanted, answer, context),
    }
  })
