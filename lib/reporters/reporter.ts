import type { Report } from '../model/index.ts'

/** How a report is to be shown; a reporter never looks at the terminal or the environment itself. */
export interface RenderOptions {
  /** Whether colour codes may be written. */
  readonly colour: boolean
  /** Columns available; text meant for reading wraps there. */
  readonly width: number
  /** The run was made with `--strict`: softened deviations are failures. */
  readonly strict?: boolean
  /** Shows passes and every detail that is otherwise shortened. */
  readonly verbose?: boolean
  /** What the judged server is called where several are listed; else the profile. */
  readonly name?: string
  /** Where the report for people was written, as it is to be printed. */
  readonly path?: string
}

/** One way to read a report: a pure function, and the file name it is kept under, if any. */
export interface Reporter {
  readonly file?: string
  readonly render: (report: Report, options: RenderOptions) => string
}
