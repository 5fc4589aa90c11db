import type { ChallengeWanted } from '../model/case.ts'
import type { Answer } from '../model/exchange.ts'
import { type Challenge, challengesOf, paramOf, parseChallenges } from '../text/challenge.ts'
import { fieldValues } from '../text/fields.ts'
import { type Check, type CheckContext, quote, withAnswer } from './check.ts'
import { valueForms } from './forms.ts'

/** The challenges of an answer, read as a recipient would. */
export function challengesIn(answer: Answer): ReturnType<typeof parseChallenges> {
  return parseChallenges(fieldValues(answer.fields, 'WWW-Authenticate'))
}

function shown(answer: Answer, context: CheckContext): string {
  const values = fieldValues(answer.fields, 'WWW-Authenticate')
  if (values.length === 0) return 'no WWW-Authenticate'
  return quote(context, values.join(' | '), 160)
}

type Finding = string | undefined

function presence(
  wanted: ChallengeWanted,
  found: readonly Challenge[],
  context: CheckContext,
): Finding {
  const { scheme } = wanted
  const { accepted } = context
  if (scheme !== undefined && !found.some((each) => sameWord(each.scheme, scheme))) {
    return `no ${scheme} challenge`
  }
  const unwanted = wanted.noneOf?.find((word) => found.some((each) => sameWord(each.scheme, word)))
  if (unwanted !== undefined) return `a ${unwanted} challenge`
  if (wanted.applicable && !found.some((each) => accepted.includes(each.scheme.toLowerCase()))) {
    return found.length === 0
      ? 'no challenge'
      : `only ${found.map((each) => quote(context, each.scheme, 20)).join(', ')}, none of ${accepted.join(', ')}`
  }
  return undefined
}

// What browsers and common clients can answer.
const wellKnown: readonly string[] = ['basic', 'bearer', 'digest', 'negotiate', 'ntlm']

function orderOf(
  wanted: ChallengeWanted,
  found: readonly Challenge[],
  context: CheckContext,
): Finding {
  const known = found.map((each) => wellKnown.includes(each.scheme.toLowerCase()))
  const [first] = found
  if (wanted.first === undefined || first === undefined || known[0] || !known.includes(true)) {
    return undefined
  }
  return `${quote(context, first.scheme, 20)}, which few clients know, comes first`
}

function linesOf(wanted: ChallengeWanted, answer: Answer): Finding {
  if (wanted.apart === undefined) return undefined
  const values = fieldValues(answer.fields, 'WWW-Authenticate')
  const most = Math.max(0, ...values.map((each) => parseChallenges([each]).challenges.length))
  return most > 1 ? `${most} challenges on one line` : undefined
}

function sameWord(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function realmOf(each: Challenge, wanted: ChallengeWanted['realm']): Finding {
  const realm = paramOf(each, 'realm')
  if (wanted === 'present' && realm === undefined) return 'no realm'
  if (wanted === 'absent' && realm !== undefined) return 'a realm'
  if (wanted === 'ascii' && realm !== undefined && /[^\x20-\x7e]/.test(realm.value)) {
    return 'a realm with characters outside US-ASCII'
  }
  return undefined
}

function errorOf(
  each: Challenge,
  wanted: ChallengeWanted['error'],
  context: CheckContext,
): Finding {
  if (wanted === undefined) return undefined
  const error = paramOf(each, 'error')?.value
  if (wanted === null)
    return error === undefined ? undefined : `error="${quote(context, error, 40)}"`
  const allowed = typeof wanted === 'string' ? [wanted] : wanted
  if (error === undefined) return 'no error parameter'
  return allowed.includes(error) ? undefined : `error="${quote(context, error, 40)}"`
}

function paramsOf(each: Challenge, wanted: ChallengeWanted, context: CheckContext): Finding {
  const charset = paramOf(each, 'charset')
  if (wanted.charset !== undefined && charset !== undefined && !sameWord(charset.value, 'UTF-8')) {
    return `charset="${quote(context, charset.value, 40)}"`
  }
  const { params } = wanted
  const other =
    params && each.params.find((param) => !params.some((name) => sameWord(name, param.name)))
  return other && `the parameter ${quote(context, other.name, 40)}`
}

function hasOf(each: Challenge, wanted: ChallengeWanted['has']): Finding {
  if (wanted === undefined) return undefined
  if (wanted === 'any') return each.params.length > 0 ? undefined : 'no parameter'
  const lacking = wanted.find((name) => paramOf(each, name) === undefined)
  return lacking && `no ${lacking} parameter`
}

function valuesOf(
  each: Challenge,
  wanted: ChallengeWanted['values'],
  context: CheckContext,
): Finding {
  if (wanted === undefined) return undefined
  const { of, are } = wanted
  const fits =
    typeof are === 'string' ? valueForms[are].holds : (value: string) => are.includes(value)
  const other = each.params.find(
    (param) => of.some((name) => sameWord(name, param.name)) && !fits(param.value),
  )
  return other && `${quote(context, other.name, 40)}="${quote(context, other.value, 60)}"`
}

function valueWords({ of, are }: NonNullable<ChallengeWanted['values']>): string {
  const form = typeof are === 'string' ? valueForms[are].say : `one of ${are.join(', ')}`
  return `${form} in ${of.join(' and ')}`
}

function wordsOf(wanted: ChallengeWanted): string {
  const words: string[] = []
  if (wanted.scheme !== undefined) words.push(`a ${wanted.scheme} challenge`)
  if (wanted.noneOf !== undefined) words.push(`no ${wanted.noneOf.join(', no ')} challenge`)
  if (wanted.applicable) words.push('a challenge for a scheme the target takes')
  if (wanted.apart) words.push('each challenge on a line of its own')
  if (wanted.first !== undefined) words.push('the schemes that clients know first')
  if (wanted.realm === 'present') words.push('a realm')
  if (wanted.realm === 'absent') words.push('no realm')
  if (wanted.realm === 'ascii') words.push('a realm in US-ASCII')
  if (wanted.charset !== undefined) words.push('charset "UTF-8" or none')
  if (wanted.params !== undefined) words.push(`no parameters but ${wanted.params.join(', ')}`)
  if (wanted.has !== undefined) {
    words.push(wanted.has === 'any' ? 'a parameter' : `the parameters ${wanted.has.join(', ')}`)
  }
  if (wanted.values !== undefined) words.push(valueWords(wanted.values))
  if (wanted.error === null) words.push('no error parameter')
  else if (wanted.error !== undefined) {
    const list = typeof wanted.error === 'string' ? [wanted.error] : wanted.error
    words.push(`error ${list.join(' or ')}`)
  }
  const every = wanted.every ?? wanted.scheme
  return wanted.every === undefined
    ? words.join(', ')
    : `in each ${every} challenge: ${words.join(', ')}`
}

function findingOf(wanted: ChallengeWanted, answer: Answer, context: CheckContext): Finding {
  const result = challengesIn(answer)
  const whole =
    presence(wanted, result.challenges, context) ??
    orderOf(wanted, result.challenges, context) ??
    linesOf(wanted, answer)
  if (whole !== undefined) return whole
  const scheme = wanted.every ?? wanted.scheme
  const looked = scheme === undefined ? result.challenges : challengesOf(result, scheme)
  for (const each of looked) {
    const finding =
      realmOf(each, wanted.realm) ??
      errorOf(each, wanted.error, context) ??
      paramsOf(each, wanted, context) ??
      hasOf(each, wanted.has) ??
      valuesOf(each, wanted.values, context)
    if (finding !== undefined) return finding
  }
  return undefined
}

/** The challenges of the answer are as wanted (RFC 9110 §11.3, §11.6.1). */
export const challenge: Check<'any' | 'none' | ChallengeWanted> = (wanted, context) => {
  if (wanted === 'any' || wanted === 'none') {
    const say = wanted === 'any' ? 'WWW-Authenticate with a challenge' : 'no WWW-Authenticate'
    return withAnswer('challenge', say, context, (answer) => {
      const any = challengesIn(answer).challenges.length > 0
      return { got: shown(answer, context), holds: any === (wanted === 'any') }
    })
  }
  return withAnswer('challenge', wordsOf(wanted), context, (answer) => {
    if (wanted.applicable && context.accepted.length === 0) {
      return { got: 'no credentials were given, so no scheme is known', holds: 'unknown' }
    }
    const finding = findingOf(wanted, answer, context)
    return {
      got: finding === undefined ? shown(answer, context) : `${finding}: ${shown(answer, context)}`,
      holds: finding === undefined,
    }
  })
}

/** The challenges show none of the named deviations from the grammar. */
export const challengeFreeOf: Check<readonly string[]> = (wanted, context) =>
  withAnswer('syntax', `no ${wanted.join(', no ')}`, context, (answer) => {
    const found = challengesIn(answer).deviations.filter((each) => wanted.includes(each.code))
    const [first] = found
    return {
      got: first === undefined ? shown(answer, context) : `${first.say} ${shown(answer, context)}`,
      holds: first === undefined,
    }
  })
