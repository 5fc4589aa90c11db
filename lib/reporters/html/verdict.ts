import type { Report, Summary } from '../../model/index.ts'
import { counted, duration, summaryParts } from '../words.ts'
import { type Html, html } from './escape.ts'
import { sectionAnchor } from './ids.ts'

const bar = (summary: Summary): Html => {
  const parts = (['fail', 'broken', 'inconclusive', 'warn', 'note', 'pass', 'skip'] as const).map(
    (key) => ({ key, n: summary[key] }),
  )
  const total = parts.reduce((sum, { n }) => sum + n, 0)
  const before = (at: number): number => parts.slice(0, at).reduce((sum, { n }) => sum + n, 0)
  return html`<svg class="bar" viewBox="0 0 ${Math.max(total, 1)} 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">${parts.map(
    ({ key, n }, at) =>
      n > 0 && html`<rect class="${key}" x="${before(at)}" y="0" width="${n}" height="1"/>`,
  )}</svg>`
}

const counts = (summary: Summary): Html =>
  html`<ul class="counts">${summaryParts(summary).map(
    ({ key, text }) =>
      html`<li class="${key}">${key === 'deviations' || summary[key] === 0 ? text : html`<a href="#${sectionAnchor(key)}">${text}</a>`}</li>`,
  )}</ul>`

// 2025-03-01T09:00:00.000Z as 2025-03-01 09:00 UTC; anything else stays as it is.
const moment = (iso: string): string =>
  iso.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):[\d.]+Z$/, '$1 $2 UTC')

const marks = {
  conforms: 'pass',
  'does-not-conform': 'fail',
  'could-not-judge': 'inconclusive',
} as const

/** The verdict in one sentence, what it is about, and the counts as links into the page. */
export const verdict = (report: Report): Html => {
  const { target } = report
  return html`<header class="top ${marks[report.verdict]}">
<p class="about">HTTP authentication of <code>${target.url}</code></p>
<h1>${report.say}</h1>
${report.scope === 'anonymous' && html`<p>No credentials were given: only what an anonymous client sees was judged.</p>`}
${report.interrupted && html`<p><strong>The run was interrupted; only what had run by then is shown.</strong></p>`}
${bar(report.summary)}
${counts(report.summary)}
<p class="aside">${target.title} · ${counted(report.requests, 'request')}, ${counted(report.failedLogins, 'failed log-in')} · begun ${moment(report.startedAt)}, took ${duration(report.durationMs)}</p>
<p class="aside">What is listed here as wrong can be used against the server. Keep this file as you would keep a vulnerability report.</p>
</header>`
}
