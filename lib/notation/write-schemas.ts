/** Refreshes the committed schemas: `node --import tsx lib/notation/write-schemas.ts`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { schemas, schemaText } from './schemas.ts'

const folder = new URL('../../schemas/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [file, schema] of Object.entries(schemas())) {
  writeFileSync(new URL(file, folder), schemaText(schema))
}
