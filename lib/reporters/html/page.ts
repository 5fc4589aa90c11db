import { createHash } from 'node:crypto'
import type { Report } from '../../model/index.ts'
import { exchangesOf } from '../digest.ts'
import { clauses, legend, preflight, route, run } from './about.ts'
import { type Html, html, trusted } from './escape.ts'
import { caseAnchors, sectionAnchor } from './ids.ts'
import type { Source } from './result.ts'
import { script } from './script.ts'
import {
  broken,
  failures,
  headlines,
  inconclusive,
  notes,
  passes,
  skips,
  warnings,
} from './sections.ts'
import { style } from './style.ts'
import { verdict } from './verdict.ts'

const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`

// Nothing may be loaded and nothing may run but the two blocks whose hashes stand here, so that a
// report of a hostile target is harmless even where an escape were forgotten.
const policy = [
  "default-src 'none'",
  `style-src ${hashOf(style)}`,
  `script-src ${hashOf(script)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

const filter = html`<div role="search" class="filter" id="${sectionAnchor('filter')}" hidden>
<label for="${sectionAnchor('query')}">Show only results with</label>
<input id="${sectionAnchor('query')}" type="search" autocomplete="off" spellcheck="false" placeholder="words of a title, an id, a clause, a status …">
<p id="${sectionAnchor('found')}" role="status"></p>
</div>`

const contents = (report: Report): Html => {
  const { summary } = report
  const links: readonly (readonly [string, string, boolean])[] = [
    ['fail', 'Fix first', summary.fail > 0],
    ['inconclusive', 'Could not be judged', summary.inconclusive > 0],
    ['warn', 'Warnings', summary.warn > 0],
    ['note', 'Notes', summary.note > 0],
    ['skip', 'Skipped', summary.skip > 0],
    ['pass', 'Passed', summary.pass > 0],
    ['chain', 'What was tested', true],
    ['clauses', 'Clauses', Object.keys(report.clauses).length > 0],
    ['legend', 'How to read this', true],
  ]
  return html`<nav aria-label="Parts of this page"><ul>${links.map(
    ([name, title, there]) =>
      there && html`<li><a href="#${sectionAnchor(name)}">${title}</a></li>`,
  )}</ul></nav>`
}

/** The whole page. */
export const page = (report: Report, strict: boolean): Html => {
  const source: Source = {
    report,
    exchanges: exchangesOf(report),
    anchors: caseAnchors(report),
    strict,
  }
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${report.say} – ${report.target.url}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip-link" href="#${sectionAnchor('main')}">To the results</a>
${verdict(report)}
${contents(report)}
<main id="${sectionAnchor('main')}" tabindex="-1">
${headlines(report)}
${filter}
${failures(source)}
${broken(source)}
${inconclusive(source)}
${warnings(source)}
${notes(source)}
${skips(source)}
${passes(source)}
${route(report)}
${preflight(report)}
${clauses(report)}
${run(report)}
${legend()}
</main>
<footer><p>${report.tool.name} ${report.tool.version}</p></footer>
<script>${trusted(script)}</script>
</body>
</html>
`
}
