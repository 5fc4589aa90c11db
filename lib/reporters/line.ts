import type { Report } from '../model/index.ts'
import type { RenderOptions, Reporter } from './reporter.ts'
import { address, prose } from './safe.ts'
import { type Layout, painter } from './terminal/layout.ts'
import { summaryParts } from './words.ts'

const looks = {
  conforms: { sign: '✓', style: 'good' },
  'does-not-conform': { sign: '✗', style: 'bad' },
  'could-not-judge': { sign: '?', style: 'warn' },
} as const

const render = (report: Report, options: RenderOptions): string => {
  const paint: Layout['paint'] = painter(options.colour)
  const { sign, style } = looks[report.verdict]
  const profile = report.target.profile === '' ? report.target.url : report.target.profile
  const name = options.name ?? profile
  const counts = summaryParts(report.summary)
    .map(({ text }) => text)
    .join(', ')
  const path = options.path === undefined ? '' : `  ${prose(options.path)}`
  return `  ${paint(sign, style)} ${address(name).padEnd(28)} ${counts}${path}\n`
}

/** One line per report, for several systems one after the other. */
export const line: Reporter = { render }
