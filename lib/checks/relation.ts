import type { SameFeature } from '../model/case.ts'
import type { Answer } from '../model/exchange.ts'
import { fieldValue, mediaTypeOf } from '../text/fields.ts'
import { memberNamesOf } from '../text/json.ts'
import { challengesIn } from './challenge.ts'
import { type Check, type Checked, isCutShort, type Judged, noAnswer, quote } from './check.ts'

type Feature = (answer: Answer, judged: Judged) => string

const features: Readonly<Record<SameFeature, Feature>> = {
  status: (answer) => String(answer.status),
  challenge: (answer) =>
    // Nonces differ by right; scheme and realm name the protection space.
    challengesIn(answer)
      .challenges.map((each) => {
        const realm = each.params.find((param) => param.name.toLowerCase() === 'realm')
        return `${each.scheme.toLowerCase()} realm=${realm?.value ?? ''}`
      })
      .join(', ') || 'none',
  'media-type': (answer) => mediaTypeOf(answer.fields) ?? 'none',
  shape: (answer) => memberNamesOf(answer.body)?.join(' ') ?? `${mediaTypeOf(answer.fields)}`,
  length: (answer) => fieldValue(answer.fields, 'Content-Length') ?? String(answer.bodyBytes),
  body: (answer) => answer.body,
  access: (_answer, judged) => judged.outcome,
}

/** Equal to an earlier step in the named features. */
export function same(step: string, wanted: readonly SameFeature[]): Check<string> {
  return (_wanted, context): Checked => {
    const other = context.steps.get(step)
    const say = `the same ${wanted.join(', ')} as ${step}`
    const mine = context.exchange.answer
    const theirs = other?.exchange.answer
    if (other === undefined || theirs === undefined || mine === undefined) {
      const got =
        other === undefined
          ? `${step} was not sent`
          : noAnswer(mine === undefined ? context : other)
      return { check: 'same', wanted: say, got, holds: 'unknown' }
    }
    const differing = wanted.filter(
      (feature) => features[feature](mine, context) !== features[feature](theirs, other),
    )
    const got = differing.map((feature) => {
      const [a, b] = [features[feature](theirs, other), features[feature](mine, context)]
      return `${feature}: ${quote(context, a, 60)} / ${quote(context, b, 60)}`
    })
    const unsteady =
      [context, other].some((each) => ['throttled', 'crashed'].includes(each.outcome)) ||
      [mine, theirs].some(isCutShort)
    return {
      check: 'same',
      wanted: say,
      got: got.length === 0 ? 'the same' : got.join('; '),
      holds: got.length === 0 ? true : unsteady ? 'unknown' : false,
    }
  }
}

/** Not all of the named steps, this one included where it is named, had the access. */
export function notAll(steps: readonly string[], access: 'granted' | 'denied'): Check<string> {
  return (_wanted, context): Checked => {
    const outcomes = steps.map((step) => context.steps.get(step)?.outcome)
    const known = outcomes.every((each) => each === 'granted' || each === 'denied')
    return {
      check: 'relation',
      wanted: `not all of ${steps.join(', ')} ${access}`,
      got: steps.map((step, index) => `${step}: ${outcomes[index] ?? 'not sent'}`).join(', '),
      holds: known ? !outcomes.every((each) => each === access) : 'unknown',
    }
  }
}
