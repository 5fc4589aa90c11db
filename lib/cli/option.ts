/** The commands; `run` is what a line without a command means. */
export type CommandName =
  | 'run'
  | 'demo'
  | 'doctor'
  | 'list'
  | 'explain'
  | 'coverage'
  | 'export'
  | 'serve'

export type OptionGroup =
  | 'Target'
  | 'Credentials'
  | 'Connection'
  | 'Key set'
  | 'Selection'
  | 'Pace'
  | 'Results'
  | 'Built-in server'
  | 'General'

/**
 * `flag` takes no value; `once` takes one; `many` may be repeated; `list` may be repeated and each
 * value may hold several between commas; `keyed` may be repeated with a name before `=`.
 */
export type OptionForm = 'flag' | 'once' | 'many' | 'list' | 'keyed'

/** One option: the only place that parser, help, environment and configuration file learn of it. */
export interface Option {
  readonly name: string
  readonly form: OptionForm
  /** How help writes the value; absent for flags. */
  readonly value?: string
  readonly group: OptionGroup
  readonly says: string
  readonly commands: readonly CommandName[]
  /** Its value may log somebody in: has a `-file` twin and is held back from unnamed origins. */
  readonly secret?: true
  /** Names a file that holds a secret: treated as one, but for the `-file` twin. */
  readonly opens?: true
  /** No `CONFORMANCE_*` variable: asking for help is not a setting. */
  readonly lineOnly?: true
}

/** Where a value was written, and how an error names the place. */
export interface Source {
  readonly kind: 'argument' | 'environment' | 'config'
  readonly name: string
  /** True for a value that a configuration file only points to: a variable or another file. */
  readonly pointed?: true
}

/** One value of one option as it was written. */
export interface Given {
  readonly option: string
  /** The name before `=` of a keyed option. */
  readonly key?: string
  readonly text: string
  readonly source: Source
}

/** The variable of an option: `--login-budget` is `CONFORMANCE_LOGIN_BUDGET`. */
export function variableOf(option: string): string {
  return `CONFORMANCE_${option.toUpperCase().replaceAll('-', '_')}`
}
