import type { Report, ReportResult, Verdict } from '../../model/index.ts'
import { itemsOf, type ReasonGroup, reasonsOf } from '../digest.ts'
import { counted, levelWord, severities } from '../words.ts'
import { type Html, html, type Slot } from './escape.ts'
import { sectionAnchor } from './ids.ts'
import { itemView, rowView, type Source, sign } from './result.ts'

/** A part of the page under its own heading, or nothing where it would be empty. */
export const section = (name: string, title: string, body: Slot): Html =>
  html`<section id="${sectionAnchor(name)}" aria-labelledby="${sectionAnchor(`${name}-title`)}"><h2 id="${sectionAnchor(`${name}-title`)}">${title}</h2>${body}</section>`

/** What must be known before the results: headlines, and what the preflight found wrong. */
export const headlines = ({ headlines: all, preflight }: Report): Html | undefined => {
  const said = new Set(all.map(({ say }) => say))
  const found = preflight.filter(({ holds, say }) => holds === false && !said.has(say))
  const lines: readonly { readonly say: string; readonly hint?: string }[] = [...all, ...found]
  return lines.length === 0
    ? undefined
    : section(
        'headlines',
        'To know first',
        html`<ul class="headlines">${lines.map(
          ({ say, hint }) =>
            html`<li><p><strong>${say}</strong></p>${hint !== undefined && html`<p>Check: ${hint}</p>`}</li>`,
        )}</ul>`,
      )
}

/** What to mend, costliest first. */
export const failures = (source: Source): Html | undefined => {
  const items = itemsOf(source.report, 'fail')
  if (items.length === 0) return undefined
  const counts = severities
    .map((severity) => ({
      severity,
      n: items.filter(({ head }) => head.severity === severity).length,
    }))
    .filter(({ n }) => n > 0)
    .map(({ severity, n }) => `${n} ${severity}`)
    .join(', ')
  return section(
    'fail',
    'Fix first',
    html`<p>${counted(items.length, 'deviation')} from a MUST or from the documentation, costliest first: ${counts}.</p>${items.map((item) => itemView(item, source))}`,
  )
}

/** Deviations from what is recommended, and what was softened. */
export const warnings = (source: Source): Html | undefined => {
  const items = itemsOf(source.report, 'warn')
  return items.length === 0
    ? undefined
    : section(
        'warn',
        'Warnings',
        items.map((item) => itemView(item, source)),
      )
}

/** Observations and documented deviations. */
export const notes = (source: Source): Html | undefined => {
  const items = itemsOf(source.report, 'note')
  return items.length === 0
    ? undefined
    : section(
        'note',
        'Notes',
        html`<ul class="plain">${items.flatMap(({ head, also }) =>
          [head, ...also].map((one) => rowView(one, source, one.deviates?.say ?? '')),
        )}</ul>`,
      )
}

const adviceFor = ({ reason }: ReasonGroup, report: Report): Html | undefined => {
  const hint = report.headlines.find(({ code }) => code === reason.code)?.hint
  if (hint === undefined && reason.option === undefined) return undefined
  return html`<p>To change that: ${hint}${hint !== undefined && reason.option !== undefined && ' '}${
    reason.option !== undefined && html`give <code>${reason.option}</code>.`
  }</p>`
}

const byReason = (
  verdict: Verdict,
  title: string,
  intro: string,
  source: Source,
): Html | undefined => {
  const groups = reasonsOf(source.report, verdict)
  if (groups.length === 0) return undefined
  return section(
    verdict,
    title,
    html`<p>${intro}</p>${groups.map(
      (
        group,
      ) => html`<article class="item ${verdict}" data-group><h3>${sign(verdict)}${group.reason.say}</h3>
${adviceFor(group, source.report)}
<details><summary>${counted(group.results.length, 'result')} of ${counted(group.cases, 'case')}</summary><ul class="plain">${group.results.map((one) => rowView(one, source))}</ul></details></article>`,
    )}`,
  )
}

/** What could not be judged, by reason, with what to change. */
export const inconclusive = (source: Source): Html | undefined =>
  byReason(
    'inconclusive',
    'Could not be judged',
    'Nothing is held against the server here, and nothing counts in its favour.',
    source,
  )

/** What our own bug kept from being judged. */
export const broken = (source: Source): Html | undefined =>
  byReason(
    'broken',
    'Our own bugs',
    'These say nothing about the server. Please report them with report.json beside them.',
    source,
  )

/** What was skipped, by the capability that is missing. */
export const skips = (source: Source): Html | undefined =>
  byReason('skip', 'Skipped', 'What was missing, and the option that supplies it.', source)

const bySuite = (
  results: readonly ReportResult[],
): readonly (readonly [string, readonly ReportResult[]])[] =>
  [...new Set(results.map(({ suite }) => suite))].map((suite) => [
    suite,
    results.filter((result) => result.suite === suite),
  ])

/** What passed, folded and by suite. */
export const passes = (source: Source): Html | undefined => {
  const passed = source.report.results.filter(({ verdict }) => verdict === 'pass')
  if (passed.length === 0) return undefined
  return section(
    'pass',
    'Passed',
    html`<details><summary>${counted(passed.length, 'result')} passed</summary>${bySuite(
      passed,
    ).map(
      ([suite, results]) =>
        html`<div data-group><h3>${suite} <span class="aside">${results.length}</span></h3><ul class="plain">${results.map((one) => rowView(one, source, levelWord(one.level)))}</ul></div>`,
    )}</details>`,
  )
}
