// Writes the proof anew: `node --import tsx test/proof/generate.ts`.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { collect, filesOf, places } from './collect.ts'

const files = filesOf(await collect())
for (const [name, path] of Object.entries(places)) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, files[name as keyof typeof places])
}
