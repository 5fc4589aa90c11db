import type { Report } from '../model/index.ts'
import { exchangesOf, itemsOf } from './digest.ts'
import type { RenderOptions, Reporter } from './reporter.ts'
import { fullItem, type Source, shortItem } from './terminal/item.ts'
import { type Layout, painter, type Spared } from './terminal/layout.ts'
import {
  broken,
  headlines,
  inconclusive,
  notes,
  passes,
  preflight,
  skips,
} from './terminal/lists.ts'
import { summary } from './terminal/summary.ts'

type Block = readonly string[]

const screen = 20
const fullFailures = 12
const fullWarnings = 3

const itemBlocks = (
  verdict: 'fail' | 'warn',
  source: Source,
  layout: Layout,
  full: number,
): readonly Block[] => {
  const items = itemsOf(source.report, verdict)
  // A few warnings can be shown whole; many would bury what matters.
  const whole = verdict === 'warn' && items.length > full ? 0 : full
  return items.map((item, at) =>
    at < whole ? fullItem(item, source, layout) : shortItem(item, source, layout),
  )
}

const page = (report: Report, options: RenderOptions, layout: Layout): readonly string[] => {
  const source = { report, exchanges: exchangesOf(report), strict: options.strict === true }
  const all = options.verbose ? Number.POSITIVE_INFINITY : undefined
  const blocks: readonly Block[] = [
    headlines(report, layout),
    preflight(report, layout),
    ...itemBlocks('fail', source, layout, all ?? fullFailures),
    broken(report, layout),
    ...itemBlocks('warn', source, layout, all ?? fullWarnings),
    notes(report, layout),
    inconclusive(report, layout),
    skips(report, layout),
    options.verbose ? passes(report, layout) : [],
    summary(report, options, layout),
  ]
  return blocks
    .filter((block) => block.length > 0)
    .flatMap((block, at) => (at === 0 ? block : ['', ...block]))
}

const spared: readonly Spared[] = ['blanks', 'curl', 'harm', 'links']

const render = (report: Report, options: RenderOptions): string => {
  const width = Math.max(40, Math.floor(options.width))
  const paint = painter(options.colour)
  const pages = [0, 1, 2, 3, 4].map((count) =>
    page(report, options, { width, paint, without: new Set(spared.slice(0, count)) }),
  )
  // What can fit one screen does; what cannot may as well have everything.
  const lines = pages.find((one) => one.length <= screen) ?? pages[0] ?? []
  return `${lines.join('\n')}\n`
}

/** For people at a terminal: what is wrong first, what passed not at all. */
export const terminal: Reporter = { render }
