/** What a report says of the documentation itself: wrong examples, and deviations nobody needs. */
import { base64, utf8 } from '../credentials/bytes.ts'
import type { Profile } from '../model/profile.ts'
import type { Headline, ReportResult } from '../model/report.ts'
import { visible } from '../text/visible.ts'

/** The printed examples that are not the Base64 of what they are printed for: errata, no failures. */
export function errataOf({ examples = [] }: Profile): readonly Headline[] {
  return examples.flatMap(({ clause, text, printed }) => {
    const right = base64(utf8(text))
    if (printed === right) return []
    const said = visible(Buffer.from(printed, 'base64').toString('latin1'), 60)
    return [
      {
        code: 'documentation-erratum',
        say: `An erratum of the documentation, not of this server: ${clause} prints ${printed} for ${text}, which is the Base64 of ${said}; it is ${right}.`,
        count: 1,
      },
    ]
  })
}

/** The deviations that a profile documents and that this server, where it was looked at, does not show. */
export function unneeded(
  { deviations = [] }: Profile,
  results: readonly ReportResult[],
): readonly Headline[] {
  return deviations.flatMap(({ clause, say, source }) => {
    const lines = results.flatMap((each) =>
      each.lines.filter((line) => line.because.includes(clause)),
    )
    const shown = results.some(({ deviates }) => deviates?.say === say)
    const holds = lines.length > 0 && lines.every((line) => line.holds === true)
    if (shown || !holds) return []
    return [
      {
        code: 'deviation-not-needed',
        say: `A documented deviation is not needed here, for ${clause} holds: ${say} (${source})`,
        count: lines.length,
      },
    ]
  })
}
