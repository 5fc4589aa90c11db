import type {
  ClauseId,
  Report,
  ReportExchange,
  ReportLine,
  ReportResult,
} from '../../model/index.ts'
import {
  citedBy,
  controlOf,
  decisiveLines,
  type Exchanges,
  type Item,
  judgedOf,
} from '../digest.ts'
import { typeable } from '../safe.ts'
import { counted, holdsSign, holdsWord, levelOf, levelWord, signs, verdictWords } from '../words.ts'
import { type Html, html, link, whole } from './escape.ts'
import { exchangeView } from './exchange.ts'
import { clauseAnchor, resultAnchor } from './ids.ts'

/** What every part of the page is made from. */
export interface Source {
  readonly report: Report
  readonly exchanges: Exchanges
  /** Result ids that also carry the anchor of their case. */
  readonly anchors: ReadonlyMap<string, string>
  readonly strict: boolean
}

/** A sign with its meaning for readers who do not see it. */
export const sign = (verdict: ReportResult['verdict']): Html =>
  html`<span class="sign ${verdict}" aria-hidden="true">${signs[verdict]}</span><span class="unseen">${verdictWords[verdict]}: </span>`

/** The second anchor of a result whose case has only examples. */
export const caseAnchor = ({ id }: ReportResult, { anchors }: Source): Html | undefined => {
  const own = anchors.get(id)
  return own === undefined ? undefined : html`<span id="${resultAnchor(own)}"></span>`
}

/** A result's id as a link to itself. */
export const permalink = ({ id }: ReportResult): Html =>
  html`<a class="id" href="#${resultAnchor(id)}">${id}</a>`

const name = ({ id }: ReportResult): Html => html`<code class="id">${id}</code>`

// A summary is a control of its own, so the link to a folded result stands inside the fold.
const permanent = (result: ReportResult): Html =>
  html`<p class="aside"><a href="#${resultAnchor(result.id)}">Link to this result</a></p>`

/** What was wanted and what came, one row per check. */
export const checksTable = (lines: readonly ReportLine[], caption: string): Html => {
  const steps = lines.some((line) => line.of !== undefined)
  const rows = lines.flatMap((line) =>
    line.checks.map(
      (one) => html`<tr role="row" class="${one.holds === true ? 'holds' : 'deviates'}">
<th scope="row" role="rowheader">${one.check}</th>${steps && html`<td role="cell" data-label="step">${line.of ?? ''}</td>`}
<td role="cell" data-label="wanted">${one.wanted}</td><td role="cell" data-label="got">${one.got}</td>
<td role="cell" data-label="level">${levelWord(line.level)}</td>
<td role="cell"><span class="${one.holds === true ? 'pass' : one.holds === false ? 'fail' : 'inconclusive'}"><span aria-hidden="true">${holdsSign(one.holds)} </span>${holdsWord(one.holds)}</span></td></tr>`,
    ),
  )
  if (rows.length === 0) return html``
  return html`<table class="checks" role="table"><caption>${caption}</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">check</th>${steps && html`<th scope="col" role="columnheader">step</th>`}<th scope="col" role="columnheader">wanted</th><th scope="col" role="columnheader">got</th><th scope="col" role="columnheader">level</th><th scope="col" role="columnheader">result</th></tr></thead>
<tbody role="rowgroup">${rows}</tbody></table>`
}

const clause = (id: ClauseId, report: Report): Html => {
  const known = report.clauses[id]
  if (known === undefined) return html`<li><code>${id}</code></li>`
  return html`<li>${link(known.url, known.where)} <span class="level">${levelWord(known.level)}</span> ${known.says} <a class="aside" href="#${clauseAnchor(id)}">${id}</a></li>`
}

const clauseList = (title: string, ids: readonly ClauseId[], report: Report): Html | undefined =>
  ids.length === 0
    ? undefined
    : html`<dt>${title}</dt><dd><ul class="clauses">${ids.map((id) => clause(id, report))}</ul></dd>`

const row = (title: string, text: string | undefined): Html | undefined =>
  text === undefined || text === '' ? undefined : html`<dt>${title}</dt><dd>${text}</dd>`

const command = (text: string, name: string): Html =>
  typeable(text) === undefined
    ? html`<pre>${text}</pre><p class="aside">Not to be copied: what cannot be printed is shown as an escape.</p>`
    : html`<div class="command"><pre>${whole(text)}</pre><button type="button" data-copy hidden>Copy<span class="unseen"> ${name}</span></button></div>`

// Where no deviation was found there is no harm to tell and nothing to mend.
const quiet = ({ verdict }: ReportResult): boolean =>
  verdict !== 'fail' && verdict !== 'warn' && verdict !== 'note'

const again = ({ id, reproduce }: ReportResult): Html =>
  html`<dt>Again</dt><dd>${command(reproduce.command, `the command for ${id}`)}${
    reproduce.curl && command(reproduce.curl, `the curl command for ${id}`)
  }</dd>`

const facts = (result: ReportResult, { report }: Source): Html => {
  const { because, despite } = citedBy(result)
  const soft = [...new Set(decisiveLines(result).flatMap((line) => line.softened ?? []))]
  return html`<dl class="facts">
${row('Why', result.reason?.say)}
${row('Harm', quiet(result) ? '' : result.harm)}
${!quiet(result) && result.fix !== '' && html`<dt>Fix</dt><dd class="fix">${result.fix}</dd>`}
${clauseList('Because', because, report)}
${clauseList('Although', despite, report)}
${row('Softened', soft.join(' '))}
${row('Documented', result.deviates && `${result.deviates.say} (${result.deviates.source})`)}
${row('Rests on', result.rests.join('; '))}
${row('Proves', result.proves)}
${row('Seen', result.attempts > 1 ? `in ${result.attempts} executions` : undefined)}
${result.verdict !== 'skip' && again(result)}</dl>`
}

/** The judged exchange with its control beside it, and the other exchanges of the result folded. */
export const evidence = (result: ReportResult, { exchanges }: Source, beside: boolean): Html => {
  const judged = judgedOf(result, exchanges)
  const control = beside ? controlOf(result, exchanges) : undefined
  if (judged === undefined) return html``
  const others = result.exchanges.flatMap((n): readonly ReportExchange[] => {
    const one = exchanges.get(n)
    return one === undefined || n === judged.n || n === control?.n ? [] : [one]
  })
  const title = result.fault === undefined ? 'The request and its answer' : 'With the fault'
  return html`<div class="pair">${exchangeView(judged, title)}${
    control &&
    exchangeView(control, result.fault === undefined ? 'The control' : 'The control, without it')
  }</div>
${others.length > 0 && html`<details><summary>${counted(others.length, 'more exchange')} of this result</summary>${others.map((one) => exchangeView(one, `Exchange ${one.n}`))}</details>`}`
}

const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

const sentence = ({ sent, fault }: ReportResult): Html =>
  html`<p>${ended(sent)}${fault !== undefined && html` <span class="fault">The only fault: ${ended(fault)}</span>`}</p>`

const another = (result: ReportResult, source: Source): Html =>
  html`<li><details id="${resultAnchor(result.id)}">${caseAnchor(result, source)}
<summary>${name(result)} ${result.title}</summary>${sentence(result)}${permanent(result)}
${checksTable(result.lines, `Wanted and got in ${result.id}`)}${evidence(result, source, true)}</details></li>`

/** One deviation with everything that is known of it; others of its kind are folded under it. */
export const itemView = ({ head, also }: Item, source: Source): Html => html`
<article id="${resultAnchor(head.id)}" class="item ${head.verdict}" data-find>${caseAnchor(head, source)}
<header><h3>${sign(head.verdict)}${head.title}</h3>
<p class="tags">${permalink(head)} <span class="level">${levelOf(head, source.strict)}</span> <span class="severity ${head.severity}">${head.severity}</span>${
  also.length > 0 && html` <span>${also.length + 1} results</span>`
}</p></header>
${sentence(head)}
${checksTable(head.lines, `Wanted and got in ${head.id}`)}
${facts(head, source)}
<details${head.verdict === 'fail' && html` open`}><summary>What was sent and what came back</summary>${evidence(head, source, true)}</details>
${also.length > 0 && html`<details><summary>${counted(also.length, 'more result')} of the same deviation</summary><ul class="plain">${also.map((one) => another(one, source))}</ul></details>`}
</article>`

/** A result in one folded row, for lists of many. */
export const rowView = (result: ReportResult, source: Source, text: string = ''): Html => html`
<li data-find><details id="${resultAnchor(result.id)}">${caseAnchor(result, source)}
<summary>${sign(result.verdict)}${name(result)} ${result.title}${text !== '' && html` <span class="aside">${text}</span>`}</summary>
${sentence(result)}${permanent(result)}${result.verdict !== 'skip' && checksTable(result.lines, `Wanted and got in ${result.id}`)}
${facts(result, source)}${evidence(result, source, result.verdict !== 'pass')}</details></li>`
