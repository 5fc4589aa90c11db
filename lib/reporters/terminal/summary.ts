import type { Report } from '../../model/index.ts'
import type { RenderOptions } from '../reporter.ts'
import { prose } from '../safe.ts'
import { counted, summaryParts } from '../words.ts'
import { apart, columns, flow, guarded, type Layout, type Style, wrap } from './layout.ts'

const styles: Readonly<Record<Report['verdict'], Style>> = {
  conforms: 'good',
  'does-not-conform': 'bad',
  'could-not-judge': 'warn',
}

const closing = (report: Report, path: string | undefined, layout: Layout): readonly string[] => {
  const room = layout.width - 2
  const say = prose(report.say)
  const paint = (text: string): string => layout.paint(text, styles[report.verdict])
  if (path === undefined) return guarded(wrap(say, room).slice(0, 6)).map(paint)
  const place = [`report: ${prose(path)}`, prose(path)].find(
    (text) => columns(say) + 2 + columns(text) <= room,
  )
  return place === undefined
    ? [...guarded(wrap(say, room).slice(0, 6)).map(paint), `report: ${prose(path)}`]
    : [`${paint(say)}${apart(say, place, room)}${place}`]
}

/** The counts, the verdict in one sentence, and where the report is. */
export const summary = (
  report: Report,
  options: RenderOptions,
  layout: Layout,
): readonly string[] =>
  [
    ...flow(
      [
        counted(report.results.length, 'result'),
        ...summaryParts(report.summary).map(({ text }) => text),
        ...(report.interrupted ? ['interrupted'] : []),
      ],
      '   ',
      layout.width - 2,
    ),
    ...closing(report, options.path, layout),
  ].map((line) => `  ${line}`)
