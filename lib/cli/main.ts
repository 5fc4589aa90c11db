import { readFileSync } from 'node:fs'
import type { ExitCode } from './exit.ts'
import { helpText, shortHelp } from './help.ts'
import { type CommandInvocation, type Invocation, readInvocation } from './invocation.ts'
import { type Io, mayColour, remark, say } from './io.ts'
import { processIo } from './process-io.ts'
import { UsageError } from './usage-error.ts'
import { toolVersion } from './versions.ts'

/** Each command is loaded when it is called: listing cases needs no HTTP client. */
async function perform(invocation: CommandInvocation, io: Io): Promise<ExitCode> {
  switch (invocation.command) {
    case 'run':
      return (await import('./commands/run.ts')).run(invocation, io)
    case 'demo':
      return (await import('./commands/demo.ts')).demo(invocation, io)
    case 'doctor':
      return (await import('./commands/doctor.ts')).doctor(invocation, io)
    case 'list':
      return (await import('./commands/list.ts')).list(invocation, io)
    case 'explain':
      return (await import('./commands/explain.ts')).explain(invocation, io)
    case 'coverage':
      return (await import('./commands/coverage.ts')).coverage(invocation, io)
    case 'export':
      return (await import('./commands/export.ts')).exportAll(invocation, io)
    case 'serve':
      return (await import('./commands/serve.ts')).serve(invocation, io)
  }
}

function usage(error: UsageError, io: Io): ExitCode {
  remark(error.hint === undefined ? error.message : `${error.message} ${error.hint}`, io.err)
  if (error.code === 'no-target') io.err.write(`\n${shortHelp()}`)
  return 2
}

/** Our own mistake, in one line: where it happened helps to mend it, a whole stack helps nobody here. */
function bug(error: unknown, io: Io): ExitCode {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const where =
    error instanceof Error ? error.stack?.match(/\/(?:lib|dist)\/\S+:\d+:\d+/u)?.[0] : ''
  const line = `${what}${where ? ` (${where})` : ''}`.replace(/\s+/gu, ' ')
  remark(`this tool made a mistake of its own: ${line}`, io.err)
  return 3
}

function coloured(invocation: Invocation, io: Io): Io {
  const colour = (isTerminal: boolean): boolean =>
    mayColour(invocation.color, io.environment, isTerminal)
  return {
    ...io,
    out: { ...io.out, colour: colour(io.out.isTerminal) },
    err: { ...io.err, colour: colour(io.err.isTerminal) },
  }
}

/** Does what a command line asks for and gives the exit code; never throws. */
export async function main(words: readonly string[], io: Io): Promise<ExitCode> {
  try {
    const invocation = readInvocation(words, io)
    for (const notice of invocation.notices) remark(notice, io.err)
    if (invocation.command === 'version') {
      say(io.out, toolVersion())
      return 0
    }
    if (invocation.command === 'help') {
      io.out.write(helpText(invocation.of))
      return 0
    }
    return await perform(invocation, coloured(invocation, io))
  } catch (error) {
    return error instanceof UsageError ? usage(error, io) : bug(error, io)
  }
}

/** Runs the process's own command line; what `bin/conformance.js` calls. */
export async function start(): Promise<void> {
  const io = processIo((path) => readFileSync(path, 'utf8'))
  process.exitCode = await main(process.argv.slice(2), io)
}
