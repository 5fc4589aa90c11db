import { schemas } from '../../notation/schemas.ts'
import { builtInProfiles, corpusWith } from '../corpus.ts'
import type { ExitCode } from '../exit.ts'
import type { ExportInvocation } from '../invocation.ts'
import { type Io, say } from '../io.ts'
import { toolVersion } from '../versions.ts'
import { writeReportFile } from '../write.ts'

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** Writes suites, clauses, profiles and schemas as JSON: one document, or a file each in a folder. */
export async function exportAll(invocation: ExportInvocation, io: Io): Promise<ExitCode> {
  const { suites, clauses } = corpusWith([], io.readFile)
  const profiles = builtInProfiles()
  if (invocation.out === undefined) {
    io.out.write(json({ version: toolVersion(), suites, clauses, profiles, schemas: schemas() }))
    return 0
  }
  const files: readonly (readonly [string, unknown])[] = [
    ...suites.map((suite) => [`suites/${suite.id}.json`, suite] as const),
    ...profiles.map((profile) => [`profiles/${profile.id}.json`, profile] as const),
    ...Object.entries(schemas()).map(([name, schema]) => [`schemas/${name}`, schema] as const),
    ['clauses.json', clauses],
  ]
  for (const [name, value] of files) writeReportFile(invocation.out, name, json(value))
  say(io.out, `${files.length} files in ${invocation.out}`)
  return 0
}
