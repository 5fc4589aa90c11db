import type { Given } from './option.ts'
import { optionNamed } from './options-table.ts'
import type { Settings } from './settings.ts'

/** What a reproduction must not repeat: it selects, paces or shows, or is added per case. */
const leftOut: ReadonlySet<string> = new Set([
  'only',
  'skip',
  'seed',
  'dry-run',
  'reporter',
  'out',
  'fail-on',
  'max-inconclusive',
  'concurrency',
  'color',
  'json',
  'config',
])

function wordsOf({ option, text }: Given): readonly string[] {
  if (optionNamed(option)?.form === 'flag') return text === 'true' ? [`--${option}`] : []
  // Joined where the value could be taken for an option.
  return text.startsWith('-') ? [`--${option}=${text}`] : [`--${option}`, text]
}

/**
 * The options that repeat this run, without secrets, selection and seed. Secrets are read again from
 * `CONFORMANCE_*`; values that came from a variable or a file stand in it as they were.
 */
export function repeatWords(settings: Settings): readonly string[] {
  return [...settings].flatMap(([name, given]) =>
    leftOut.has(name) || optionNamed(name)?.secret ? [] : given.flatMap(wordsOf),
  )
}
