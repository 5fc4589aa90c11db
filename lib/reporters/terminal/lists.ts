import type { Report, ReportResult } from '../../model/index.ts'
import { casesOf, headlined, itemsOf, type ReasonGroup, reasonsOf } from '../digest.ts'
import { cut, prose } from '../safe.ts'
import { counted, levelWord, signs } from '../words.ts'
import { heading, idsOf, named, styleOf } from './item.ts'
import { columns, heard, type Layout, paragraph, told } from './layout.ts'

/** What must be known before the results, with what to check. */
export const headlines = (report: Report, layout: Layout): readonly string[] =>
  report.headlines.flatMap(({ say, hint }) => [
    ...paragraph(prose(say), layout, layout.paint('!', 'warn')),
    ...heard('check', prose(hint ?? ''), layout),
  ])

/** What the preflight found wrong, unless a headline says the same. */
export const preflight = (report: Report, layout: Layout): readonly string[] => {
  const said = new Set(report.headlines.map(({ say }) => say))
  return report.preflight
    .filter(({ holds, say }) => holds === false && !said.has(say))
    .flatMap(({ id, say, hint }) => [
      ...heading('fail', prose(id), 'preflight', layout),
      ...paragraph(prose(say), layout),
      ...heard('check', prose(hint ?? ''), layout),
    ])
}

const groupName = ({ results, cases }: ReasonGroup): string => {
  const [first, ...others] = results
  if (first === undefined) return ''
  if (others.length === 0) return prose(first.id)
  if (cases === 1) return `${prose(first.case)} (${results.length})`
  const oneSuite = others.every(({ suite }) => suite === first.suite)
  return oneSuite ? `${prose(first.suite)} (${results.length})` : counted(cases, 'case')
}

const given = (option: string | undefined): string =>
  option === undefined ? '' : `Give ${prose(option)}.`

/** What could not be judged, one paragraph per reason, with what to check. */
export const inconclusive = (report: Report, layout: Layout): readonly string[] =>
  reasonsOf(report, 'inconclusive')
    .filter(({ reason }) => !headlined(report, reason))
    .flatMap((group, at) => [
      ...(at > 0 && !layout.without.has('blanks') ? [''] : []),
      ...heading('inconclusive', groupName(group), 'could not judge', layout),
      ...paragraph(prose(group.reason.say), layout),
      ...told('such as', group.cases > 1 ? named(idsOf(group.results), 3) : '', layout),
      ...told('check', given(group.reason.option), layout),
    ])

/** What one option would supply: a run without a key lacks a dozen kinds of key, and it is one option. */
const kinOf = ({ reason }: ReasonGroup): string => reason.option?.split(' ', 1)[0] ?? reason.say

const skipSentences = (groups: readonly ReasonGroup[], all: number): string => {
  const [{ reason } = { reason: { say: '', option: undefined } }, ...others] = groups
  const cases = casesOf(groups.flatMap(({ results }) => results))
  const say = prose(reason.say)
  const more = others.length === 0 ? say : `${say.replace(/\.$/u, '')}; others lack the like.`
  return [`${cases} of ${counted(all, 'case')} skipped.`, more, given(reason.option)]
    .join(' ')
    .trimEnd()
}

/** What was skipped and why, one sentence per option that would supply it, counted in cases. */
export const skips = (report: Report, layout: Layout): readonly string[] => {
  const all = casesOf(report.results)
  const kin = new Map<string, readonly ReasonGroup[]>()
  for (const group of reasonsOf(report, 'skip')) {
    if (headlined(report, group.reason)) continue
    kin.set(kinOf(group), [...(kin.get(kinOf(group)) ?? []), group])
  }
  return [...kin.values()].flatMap((groups) =>
    paragraph(skipSentences(groups, all), layout, layout.paint(signs.skip, 'dim')),
  )
}

const noteText = (result: ReportResult): string => {
  if (result.deviates !== undefined) return `documented: ${prose(result.deviates.say)}`
  const line = result.lines.find(({ holds }) => holds === false) ?? result.lines[0]
  if (result.reason !== undefined) return prose(result.reason.say)
  return line === undefined ? prose(result.title) : `${prose(result.title)}: ${prose(line.got)}`
}

/** One line per result: its name and the rest cut to the margin. */
const oneLiner = (result: ReportResult, count: number, text: string, layout: Layout): string => {
  const id = cut(prose(result.id), layout.width - 8)
  const name = count > 1 ? `${id} (${count})` : id
  const room = layout.width - 6 - columns(name)
  const sign = layout.paint(signs[result.verdict], styleOf(result.verdict))
  return room < 16
    ? `  ${sign} ${name}`
    : `  ${sign} ${name}  ${layout.paint(cut(text, room), 'dim')}`
}

/** Observations and documented deviations, one line each. */
export const notes = (report: Report, layout: Layout): readonly string[] =>
  itemsOf(report, 'note').map(({ head, also }) =>
    oneLiner(head, also.length + 1, noteText(head), layout),
  )

/** What passed, for readers who asked. */
export const passes = (report: Report, layout: Layout): readonly string[] =>
  report.results
    .filter(({ verdict }) => verdict === 'pass')
    .map((result) =>
      oneLiner(result, 1, `${levelWord(result.level)} · ${prose(result.title)}`, layout),
    )

/** What our own bug kept from being judged; never silent, since it is never the server's fault. */
export const broken = (report: Report, layout: Layout): readonly string[] =>
  reasonsOf(report, 'broken').flatMap((group) => [
    ...heading('broken', groupName(group), 'our own bug', layout),
    ...paragraph(prose(group.reason.say), layout),
    ...told('check', 'Please report it with report.json beside it.', layout),
  ])
