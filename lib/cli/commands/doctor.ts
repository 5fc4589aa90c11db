import type { PreflightFinding, Report } from '../../model/report.ts'
import { assign, runOptions } from '../assign.ts'
import { beside } from '../columns.ts'
import { commandText } from '../command-text.ts'
import { conduct } from '../conduct.ts'
import { corpusWith } from '../corpus.ts'
import type { ExitCode } from '../exit.ts'
import type { DoctorInvocation } from '../invocation.ts'
import type { Io } from '../io.ts'

const signs = { true: '✓', false: '✗', unknown: '?' } as const

function findingText({ holds, say, hint }: PreflightFinding, width: number): string {
  const line = beside(`  ${signs[`${holds}`]}`, say, 4, width)
  return hint === undefined ? line : `${line}\n${beside('', hint, 6, width)}`
}

function routeText(report: Report): readonly string[] {
  const facts = Object.entries(report.target.route).map(([name, value]) => `${name}: ${value}`)
  return facts.length === 0 ? [] : ['', `  ${facts.join(' · ')}`]
}

/** What was supplied and cannot be used, though something else may be good enough to go on with. */
const unusable: ReadonlySet<string> = new Set([
  'credential-granted',
  'told-apart',
  'signed-in',
  'key-set',
])

type State = 'ready' | 'partly' | 'blocked'

function stateOf({ preflight }: Report): State {
  if (preflight.some(({ blocks }) => blocks)) return 'blocked'
  return preflight.some(({ id, holds }) => holds === false && unusable.has(id)) ? 'partly' : 'ready'
}

const sentences: Readonly<Record<State, string>> = {
  ready: 'Ready to be judged.',
  partly: 'Can be judged in part only.',
  blocked: 'Cannot be judged like this.',
}

function doctorText(report: Report, width: number): string {
  const lines = [
    `${report.target.url}`,
    ...report.preflight.map((finding) => findingText(finding, width)),
    ...routeText(report),
    '',
    sentences[stateOf(report)],
  ]
  return `${lines.join('\n')}\n`
}

/** Looks at connection, credentials and clock, says what is wrong in words, and judges nothing. */
export async function doctor(invocation: DoctorInvocation, io: Io): Promise<ExitCode> {
  const { target, run: settings, json } = invocation
  const corpus = corpusWith([], io.readFile)
  const options = runOptions(settings, { percent: 10 }, commandText(invocation.repeat))
  const assignment = await assign(target, corpus, options, settings, io)
  const report = await conduct({ ...assignment, doctorOnly: true }, io)
  const { preflight, target: found } = report
  io.out.write(
    json
      ? `${JSON.stringify({ target: found, preflight }, null, 2)}\n`
      : doctorText(report, io.out.columns),
  )
  if (report.interrupted) return 130
  return stateOf(report) === 'ready' ? 0 : 3
}
