/** The published schemas, written from the same tables as the validator. */
import type { Json } from '../model/json.ts'
import { profileShape } from './profile-shape.ts'
import { reportShape } from './report-shape.ts'
import { schemaOf } from './schema.ts'
import type { Shape } from './shape.ts'
import { suiteShape } from './suite-shape.ts'

/** The schemas by file name; a member that is added raises the minor version in the ids. */
export function schemas(): { readonly [file: string]: Json } {
  return {
    'suite.schema.json': published(
      suiteShape,
      'suite',
      'Cases on one subject: what is sent and what a server that is right does.',
    ),
    'profile.schema.json': published(
      profileShape,
      'profile',
      'What one API calls things: operations, schemes, limits and documented deviations.',
    ),
    'report.schema.json': published(
      reportShape,
      'report',
      'What one run found, with its evidence: the verdicts, the exchanges and the clauses.',
    ),
  }
}

const WIDTH = 100

/** A schema as its file has it: members one a line, short lists on one line. */
export function schemaText(schema: Json): string {
  return `${printed(schema, '', 0)}\n`
}

// The layout of the repository's formatter, so that the committed files satisfy it as written.
// `taken` is what stands on the line before and after the value besides its indentation.
function printed(value: Json, indent: string, taken: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    const list: readonly Json[] = value
    const flat = `[${list.map((entry) => printed(entry, inner, 1)).join(', ')}]`
    if (!flat.includes('\n') && indent.length + taken + flat.length <= WIDTH) return flat
    const lines = list.map((entry) => `${inner}${printed(entry, inner, 1)}`)
    return `[\n${lines.join(',\n')}\n${indent}]`
  }
  const entries = Object.entries(value)
  if (entries.length === 0) return '{}'
  const lines = entries.map(([name, entry]) => {
    const start = `${JSON.stringify(name)}: `
    return `${inner}${start}${printed(entry, inner, start.length + 1)}`
  })
  return `{\n${lines.join(',\n')}\n${indent}}`
}

function published<T>(shape: Shape<T>, name: string, description: string): Json {
  const id = `urn:http-auth-conformance:schema:${name}:1.0`
  return schemaOf(shape, { id, title: `http-auth-conformance ${name}`, description })
}
