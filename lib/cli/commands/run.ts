import { assign, runOptions } from '../assign.ts'
import { commandText } from '../command-text.ts'
import { conductInto, deliver, reportersNamed } from '../conduct.ts'
import { corpusWith } from '../corpus.ts'
import { type ExitCode, exitCodeFor } from '../exit.ts'
import type { RunInvocation } from '../invocation.ts'
import { type Io, remark } from '../io.ts'
import { planText } from '../plan-text.ts'
import { checkSelection } from '../selection.ts'
import { versionsOf } from '../versions.ts'
import { prepareFolder } from '../write.ts'

/** Judges a server: report files into a folder, results to stdout, the gate as exit code. */
export async function run(invocation: RunInvocation, io: Io): Promise<ExitCode> {
  const { target, run: settings, gate, output } = invocation
  const corpus = corpusWith(invocation.suiteFiles, io.readFile)
  for (const notice of checkSelection(settings, corpus)) remark(notice, io.err)
  // Whatever the caller got wrong is said before the first request, not after the last.
  await reportersNamed(output.reporters)
  const command = commandText(invocation.repeat)
  const options = runOptions(settings, gate.maxInconclusive, command)
  const assignment = await assign(target, corpus, options, settings, io)
  if (invocation.dryRun) {
    const { planConformance } = await import('../../engine/index.ts')
    const { suites, clauses } = corpus
    const plan = planConformance({
      ...assignment,
      suites,
      clauses,
      versions: versionsOf(suites, clauses),
      signal: new AbortController().signal,
    })
    io.out.write(planText(plan, io.out.columns))
    return 0
  }
  prepareFolder(output.out)
  const report = await conductInto(output.out, assignment, io)
  await deliver(report, output.out, output, settings.strict, io)
  return exitCodeFor(report, gate)
}
