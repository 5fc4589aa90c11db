import { quoteForShell } from '../text/shell.ts'

/**
 * A command line of this tool that is safe to paste. It always names the package: outside an
 * installation `npx conformance` would run somebody else's.
 */
export function commandText(words: readonly string[]): string {
  return ['npx', 'http-auth-conformance', ...words].map((word) => quoteForShell(word)).join(' ')
}
