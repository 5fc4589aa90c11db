import { join } from 'node:path'
import type { Report } from '../../model/report.ts'
import {
  mutants,
  type Reference,
  type ReferenceSystem,
  startReference,
} from '../../reference/start.ts'
import { runOptions, shownOptions } from '../assign.ts'
import { commandText } from '../command-text.ts'
import { type Assignment, conductInto, deliver, reportersNamed } from '../conduct.ts'
import { type Corpus, corpusWith, profileNamed } from '../corpus.ts'
import { type ExitCode, exitCodeFor } from '../exit.ts'
import type { DemoInvocation } from '../invocation.ts'
import { type Io, remark } from '../io.ts'
import { mutantNamed, systemsNamed } from '../mutants.ts'
import { risks } from '../run-settings.ts'
import { checkSelection } from '../selection.ts'
import { prepareFolder } from '../write.ts'
import { builtInSystems } from './serve.ts'

interface Show {
  readonly invocation: DemoInvocation
  readonly corpus: Corpus
  readonly system: ReferenceSystem
  readonly io: Io
}

function assignmentFor(reference: Reference, { invocation, corpus, system, io }: Show): Assignment {
  const { mutant } = invocation
  const words = ['demo', '--system', system, ...(mutant === undefined ? [] : ['--mutant', mutant])]
  // The server is ours and ends with the run, so there is nothing to be careful of.
  const settings = { ...invocation.run, allow: risks }
  const target = {
    profile: profileNamed(system, io.readFile),
    url: new URL(reference.url),
    publicUrl: new URL(reference.publicUrl),
    supplied: { accounts: reference.accounts, tokens: {} },
    fields: [],
  }
  return {
    target,
    corpus,
    options: runOptions(settings, invocation.gate.maxInconclusive, commandText(words)),
    transport: {},
    shown: shownOptions(target, settings),
  }
}

async function show(folder: string, each: Show): Promise<Report> {
  const { system, invocation, io } = each
  const { mutant } = invocation
  const reference = await startReference({ system, ...(mutant === undefined ? {} : { mutant }) })
  try {
    return await conductInto(folder, assignmentFor(reference, each), io)
  } finally {
    await reference.close()
  }
}

const order: readonly ExitCode[] = [130, 1, 3, 0]

/** Judges the built-in server, or one of its mutants; several systems go one after the other. */
export async function demo(invocation: DemoInvocation, io: Io): Promise<ExitCode> {
  const { mutant, output, gate, run } = invocation
  const corpus = corpusWith([], io.readFile)
  const own = mutant === undefined ? undefined : mutantNamed(mutant, mutants)
  const systems = systemsNamed(invocation.system ?? own?.system, builtInSystems())
  for (const notice of checkSelection(run, corpus)) remark(notice, io.err)
  await reportersNamed(output.reporters)
  prepareFolder(output.out)
  const codes: ExitCode[] = []
  for (const system of systems) {
    const folder = systems.length === 1 ? output.out : join(output.out, system)
    const report = await show(folder, { invocation, corpus, system, io })
    await deliver(report, folder, output, run.strict, io)
    codes.push(exitCodeFor(report, gate))
    if (report.interrupted) break
  }
  return order.find((code) => codes.includes(code)) ?? 3
}
