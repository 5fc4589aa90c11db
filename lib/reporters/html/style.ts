/** The look of the page: system fonts, two colour schemes, one column until there is room for two. */
export const style: string = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --sheet: #f5f6f8; --ink: #1b1f27; --quiet: #59606c; --rule: #d8dce3;
  --accent: #1f4fc4; --fail: #b3231b; --warn: #8a5300; --open: #6a3fb0; --pass: #1c6e3f; --note: #365f7d;
  --mark: #ffe48a; --mark-ink: #3a2b00; --secret: #e6edff; --secret-ink: #21408f;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171c; --sheet: #1c2027; --ink: #e5e8ee; --quiet: #a3abb8; --rule: #353b46;
    --accent: #92b4ff; --fail: #ff948a; --warn: #efb75c; --open: #c5a5ff; --pass: #7fd3a0; --note: #9dc3e0;
    --mark: #6a5200; --mark-ink: #fff2c4; --secret: #25345c; --secret-ink: #cfdcff;
  }
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
header.top, nav, main, footer { max-width: 72rem; margin: 0 auto; padding: 0 1rem; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.skip-link { position: absolute; left: -99rem; }
.skip-link:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .5rem; z-index: 1; }
.unseen {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
h1, h2, h3 { line-height: 1.25; margin: 0; }
h1 { font-size: clamp(1.5rem, 1.1rem + 1.8vw, 2.4rem); letter-spacing: -.015em; max-width: 34ch; text-wrap: balance; }
h2 { font-size: 1.35rem; margin: 0 0 .75rem; }
h3 { font-size: 1.1rem; }
.title { font-size: .85rem; color: var(--quiet); font-weight: 600; margin: 0 0 .4rem; }
p { margin: .5rem 0; max-width: 75ch; }
code, pre { font-family: var(--mono); font-size: .85em; }
pre {
  margin: 0; padding: .6rem .75rem; background: var(--sheet); border: 1px solid var(--rule); border-radius: 4px;
  white-space: pre-wrap; line-height: 1.5;
}
.aside { color: var(--quiet); font-size: .85rem; }
.fail { color: var(--fail); } .warn { color: var(--warn); } .inconclusive { color: var(--open); }
.pass { color: var(--pass); } .note { color: var(--note); } .skip { color: var(--quiet); } .broken { color: var(--fail); }

header.top { padding-top: clamp(1.5rem, 5vw, 3.5rem); padding-bottom: .5rem; color: var(--ink); }
header.top.fail h1 { color: var(--fail); } header.top.pass h1 { color: var(--pass); }
header.top.inconclusive h1 { color: var(--open); }
.top h1::first-letter { text-transform: uppercase; }
.about { color: var(--quiet); margin: 0 0 .4rem; }
.bar { display: block; width: 100%; height: .6rem; margin: 1.4rem 0 .5rem; background: var(--sheet); border-radius: 2px; }
.bar rect { fill: currentColor; }
.bar .skip { opacity: .35; }
.counts, nav ul, .plain, .headlines { list-style: none; margin: 0; padding: 0; }
.counts, nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; }
.counts { font-size: 1.05rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.counts a { color: inherit; }
nav { margin: 1rem auto 0; }
nav ul { border-block: 1px solid var(--rule); padding: .6rem 0; font-size: .95rem; }

main { padding-bottom: 3rem; }
main:focus { outline: none; }
main > section { margin-top: 2.75rem; }
.headlines li { border: 1px solid var(--rule); background: var(--sheet); padding: .5rem 1rem; margin-bottom: .6rem; border-radius: 4px; }
.filter { margin-top: 2rem; display: grid; gap: .3rem; max-width: 40rem; }
.filter label { font-weight: 600; }
.filter input {
  font: inherit; width: 100%; color: inherit; background: var(--paper); border: 1px solid var(--quiet);
  border-radius: 4px; padding: .5rem .7rem;
}
.filter ::placeholder { color: var(--quiet); opacity: 1; }
.filter p { min-height: 1.5em; margin: 0; color: var(--quiet); }

.item { color: var(--ink); border-top: 1px solid var(--rule); padding: 1.4rem 0 1.6rem; }
.item:last-child { padding-bottom: 0; }
.item > header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .2rem 1.5rem; align-items: baseline; }
.item > header h3 { flex: 1 1 22rem; }
.item:target > header h3, details:target > summary { background: var(--secret); color: var(--secret-ink); }
.sign { display: inline-block; width: 1.4em; font-weight: 700; }
.tags { display: flex; flex-wrap: wrap; gap: .1rem .9rem; margin: 0; font-size: .9rem; max-width: none; }
.id { font-family: var(--mono); font-size: .85rem; }
.level { color: var(--quiet); font-size: .85rem; letter-spacing: .02em; }
.severity { font-weight: 600; }
.severity.critical, .severity.high { color: var(--fail); } .severity.medium { color: var(--warn); }
.fault { font-weight: 600; }

table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: .95rem; }
caption { text-align: left; color: var(--quiet); font-size: .85rem; padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .9rem .35rem 0; border-top: 1px solid var(--rule); font-weight: 400; }
thead th { color: var(--quiet); font-size: .85rem; border-top: 0; }
.checks :is(th, td) { overflow-wrap: break-word; }
.checks :is(td[data-label="wanted"], td[data-label="got"]) { overflow-wrap: anywhere; }
tbody th, .deviates td[data-label="got"] { font-weight: 600; }

.facts { display: grid; grid-template-columns: minmax(5.5rem, max-content) minmax(0, 1fr); gap: .4rem 1rem; margin: 1rem 0; }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; max-width: 75ch; }
dd.fix { font-weight: 600; }
.facts .clauses { list-style: none; margin: 0; padding: 0; }
dl.clauses dt { margin-top: 1rem; } dl.clauses dd { margin: .2rem 0 0; max-width: 75ch; }
.command { display: flex; gap: .5rem; align-items: flex-start; margin-bottom: .4rem; }
.command pre { flex: 1 1 auto; min-width: 0; }
button {
  font: inherit; font-size: .85rem; color: var(--accent); background: var(--paper); border: 1px solid var(--accent);
  border-radius: 4px; padding: .45rem .7rem; cursor: pointer; min-width: 5rem;
}
button:hover { background: var(--secret); }

summary { cursor: pointer; padding: .3rem 0; }
summary:hover { color: var(--accent); }
.item > details { margin-top: .6rem; }
.plain > li { border-top: 1px solid var(--rule); padding: .2rem 0; }
.plain > li:first-child { border-top: 0; }
.plain details { padding-left: 1.1rem; }
.plain summary { margin-left: -1.1rem; }
#section\\:pass h3 { margin: 1.4rem 0 .3rem; }
.pair { display: grid; gap: 1.2rem; margin: .6rem 0 1rem; }
.exchange { min-width: 0; }
.arrow { margin: .35rem 0; color: var(--quiet); font-size: .9rem; }
.content { border-top: 0; border-radius: 0 0 4px 4px; color: var(--quiet); }
mark { background: var(--mark); color: var(--mark-ink); border-radius: 2px; padding: 0 .1em; }
.secret { background: var(--secret); color: var(--secret-ink); border-radius: 2px; padding: 0 .15em; }
mark .secret { background: none; color: inherit; padding: 0; }
footer { border-top: 1px solid var(--rule); color: var(--quiet); font-size: .85rem; padding-block: 1rem 2rem; }

@media (min-width: 56rem) { .pair { grid-template-columns: 1fr 1fr; } }
@media (max-width: 40rem) {
  .checks thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .checks, .checks caption, .checks tbody, .checks tr, .checks th, .checks td { display: block; border: 0; padding: 0; }
  .checks tr { border-top: 1px solid var(--rule); padding: .4rem 0; }
  .checks td[data-label]::before { content: attr(data-label) " "; color: var(--quiet); font-weight: 400; }
  .facts { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .facts dt { font-size: .85rem; margin-top: .6rem; }
  .command { flex-direction: column; align-items: stretch; }
  .command button { align-self: flex-start; }
}
@media print {
  nav, .filter, button, .skip-link { display: none !important; }
  body { font-size: 10pt; }
  h2, h3, .title { break-after: avoid; }
  pre, table, .exchange { break-inside: avoid; }
  a { color: inherit; }
}
@media (forced-colors: active) { mark, .secret { outline: 1px solid; } .bar rect { forced-color-adjust: none; } }
`
