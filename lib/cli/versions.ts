import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { Suite } from '../model/case.ts'
import type { Clause } from '../model/clause.ts'

export interface Versions {
  readonly tool: string
  readonly suites: string
  /** Of suites and clauses as they were run, supplied files included. */
  readonly sha256: string
}

/** The manifest stands above lib in a checkout and above dist in an installed package. */
function manifest(): { readonly version: string } {
  const near = ['../../package.json', '../../../package.json'].map(
    (path) => new URL(path, import.meta.url),
  )
  const found = near.find((url) => existsSync(url))
  if (found === undefined) throw new Error('package.json is missing from this installation')
  return JSON.parse(readFileSync(found, 'utf8'))
}

/** The version of this package. */
export function toolVersion(): string {
  return manifest().version
}

/** What a report says of the tool and of the cases it ran. */
export function versionsOf(suites: readonly Suite[], clauses: readonly Clause[]): Versions {
  const version = toolVersion()
  const text = JSON.stringify({ suites, clauses })
  return { tool: version, suites: version, sha256: createHash('sha256').update(text).digest('hex') }
}
