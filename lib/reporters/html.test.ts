import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { Report } from '../model/index.ts'
import { exchange, report } from './fixtures/build.ts'
import { stain } from './fixtures/hostile.ts'
import { fixtures } from './fixtures.ts'
import { resultAnchor } from './html/ids.ts'
import { html } from './html.ts'

interface Tag {
  readonly name: string
  readonly closing: boolean
  readonly attributes: ReadonlyMap<string, string>
}

const rendered: ReadonlyMap<string, string> = new Map(
  Object.entries(fixtures).map(([name, report]) => [
    name,
    html.render(report, { colour: false, width: 80 }),
  ]),
)
const render = (name: string): string => rendered.get(name) ?? assert.fail(name)
const pages = (): Iterable<readonly [string, string]> => rendered

const decoded = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

const blocks = /<(style|script)>([\s\S]*?)<\/\1>/g
const tag = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*) ?\/?>/gi

const withoutBlocks = (page: string): string =>
  page.replace(blocks, '').replace('<!doctype html>\n', '')

const tagsOf = (page: string): readonly Tag[] =>
  [...withoutBlocks(page).matchAll(tag)].map(([, slash, name = '', attributes = '']) => ({
    name: name.toLowerCase(),
    closing: slash === '/',
    attributes: new Map(
      [...attributes.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/gi)].map(([, key = '', value = '']) => [
        key,
        decoded(value),
      ]),
    ),
  }))

const valuesOf = (page: string, attribute: string): readonly string[] =>
  tagsOf(page).flatMap(({ attributes }) => attributes.get(attribute) ?? [])

const empty = new Set(['meta', 'input', 'rect', 'br'])
const known = new Set(
  'html head meta title style script body a header p code h1 h2 h3 svg rect ul li nav main section div label input article span table caption thead tbody tr th td dl dt dd details summary pre b i mark button strong footer'.split(
    ' ',
  ),
)
const attributes = new Set(
  'lang charset http-equiv content name href id class aria-label aria-labelledby aria-hidden focusable viewbox preserveaspectratio x y width height tabindex role hidden for type autocomplete spellcheck placeholder data-find data-group data-copy data-label scope open rel'.split(
    ' ',
  ),
)

test('every angle bracket of the page is ours, and every element is closed', () => {
  for (const [name, page] of pages()) {
    assert.doesNotMatch(withoutBlocks(page).replace(tag, ''), /[<>]/, name)
    const open: string[] = []
    for (const one of tagsOf(page)) {
      assert.ok(known.has(one.name), `${name}: <${one.name}>`)
      for (const key of one.attributes.keys()) {
        assert.ok(attributes.has(key.toLowerCase()), `${name}: ${key} on <${one.name}>`)
      }
      if (one.closing) assert.equal(open.pop(), one.name, name)
      else if (!empty.has(one.name)) open.push(one.name)
    }
    assert.deepEqual(open, [], name)
  }
})

test('what a target sent reaches the page as text, invisible characters by number', () => {
  const page = render('hostile')
  assert.ok(page.includes(stain))
  assert.doesNotMatch(page, /[\0-\x09\x0b-\x1f\x7f-\x9f]|[\p{Cf}\p{Zl}\p{Zp}]/u)
  assert.ok(page.includes('&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;'))
  for (const [, , text = ''] of page.matchAll(blocks)) assert.ok(!text.includes(stain))
})

test('the policy allows this style and this script and nothing else', () => {
  for (const [name, page] of pages()) {
    const policy = tagsOf(page).find(
      (one) => one.attributes.get('http-equiv') === 'Content-Security-Policy',
    )
    const hash = (text: string): string => createHash('sha256').update(text).digest('base64')
    const found = [...page.matchAll(blocks)].map(
      ([, kind, text = '']) => `${kind}-src 'sha256-${hash(text)}'`,
    )
    assert.equal(found.length, 2, name)
    assert.equal(
      policy?.attributes.get('content'),
      ["default-src 'none'", ...found, "base-uri 'none'", "form-action 'none'"].join('; '),
    )
  }
})

test('nothing is loaded from anywhere', () => {
  for (const [name, page] of pages()) {
    for (const one of tagsOf(page)) {
      for (const [key, value] of one.attributes) {
        const leads = one.name === 'a' && key === 'href'
        if (!leads && key !== 'content') assert.doesNotMatch(value, /^\s*(?:[a-z]+:)?\/\//i, name)
        if (leads) assert.match(value, /^(?:https?:\/\/|#)/, name)
      }
    }
    for (const [, , text = ''] of page.matchAll(blocks)) {
      assert.doesNotMatch(text, /url\(|@import|https?:|fetch\(|XMLHttp|import\(|innerHTML|eval\(/)
    }
  }
})

test('every id is there once and every reference leads to one', () => {
  for (const [name, page] of pages()) {
    const ids = valuesOf(page, 'id')
    assert.equal(new Set(ids).size, ids.length, name)
    const links = valuesOf(page, 'href').filter((href) => href.startsWith('#'))
    const goals = [
      ...links.map((href) => href.slice(1)),
      ...valuesOf(page, 'for'),
      ...valuesOf(page, 'aria-labelledby'),
    ]
    assert.ok(links.length > 5)
    for (const goal of goals) assert.ok(ids.includes(goal), `${name}: ${goal}`)
  }
})

test('every result and every case has its permalink', () => {
  for (const [name, report] of Object.entries(fixtures)) {
    const ids = new Set(valuesOf(render(name), 'id'))
    for (const result of report.results) {
      assert.ok(ids.has(resultAnchor(result.id)), `${name}: ${result.id}`)
      assert.ok(ids.has(resultAnchor(result.case)), `${name}: ${result.case}`)
    }
  }
  assert.equal(resultAnchor('jwt-alg-none/mixed@bearer'), 'jwt-alg-none/mixed@bearer')
  assert.equal(resultAnchor('a b:"'), 'a~20b~3a~22')
})

test('headings are in order, tables have captions, buttons and inputs have names', () => {
  for (const [name, page] of pages()) {
    const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level))
    assert.equal(levels.filter((level) => level === 1).length, 1, name)
    levels.reduce((before, level) => {
      assert.ok(level <= before + 1, `${name}: h${before} then h${level}`)
      return level
    }, 0)
    for (const [table] of page.matchAll(/<table[^>]*>\s*<[a-z]+/g)) assert.match(table, /<caption$/)
    for (const [button] of page.matchAll(/<button[^>]*>[\s\S]*?<\/button>/g)) {
      assert.match(button, /Copy<span class="unseen"> the .*command for /)
    }
  }
})

test('what comes first on the page is what has to be done first', () => {
  const page = render('many')
  const sections = [...page.matchAll(/<section id="section:([a-z]+)"/g)].map(([, name]) => name)
  assert.deepEqual(sections, [
    'fail',
    'broken',
    'warn',
    'note',
    'skip',
    'pass',
    'chain',
    'preflight',
    'clauses',
    'run',
    'legend',
  ])
  const crash = render('crash')
  assert.ok(crash.indexOf('id="section:headlines"') < crash.indexOf('id="section:warn"'))
  assert.match(render('varied'), /To know first[\s\S]*The clock of the target is 400 s ahead\./)
})

test('secrets stand as labels, the fault is marked for the eye and for the ear', () => {
  const page = render('softened')
  assert.ok(
    page.includes(
      '<mark><span class="unseen">[fault] </span><span class="secret">‹plus-slash: user:password, Base64, URL-safe alphabet›</span><span class="unseen"> [end of fault]</span></mark>',
    ),
  )
  assert.match(page, /With the fault<\/p>[\s\S]*The control, without it<\/p>/)
})

test('content stands on the lines it was written on', () => {
  const { conforming } = fixtures
  assert.ok(conforming)
  const [first] = conforming.results
  const shown = { ...first, verdict: 'note', exchanges: [1] } as Report['results'][number]
  const answer = exchange(1).answer
  assert.ok(answer)
  const page = (body: string): string =>
    html.render(report([shown], [exchange(1, { answer: { ...answer, body } })]), {
      colour: false,
      width: 80,
    })
  assert.ok(
    page('{\\r\\n"a": "b\\\\nc"\\n}').includes(
      '<pre class="content">{\n&quot;a&quot;: &quot;b\\\\nc&quot;\n}</pre>',
    ),
  )
})

test('a command that cannot be printed is not offered for copying', () => {
  assert.match(render('hostile'), /Not to be copied/)
  assert.doesNotMatch(render('softened'), /Not to be copied/)
})

test('text is legible in both colour schemes', () => {
  const style = render('conforming').match(/<style>([\s\S]*?)<\/style>/)?.[1] ?? ''
  const [light = '', dark = ''] = style.split('prefers-color-scheme: dark')
  const channel = (hex: string): number => {
    const value = Number.parseInt(hex, 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => channel(colour.slice(at, at + 2)))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const pairs = [
    ...['ink', 'quiet', 'accent', 'fail', 'warn', 'open', 'pass', 'note'].flatMap((front) => [
      [front, 'paper'],
      [front, 'sheet'],
    ]),
    ['mark-ink', 'mark'],
    ['secret-ink', 'secret'],
    ['accent', 'secret'],
  ]
  for (const scheme of [light, dark]) {
    const colours = new Map(
      [...scheme.matchAll(/--([a-z-]+): (#[0-9a-f]{6})/g)].map(([, key = '', value = '']) => [
        key,
        value,
      ]),
    )
    for (const [front = '', back = ''] of pairs) {
      const [high = 0, low = 0] = [front, back]
        .map((key) => luminance(colours.get(key) ?? ''))
        .sort((a, b) => b - a)
      const ratio = (high + 0.05) / (low + 0.05)
      assert.ok(ratio >= 4.5, `${front} on ${back}: ${ratio.toFixed(2)}`)
    }
  }
})
