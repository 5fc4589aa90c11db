import { join } from 'node:path'
import type { HostedAt } from '../engine/hosting.ts'
import type { runConformance } from '../engine/run.ts'
import type { Json } from '../model/json.ts'
import type { RunOptions } from '../model/options.ts'
import type { Target } from '../model/profile.ts'
import type { Report } from '../model/report.ts'
import type { RenderOptions, Reporter } from '../reporters/index.ts'
import type { Corpus } from './corpus.ts'
import type { OutputOptions } from './invocation.ts'
import type { Io } from './io.ts'
import type { Listen } from './listen-option.ts'
import { createProgress } from './progress.ts'
import { words } from './values.ts'
import { versionsOf } from './versions.ts'
import { openJournal, writeReportFile } from './write.ts'

/** One server to be judged, with everything decided. */
export interface Assignment {
  readonly target: Target
  readonly corpus: Corpus
  readonly options: RunOptions
  readonly transport: Parameters<typeof runConformance>[0]['transport']
  readonly shown: { readonly [name: string]: Json }
  readonly doctorOnly?: boolean
  /** Where the target can call back. */
  readonly listen?: Listen
  /** Where it reads the key set that this tool hosts. */
  readonly hosted?: HostedAt
}

/** The reporters a caller names, in that order. Throws UsageError for a name there is not. */
export async function reportersNamed(
  names: readonly string[],
): Promise<readonly { readonly name: string; readonly reporter: Reporter }[]> {
  const { reporters } = await import('../reporters/index.ts')
  const given = names.map((text) => ({
    option: 'reporter',
    text,
    source: { kind: 'argument', name: '--reporter' } as const,
  }))
  return words(given, Object.keys(reporters)).flatMap((name) => {
    const reporter = reporters[name]
    return reporter === undefined ? [] : [{ name, reporter }]
  })
}

/** Runs one assignment to its report; an interruption ends it early, and the report says so. */
export async function conduct(
  assignment: Assignment,
  io: Io,
  journal?: (line: string) => void,
): Promise<Report> {
  const { runConformance } = await import('../engine/index.ts')
  const { target, corpus, options, transport, shown, doctorOnly, listen, hosted } = assignment
  const controller = new AbortController()
  const forget = io.onInterrupt(() => controller.abort())
  const progress = createProgress(io.err)
  try {
    return await runConformance({
      target,
      suites: corpus.suites,
      clauses: corpus.clauses,
      options,
      versions: versionsOf(corpus.suites, corpus.clauses),
      transport,
      signal: controller.signal,
      on: progress.on,
      shownOptions: shown,
      ...(journal === undefined ? {} : { journal }),
      ...(doctorOnly === undefined ? {} : { doctorOnly }),
      ...(listen === undefined ? {} : { listen }),
      ...(hosted === undefined ? {} : { hosted }),
    })
  } finally {
    progress.clear()
    forget()
  }
}

/** Conducts an assignment with its journal in the folder of its report files. */
export async function conductInto(folder: string, assignment: Assignment, io: Io): Promise<Report> {
  const journal = openJournal(folder, 'journal.jsonl')
  try {
    return await conduct(assignment, io, journal.append)
  } finally {
    journal.close()
  }
}

/** How reports look on the caller's screen. */
export function renderOptions(io: Io, strict: boolean, folder: string): RenderOptions {
  const { colour, columns } = io.out
  return { colour, width: columns, strict, path: join(folder, 'index.html') }
}

/**
 * Writes the report files and prints what goes to stdout: reporters without a file of their own, and
 * one with a file where it is the first named.
 */
export async function deliver(
  report: Report,
  folder: string,
  output: OutputOptions,
  strict: boolean,
  io: Io,
): Promise<void> {
  const named = await reportersNamed(output.reporters)
  const kept = await reportersNamed(['json', 'html'])
  const plain = { ...renderOptions(io, strict, folder), colour: false }
  for (const { reporter } of new Set([...kept, ...named])) {
    if (reporter.file === undefined) continue
    writeReportFile(folder, reporter.file, reporter.render(report, plain))
  }
  for (const [at, { reporter }] of named.entries()) {
    if (at > 0 && reporter.file !== undefined) continue
    const look = reporter.file === undefined ? renderOptions(io, strict, folder) : plain
    io.out.write(reporter.render(report, look))
  }
}
