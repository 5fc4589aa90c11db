import type {
  Ending,
  Level,
  ReportExchange,
  ReportResult,
  Severity,
  Summary,
  Verdict,
} from '../model/index.ts'

/** The sign that stands before an item of each verdict; never the only carrier of the meaning. */
export const signs: Readonly<Record<Verdict, string>> = {
  pass: '✓',
  fail: '✗',
  warn: '!',
  note: '·',
  skip: '-',
  inconclusive: '?',
  broken: '✗',
}

/** The verdict of one result in words. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  pass: 'passed',
  fail: 'failed',
  warn: 'warning',
  note: 'note',
  skip: 'skipped',
  inconclusive: 'could not judge',
  broken: 'our own bug',
}

/** The sign of a check that holds, does not hold, or could not be decided. */
export const holdsSign = (holds: boolean | 'unknown'): string =>
  holds === 'unknown' ? '?' : holds ? '✓' : '✗'

/** The same for readers who cannot see the sign. */
export const holdsWord = (holds: boolean | 'unknown'): string =>
  holds === 'unknown' ? 'unknown' : holds ? 'holds' : 'does not hold'

const levels: Readonly<Record<Level, string>> = {
  must: 'MUST',
  should: 'SHOULD',
  may: 'MAY',
  documented: 'documented',
}

/** The level as a reader of specifications writes it. */
export const levelWord = (level: Level): string => levels[level]

/** The level of a result, with the word that says why a broken MUST is not a failure. */
export const levelOf = (result: ReportResult, strict: boolean): string => {
  const soft = result.lines.some((line) => line.softened !== undefined && line.holds === false)
  if (!soft || result.level !== 'must') return levelWord(result.level)
  return strict || result.verdict === 'fail' ? 'MUST (softened, strict)' : 'MUST (softened)'
}

const outcomes: Readonly<Record<ReportExchange['outcome'], string>> = {
  granted: 'access granted',
  denied: 'access denied',
  redirected: 'redirected elsewhere',
  unclear: 'neither granted nor denied',
  throttled: 'throttled',
  crashed: 'the server crashed',
  silent: 'no complete answer',
  closed: 'connection refused',
  unjudged: 'not judged',
}

/** What an exchange says about access, in words. */
export const outcomeWord = (outcome: ReportExchange['outcome']): string => outcomes[outcome]

const endings: Readonly<Record<Ending, string>> = {
  complete: 'complete answer',
  closed: 'refused before the request was sent',
  silent: 'no complete answer',
  unsent: 'not sent',
}

/** How an exchange without an answer ended, in words. */
export const endingWord = (ending: Ending): string => endings[ending]

/** The count with its noun, which takes an `s` unless the plural is given. */
export const counted = (count: number, one: string, many: string = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

/** Milliseconds below a second, tenths of a second below ten, whole seconds from there. */
export const duration = (ms: number): string => {
  if (ms < 999.5) return `${Math.round(ms)} ms`
  return `${(ms / 1000).toFixed(ms < 9950 ? 1 : 0)} s`
}

/** Severities from the costliest down. */
export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low']

const parts: readonly (readonly [keyof Summary, (n: number) => string])[] = [
  ['pass', (n) => `${n} passed`],
  ['fail', (n) => `${n} failed`],
  ['warn', (n) => counted(n, 'warning')],
  ['note', (n) => counted(n, 'note')],
  ['inconclusive', (n) => `${n} could not be judged`],
  ['skip', (n) => `${n} skipped`],
  ['broken', (n) => `${n} broken by our own bug`],
  ['deviations', (n) => counted(n, 'documented deviation')],
]

/** The counts of a run, each with its key and words; what is zero is left out, but for passes. */
export const summaryParts = (
  summary: Summary,
): readonly { readonly key: keyof Summary; readonly text: string }[] =>
  parts
    .filter(([key]) => key === 'pass' || summary[key] > 0)
    .map(([key, say]) => ({ key, text: say(summary[key]) }))
