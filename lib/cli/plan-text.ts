import type { PlanSummary } from '../engine/index.ts'
import { beside } from './columns.ts'

const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`

function leftText(left: PlanSummary['left'], width: number): readonly string[] {
  const reasons = new Map<string, string[]>()
  for (const { id, say, option } of left) {
    const why = option === undefined ? say : `${say} Give ${option}.`
    reasons.set(why, [...(reasons.get(why) ?? []), id])
  }
  return [...reasons].flatMap(([why, ids]) => [
    `  ${why} (${ids.length})`,
    beside('', ids.join(' '), 4, width),
  ])
}

/** What a run would do, for a reader who wants to know before it does. */
export function planText(plan: PlanSummary, width: number): string {
  const { requests, failedLogins, seconds, run, left } = plan
  const time = seconds === undefined ? '' : `, at least ${count(seconds, 'second')}`
  const risky = run.filter((each) => each.failedLogins > 0)
  const lines = [
    `Would judge ${count(run.length, 'variation')} with about ${count(requests, 'request')}${time}.`,
    `Would fail to log in ${count(failedLogins, 'time')}, in ${count(risky.length, 'variation')}.`,
    '',
    'In this order:',
    beside('', run.map(({ id }) => id).join(' '), 2, width),
    ...(left.length === 0 ? [] : ['', 'Left out:', ...leftText(left, width)]),
    '',
    'Nothing was sent.',
  ]
  return `${lines.join('\n')}\n`
}
