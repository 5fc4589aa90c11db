import type { Report } from '../model/report.ts'

/** One system of a demo and what was said of it. */
export interface Shown {
  readonly system: string
  readonly report: Report
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) => escapes[char] ?? char)
}

/** A page that leads to the reports of several systems. */
export function demoIndex(shown: readonly Shown[]): string {
  const items = shown.map(
    ({ system, report }) =>
      `<li><a href="${escaped(system)}/index.html">${escaped(system)}</a>: ${escaped(report.say)}</li>`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<meta name="color-scheme" content="light dark">
<title>HTTP authentication: the built-in servers</title>
</head>
<body>
<main>
<h1>The built-in servers</h1>
<ul>
${items.join('\n')}
</ul>
</main>
</body>
</html>
`
}
