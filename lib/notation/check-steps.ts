/** What the steps of a case have to be like. */
import { HOSTED_KEYS } from '../jose/hosted-keys.ts'
import type { PublishStep, SendStep, Step, StepsCase } from '../model/case.ts'
import { checkLine } from './check-line.ts'
import { accessOf, checkFaults, checkPlain } from './check-send.ts'
import type { Known } from './known.ts'
import { below, type Place, type Problem } from './problem.ts'
import { quoted } from './words.ts'

/** What is wrong with the steps of a case; `place` is the case's. */
export function checkStepsCase(case_: StepsCase, place: Place, known: Known): readonly Problem[] {
  const at = below(place, 'steps')
  const judged = case_.steps.filter((step) => isSend(step) && step.role !== 'control')
  const none = {
    path: at.path,
    say: 'No step is judged: one that is no control has to expect something.',
  }
  return [
    ...(judged.some((step) => isSend(step) && step.expect !== undefined) ? [] : [none]),
    ...case_.steps.flatMap((step, n) =>
      isSend(step) ? checkStep(case_, step, n, below(at, n), known) : [],
    ),
  ]
}

function isSend(step: Step): step is SendStep {
  return 'send' in step
}

function checkStep(
  case_: StepsCase,
  step: SendStep,
  n: number,
  place: Place,
  known: Known,
): readonly Problem[] {
  const before = case_.steps.slice(0, n)
  const earlier = before.flatMap((one) => (isSend(one) && one.as !== undefined ? [one.as] : []))
  const lines = step.expect ?? []
  const around = { case: case_, known, earlier, ...(step.as === undefined ? {} : { own: step.as }) }
  return [
    ...checkFaults(step.send, below(place, 'send')),
    ...checkPlain(step.send, lines, below(place, 'send')),
    ...checkNames(case_, step, earlier, place),
    ...checkRole(step, before, place),
    ...checkWithdrawal(case_, step, n, place),
    ...lines.flatMap((line, at) => checkLine(line, below(below(place, 'expect'), at), around)),
  ]
}

function checkNames(
  case_: StepsCase,
  step: SendStep,
  earlier: readonly string[],
  place: Place,
): readonly Problem[] {
  const problems: Problem[] = []
  if (step.as !== undefined && earlier.includes(step.as)) {
    const say = `An earlier step is named ${quoted(step.as)} already.`
    problems.push({ path: below(place, 'as').path, say })
  }
  const shared = case_.steps.filter((one) => isSend(one) && one.on === step.on).length
  if (step.on !== undefined && shared < 2) {
    const say = `No other step goes on the connection ${quoted(step.on)}.`
    problems.push({ path: below(place, 'on').path, say })
  }
  return problems
}

function checkRole(step: SendStep, before: readonly Step[], place: Place): readonly Problem[] {
  const problems: Problem[] = []
  if (step.role === 'control' && step.expect !== undefined) {
    const say = 'A control expects nothing of its own: it has to be granted.'
    problems.push({ path: below(place, 'expect').path, say })
  }
  if (step.within !== undefined && before.every(isSend)) {
    const say = 'No step before has published keys, so that there is nothing to wait for.'
    problems.push({ path: below(place, 'within').path, say })
  }
  return problems
}

/**
 * A refused key proves something only if another of the set worked before. One that was published as
 * a good key, and is so no longer, has to have worked itself, and another has to work afterwards.
 */
function checkWithdrawal(
  case_: StepsCase,
  step: SendStep,
  n: number,
  place: Place,
): readonly Problem[] {
  const credential = step.send.with
  if (typeof credential === 'string' || !('key' in credential)) return []
  if (!accessOf(step.expect ?? []).includes('denied')) return []
  const before = case_.steps.slice(0, n)
  if (!before.some(isGranted)) {
    const say = 'Before a key is refused, another one has to be granted in an earlier step.'
    return [{ path: place.path, say }]
  }
  if (credential.but !== undefined || !wasGood(before, credential.key)) return []
  const same = JSON.stringify(credential)
  const worked = before.some(
    (one) => isGranted(one) && isSend(one) && JSON.stringify(one.send.with) === same,
  )
  const problems: Problem[] = []
  if (!worked) {
    const say = 'The credential that is withdrawn has to be granted in an earlier step.'
    problems.push({ path: place.path, say })
  }
  if (!case_.steps.slice(n + 1).some(isGranted)) {
    const say = 'After a credential is withdrawn, a later step has to be granted with another.'
    problems.push({ path: place.path, say })
  }
  return problems
}

/** True for a key that was published as one to verify with, in a set that can be read. */
function wasGood(before: readonly Step[], key: string | undefined): boolean {
  if (HOSTED_KEYS[key ?? '']?.spec !== undefined) return false
  return before.some(
    (one) =>
      !isSend(one) &&
      one.answer?.document === undefined &&
      !isSpoilt(one) &&
      one.publish.includes(key ?? ''),
  )
}

function isSpoilt({ answer }: PublishStep): boolean {
  const { status = 200, manner, redirect, encoding, channel } = answer ?? {}
  return [status !== 200, manner, redirect, encoding, channel].some(
    (each) => each !== undefined && each !== false,
  )
}

function isGranted(step: Step): boolean {
  if (!isSend(step)) return false
  return step.role === 'control' || accessOf(step.expect ?? []).includes('granted')
}
