import type { ClauseId, Json, Report, ReportResult } from '../../model/index.ts'
import { counted, holdsSign, holdsWord, levelWord, signs, verdictWords } from '../words.ts'
import { type Html, html, link, type Slot } from './escape.ts'
import { clauseAnchor, resultAnchor } from './ids.ts'
import { section } from './sections.ts'

const terms = (rows: readonly (readonly [Slot, Slot])[]): Html =>
  html`<dl class="facts">${rows.map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>`

/** What was found before the first case. */
export const preflight = ({ preflight: found }: Report): Html | undefined =>
  found.length === 0
    ? undefined
    : section(
        'preflight',
        'Before the first case',
        html`<ul class="plain">${found.map(
          ({ holds, say, hint }) =>
            html`<li><span aria-hidden="true">${holdsSign(holds)} </span><span class="unseen">${holdsWord(holds)}: </span>${say}${hint !== undefined && html` <span class="fix">${hint}</span>`}</li>`,
        )}</ul>`,
      )

/** The chain that answered, and how granted was told from refused. */
export const route = ({ target }: Report): Html => {
  const chain = Object.entries(target.route)
  return section(
    'chain',
    'What was tested',
    html`<p>Every part between the tester and the resource was judged as a chain: an answer may come from a proxy as well as from the server behind it.</p>${terms(
      [
        ['URL', html`<code>${target.url}</code>`],
        ['Profile', `${target.profile}: ${target.title}`],
        ['Offers', target.offers.join(', ') || 'nothing'],
        ['The tester had', target.capabilities.join(', ') || 'nothing'],
        ...chain.map(([name, value]) => [name, value] as const),
        ...Object.entries(target.witness).map(
          ([operation, how]) => [`Told apart on ${operation}`, how] as const,
        ),
      ],
    )}`,
  )
}

const citing = (id: ClauseId, report: Report): readonly ReportResult[] =>
  report.results.filter(({ lines }) => lines.some(({ because }) => because.includes(id)))

const citations = (id: ClauseId, report: Report): Html => {
  const all = citing(id, report)
  const passed = all.filter(({ verdict }) => verdict === 'pass').length
  const others = all.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip').slice(0, 12)
  return html`<p class="aside">Cited by ${counted(all.length, 'result')}, ${passed} passed${
    others.length > 0 &&
    html`: ${others.map((one, at) => html`${at > 0 && ', '}<a href="#${resultAnchor(one.id)}">${signs[one.verdict]} ${one.id}</a>`)}`
  }</p>`
}

/** Every clause that is cited, with its link and who cites it. */
export const clauses = (report: Report): Html | undefined => {
  const all = Object.entries(report.clauses) as readonly (readonly [
    ClauseId,
    Report['clauses'][ClauseId],
  ])[]
  return all.length === 0
    ? undefined
    : section(
        'clauses',
        'The clauses cited',
        html`<p>This run decided ${report.coverage.decided} of the ${report.coverage.applicable} clauses that apply here; the inventory has ${report.coverage.total}.</p><dl class="clauses">${all.map(
          ([id, one]) =>
            one !== undefined &&
            html`<dt id="${clauseAnchor(id)}">${link(one.url, one.where)} <span class="level">${levelWord(one.level)}</span> <code>${id}</code></dt><dd>${one.says}${citations(id, report)}</dd>`,
        )}</dl>`,
      )
}

const optionText = (value: Json): string =>
  typeof value === 'string' ? value : JSON.stringify(value)

/** How the run was made, so that it can be made again. */
export const run = (report: Report): Html =>
  section(
    'run',
    'How the run was made',
    html`${terms([
      ['Tool', `${report.tool.name} ${report.tool.version} on Node.js ${report.tool.node}`],
      ['Suites', html`${report.suites.version}, SHA-256 <code>${report.suites.sha256}</code>`],
      ['Seed', html`<code>${report.seed}</code>`],
    ])}<details><summary>Options</summary>${terms(
      Object.entries(report.options).map(([name, value]) => [
        html`<code>${name}</code>`,
        html`<code>${optionText(value)}</code>`,
      ]),
    )}</details>`,
  )

const meanings: readonly (readonly [ReportResult['verdict'], string])[] = [
  ['pass', 'The server did what the title says, and the control shows that the test could tell.'],
  ['fail', 'A MUST, or a sentence of the documentation, is broken. It was seen twice.'],
  [
    'warn',
    'A SHOULD is broken, or a MUST that much of the field breaks without harm, or the server crashed.',
  ],
  ['note', 'Something allowed, an observation, or a deviation that the vendor documents.'],
  [
    'inconclusive',
    'It was tried and could not be judged; the reason is given. It never counts as passed.',
  ],
  ['skip', 'The tester lacked something; the option that supplies it is named.'],
  ['broken', 'Our own bug. It says nothing about the server.'],
]

/** What the signs, words and marks of the page mean. */
export const legend = (): Html =>
  section(
    'legend',
    'How to read this page',
    html`${terms(
      meanings.map(([verdict, text]) => [
        html`<span class="sign ${verdict}" aria-hidden="true">${signs[verdict]}</span> ${verdictWords[verdict]}`,
        text,
      ]),
    )}${terms([
      [
        'Level',
        'MUST, SHOULD and MAY are the words of the specification; “documented” is a sentence of the vendor’s own documentation. The verdict follows the level.',
      ],
      [
        'Severity',
        'What a deviation costs: critical, high, medium or low. It never changes the verdict.',
      ],
      [
        'Fault',
        html`A request differs from its control in one place, <mark>which is marked like this</mark>.`,
      ],
      [
        'Secrets',
        html`Bytes that are secret were never written; a label stands for them: <span class="secret">‹user:password, Base64›</span>.`,
      ],
      [
        'Control',
        'The same request without the fault. A refusal counts only where the control was granted before and after it.',
      ],
    ])}`,
  )
