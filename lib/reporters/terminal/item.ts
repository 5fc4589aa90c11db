import type { ClauseId, Report, ReportResult } from '../../model/index.ts'
import { citedBy, decisiveLines, type Exchanges, type Item, witnessOf } from '../digest.ts'
import { address, cut, prose, typeable } from '../safe.ts'
import { counted, levelOf, signs } from '../words.ts'
import { continued } from './command.ts'
import { control, got, sent } from './evidence.ts'
import {
  apart,
  columns,
  heard,
  type Layout,
  labelled,
  type Style,
  sentence,
  textAt,
  told,
  wrap,
} from './layout.ts'
import { table } from './table.ts'

/** What an item is rendered from besides itself. */
export interface Source {
  readonly report: Report
  readonly exchanges: Exchanges
  readonly strict: boolean
}

/** How a sign and a name are painted for each verdict. */
export const styleOf = (verdict: ReportResult['verdict']): Style =>
  verdict === 'fail' || verdict === 'broken' ? 'bad' : verdict === 'pass' ? 'good' : 'warn'

/** `  ✗ id (n)                    MUST · high`, the right part at the margin where it fits. */
export const heading = (
  verdict: ReportResult['verdict'],
  name: string,
  right: string,
  layout: Layout,
): readonly string[] => {
  const left = cut(name, layout.width - 4)
  const sign = layout.paint(signs[verdict], styleOf(verdict))
  const title = layout.paint(left, 'bold')
  if (4 + columns(left) + columns(right) + 2 > layout.width) {
    return [`  ${sign} ${title}`, `    ${right}`]
  }
  return [`  ${sign} ${title}${apart(`    ${left}`, right, layout.width)}${right}`]
}

const nameOf = ({ head, also }: Item): string =>
  also.length === 0 ? prose(head.id) : `${prose(head.id)} (${also.length + 1})`

/** The ids of results, in order. */
export const idsOf = (results: readonly ReportResult[]): readonly string[] =>
  results.map(({ id }) => id)

/** A few names, and how many more there are. */
export const named = (ids: readonly string[], shown: number): string => {
  const rest = ids.length - shown
  const names = ids.slice(0, shown).map(prose).join(', ')
  return rest > 0 ? `${names} and ${counted(rest, 'more', 'more')}` : names
}

const clause = (id: ClauseId, { report }: Source, layout: Layout): readonly string[] => {
  const known = report.clauses[id]
  const text = known === undefined ? id : `${known.where}   ${known.says}`
  return wrap(prose(text), layout.width - textAt)
}

// Clauses of one section stand together and share its link.
const cited = (ids: readonly ClauseId[], source: Source, layout: Layout): readonly string[] => {
  const urlOf = (id: ClauseId): string => source.report.clauses[id]?.url ?? ''
  return [...new Set(ids.map(urlOf))].flatMap((url) => [
    ...ids.filter((id) => urlOf(id) === url).flatMap((id) => clause(id, source, layout)),
    ...(url === '' || layout.without.has('links') ? [] : [layout.paint(address(url), 'dim')]),
  ])
}

const because = (result: ReportResult, source: Source, layout: Layout): readonly string[] => {
  const { because: ids, despite } = citedBy(result)
  return [
    ...labelled('because', cited(ids, source, layout), layout),
    ...labelled('although', cited(despite, source, layout), layout),
  ]
}

const softened = (result: ReportResult, layout: Layout): readonly string[] =>
  [...new Set(decisiveLines(result).flatMap((line) => line.softened ?? []))].flatMap((why) =>
    heard('softened', prose(why), layout),
  )

// A headline stands above; saying it twice would only push the rest off the screen.
const restated = ({ reason }: ReportResult, { headlines }: Report): boolean =>
  headlines.some(({ code }) => code === reason?.code)

const remarks = ({ head, also }: Item, report: Report, layout: Layout): readonly string[] => [
  ...heard('why', restated(head, report) ? '' : prose(head.reason?.say ?? ''), layout),
  ...(head.rests.length === 0 ? [] : heard('rests on', head.rests.map(prose).join('; '), layout)),
  ...(head.deviates === undefined
    ? []
    : heard('deviation', `${prose(head.deviates.say)} (${prose(head.deviates.source)})`, layout)),
  ...told('also', named(idsOf(also), 5), layout),
]

const again = ({ reproduce }: ReportResult, layout: Layout): readonly string[] => {
  const curl = layout.without.has('curl') ? undefined : reproduce.curl
  const commands = [typeable(reproduce.command), typeable(curl)]
  const lines = commands.flatMap((command) =>
    command === undefined ? [] : continued(command, layout.width - textAt),
  )
  return labelled('again', lines, layout)
}

const titleOf = (item: Item, { strict }: Source, layout: Layout): readonly string[] => {
  const { head } = item
  const right = `${levelOf(head, strict)} · ${head.severity}`
  return [
    ...heading(head.verdict, nameOf(item), right, layout),
    ...sentence(prose(head.title), layout),
  ]
}

/** An item with all that a reader needs to believe it, to mend it and to see it again. */
export const fullItem = (item: Item, source: Source, layout: Layout): readonly string[] => {
  const { head } = item
  const blank = layout.without.has('blanks') ? [] : ['']
  const apartBy = witnessOf(source.report)
  return [
    ...titleOf(item, source, layout),
    ...blank,
    ...sent(head, source.exchanges, layout),
    ...got(head, source.exchanges, layout),
    ...table(head.lines, apartBy, layout),
    ...control(head, source.exchanges, layout),
    ...blank,
    ...remarks(item, source.report, layout),
    ...because(head, source, layout),
    ...softened(head, layout),
    ...told('harm', layout.without.has('harm') ? '' : prose(head.harm), layout),
    ...told('fix', prose(head.fix), layout),
    ...again(head, layout),
  ]
}

/** An item in brief: what came, why that is wrong, and how to mend it. */
export const shortItem = (item: Item, source: Source, layout: Layout): readonly string[] => {
  const { head } = item
  const line = decisiveLines(head)[0]
  return [
    ...titleOf(item, source, layout),
    ...(head.fault === undefined ? [] : heard('sent', prose(head.fault), layout)),
    ...(line === undefined
      ? []
      : heard('got', `${cut(prose(line.got), 120)}, wanted ${prose(line.wanted)}`, layout)),
    ...because(head, source, { ...layout, without: new Set(['links']) }),
    ...told('fix', prose(head.fix), layout),
  ]
}
