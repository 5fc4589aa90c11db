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

interface Page {
  readonly lines: readonly string[]
  /** Lines up to the end of the first failure, or of the first warning where nothing failed. */
  readonly first: number
}

const join = (blocks: readonly Block[]): readonly string[] =>
  blocks
    .filter((block) => block.length > 0)
    .flatMap((block, at) => (at === 0 ? block : ['', ...block]))

const page = (report: Report, options: RenderOptions, layout: Layout): Page => {
  const source = { report, exchanges: exchangesOf(report), strict: options.strict === true }
  const all = options.verbose ? Number.POSITIVE_INFINITY : undefined
  const above = [headlines(report, layout), preflight(report, layout)]
  const found = [
    ...itemBlocks('fail', source, layout, all ?? fullFailures),
    broken(report, layout),
    ...itemBlocks('warn', source, layout, all ?? fullWarnings),
  ].filter((block) => block.length > 0)
  const below = [
    notes(report, layout),
    inconclusive(report, layout),
    skips(report, layout),
    options.verbose ? passes(report, layout) : [],
    summary(report, options, layout),
  ]
  return {
    lines: join([...above, ...found, ...below]),
    first: join([...above, ...found.slice(0, 1)]).length,
  }
}

const spared: readonly Spared[] = ['blanks', 'curl', 'harm', 'links']

const render = (report: Report, options: RenderOptions): string => {
  const width = Math.max(40, Math.floor(options.width))
  const paint = painter(options.colour)
  const pages = [0, 1, 2, 3, 4].map((count) =>
    page(report, options, { width, paint, without: new Set(spared.slice(0, count)) }),
  )
  // What can fit one screen does; else the worst of a bad verdict does; else nothing is gained by
  // leaving anything out.
  const best =
    pages.find(({ lines }) => lines.length <= screen) ??
    (report.verdict === 'conforms' ? undefined : pages.find(({ first }) => first <= screen)) ??
    pages[0]
  return `${(best?.lines ?? []).join('\n')}\n`
}

/** For people at a terminal: what is wrong first, what passed not at all. */
export const terminal: Reporter = { render }
