import { join } from 'node:path'
import type { Report } from '../../model/report.ts'
import { type Reference, type ReferenceSystem, startReference } from '../../reference/start.ts'
import { type Authority, createAuthority } from '../../x509/authority.ts'
import { runOptions, shownOptions } from '../assign.ts'
import { commandText } from '../command-text.ts'
import { type Assignment, conductInto, deliver, renderOptions, reportersNamed } from '../conduct.ts'
import { type Corpus, corpusWith } from '../corpus.ts'
import { demoIndex, type Shown } from '../demo-index.ts'
import {
  builtInSystems,
  demoTarget,
  demoTransport,
  hostedAt,
  hostedTarget,
  quickKeys,
  quickRefresh,
} from '../demo-target.ts'
import { type ExitCode, exitCodeFor } from '../exit.ts'
import type { DemoInvocation } from '../invocation.ts'
import { type Io, remark } from '../io.ts'
import { allMutants, mutantNamed, systemsNamed } from '../mutants.ts'
import { defined, risks } from '../run-settings.ts'
import { checkSelection } from '../selection.ts'
import { prepareFolder, writeReportFile } from '../write.ts'

interface Show {
  readonly invocation: DemoInvocation
  readonly corpus: Corpus
  readonly system: ReferenceSystem
  readonly io: Io
}

function assignmentFor(
  reference: Reference,
  { invocation, corpus, system, io }: Show,
  authority: Authority,
): Assignment {
  const { mutant } = invocation
  const words = ['demo', '--system', system, ...(mutant === undefined ? [] : ['--mutant', mutant])]
  // The server is ours and ends with the run, so there is nothing to be careful of.
  const settings = { ...invocation.run, allow: risks, keyRefresh: quickRefresh }
  const own = demoTarget(system, reference, io.readFile)
  const hosted = hostedAt(reference, { authority })
  const target = hosted === undefined ? own : hostedTarget(own, reference)
  return {
    target,
    ...defined({ hosted }),
    corpus,
    options: runOptions(settings, invocation.gate.maxInconclusive, commandText(words)),
    transport: demoTransport(reference),
    shown: shownOptions(target, settings),
  }
}

async function show(folder: string, each: Show): Promise<Report> {
  const { system, invocation, io } = each
  const { mutant } = invocation
  // The built-in server trusts whoever vouches for the key set, and for that alone.
  const authority = createAuthority('http-auth-conformance demo')
  const reference = await startReference({
    system,
    ...quickKeys,
    keyAuthority: authority.pem,
    ...(mutant === undefined ? {} : { mutant }),
  })
  try {
    return await conductInto(folder, assignmentFor(reference, each, authority), io)
  } finally {
    await reference.close()
  }
}

/** `all` shows every built-in server, one after the other. */
function systemsFor(named: string): readonly ReferenceSystem[] {
  return named === 'all' ? builtInSystems : systemsNamed(named, builtInSystems)
}

async function oneLine(
  report: Report,
  name: string,
  folder: string,
  strict: boolean,
  io: Io,
): Promise<void> {
  const { reporters } = await import('../../reporters/index.ts')
  const look = { ...renderOptions(io, strict, folder), name }
  io.out.write(reporters.line?.render(report, look) ?? '')
}

/** A selection may concern one server only, and then another has nothing to say. */
function judged(shown: readonly Shown[]): readonly Shown[] {
  const some = shown.filter(
    ({ report }) => report.interrupted || report.results.some(({ verdict }) => verdict !== 'skip'),
  )
  return some.length > 0 ? some : shown
}

const order: readonly ExitCode[] = [130, 1, 3, 0]

/** Judges the built-in server, or one of its mutants; several systems go one after the other. */
export async function demo(invocation: DemoInvocation, io: Io): Promise<ExitCode> {
  const { mutant, output, gate, run } = invocation
  const corpus = corpusWith([], io.readFile)
  const own = mutant === undefined ? undefined : mutantNamed(mutant, await allMutants())
  const systems = systemsFor(invocation.system ?? own?.system ?? 'all')
  for (const notice of checkSelection(run, corpus)) remark(notice, io.err)
  await reportersNamed(output.reporters)
  prepareFolder(output.out)
  const shown: Shown[] = []
  for (const system of systems) {
    const several = systems.length > 1
    const brief = several && output.reporters.join() === 'terminal'
    const folder = several ? join(output.out, system) : output.out
    if (several) prepareFolder(folder)
    const report = await show(folder, { invocation, corpus, system, io })
    shown.push({ system, report })
    await deliver(report, folder, brief ? { ...output, reporters: [] } : output, run.strict, io)
    if (brief) await oneLine(report, system, folder, run.strict, io)
    if (report.interrupted) break
  }
  const codes = judged(shown).map(({ report }) => exitCodeFor(report, gate))
  if (systems.length > 1) writeReportFile(output.out, 'index.html', demoIndex(shown))
  return order.find((code) => codes.includes(code)) ?? 3
}
