#!/usr/bin/env node
// Plain JavaScript, so that a checkout that is not built yet can say so in words.
import { existsSync } from 'node:fs'

const main = new URL('../dist/lib/cli/main.js', import.meta.url)
if (existsSync(main)) {
  const { start } = await import(main.href)
  await start()
} else {
  console.error(
    'conformance is not built yet: run `npm ci` in its folder (it builds), or `npm run build`.',
  )
  process.exitCode = 2
}
