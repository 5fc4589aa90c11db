import type { Reporter } from './reporter.ts'

// JSON lets any character be written by number, so the same value can be printed without its
// sequences acting on a terminal or on the runner of a pipeline.
const acting = /[\x7f-\x9f]|[\p{Cf}\p{Zl}\p{Zp}]|(?<=:):|(?<=#)#(?=\[)/gu

const numbered = (characters: string): string =>
  Array.from(
    { length: characters.length },
    (_, at) => `\\u${characters.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('')

/** The report itself, as every other program reads it. */
export const json: Reporter = {
  file: 'report.json',
  render: (report) => `${JSON.stringify(report, null, 2).replace(acting, numbered)}\n`,
}
