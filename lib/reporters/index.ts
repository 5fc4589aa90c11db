import { html } from './html.ts'
import { json } from './json.ts'
import { line } from './line.ts'
import type { Reporter } from './reporter.ts'
import { terminal } from './terminal.ts'

export type { RenderOptions, Reporter } from './reporter.ts'

/** Every reporter by the name `--reporter` takes; one with a file is also kept there by `--out`. */
export const reporters: Readonly<Record<string, Reporter>> = { terminal, json, html, line }
