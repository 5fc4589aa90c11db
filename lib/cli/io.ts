import { visibleText } from '../text/visible.ts'
import type { Environment } from './environment.ts'
import type { ReadFile } from './settings.ts'

/** Where text goes and how it may look there. */
export interface Screen {
  readonly write: (text: string) => void
  readonly isTerminal: boolean
  readonly columns: number
  readonly colour: boolean
}

/** All that a command may touch of the process it runs in. */
export interface Io {
  /** Results. */
  readonly out: Screen
  /** Progress and diagnostics. */
  readonly err: Screen
  readonly environment: Environment
  readonly readFile: ReadFile
  /** Calls back on the first interruption; the second one ends the process. Gives the way back. */
  readonly onInterrupt: (stop: () => void) => () => void
  /** Asks for a line that is not shown while it is typed; absent where nobody can answer. */
  readonly askSecret?: (question: string) => Promise<string>
}

/** Writes one line. */
export function say(screen: Screen, line: string): void {
  screen.write(`${line}\n`)
}

/** One line of diagnostics; file names and words of the caller cannot act on a terminal in it. */
export function remark(text: string, screen: Screen): void {
  say(screen, `conformance: ${visibleText(text)}`)
}

/**
 * Whether colour codes may be written: what the caller asked for, then `NO_COLOR` and `FORCE_COLOR`
 * (set and not empty; `FORCE_COLOR=0` means none), then whether a terminal shows them.
 */
export function mayColour(
  asked: boolean | undefined,
  environment: Environment,
  isTerminal: boolean,
): boolean {
  if (asked !== undefined) return asked
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: term } = environment
  if (no !== undefined && no !== '') return false
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false'
  return isTerminal && term !== 'dumb'
}
