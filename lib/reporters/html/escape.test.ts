import assert from 'node:assert/strict'
import { test } from 'node:test'
import { html, link, trusted, whole } from './escape.ts'

test('escapes whatever is put in, and keeps what is markup', () => {
  const hostile = `<b a="1" c='2'>&`
  const shown = '&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;'
  assert.equal(
    html`<p title="${hostile}">${hostile}</p>`.markup,
    `<p title="${shown}">${shown}</p>`,
  )
  assert.equal(html`${html`<i>${hostile}</i>`}`.markup, `<i>${shown}</i>`)
  assert.equal(html`${[hostile, 1, [html`<br>`]]}`.markup, `${shown}1<br>`)
  assert.equal(html`a${false}b${undefined}c${0}`.markup, 'abc0')
  assert.equal(trusted('<hr>').markup, '<hr>')
})

test('shows by number what would hide text or turn it round', () => {
  assert.equal(html`${'a\u202eb\u0000\n\u2028'}`.markup, 'a\\u{202e}b\\x00\\n\\u{2028}')
})

test('cuts what is very long, and says so', () => {
  const { markup } = html`${'a'.repeat(5000)}`
  assert.equal(markup, `${'a'.repeat(2000)} … 3000 more characters`)
  assert.equal(whole(`${'<'.repeat(3000)}`).markup, '&lt;'.repeat(3000))
})

test('leads to web pages and to the page itself, nowhere else', () => {
  assert.equal(
    link('https://a.test/?b&c', 'x').markup,
    '<a href="https://a.test/?b&amp;c" rel="noreferrer">x</a>',
  )
  assert.equal(link('#a', 'x').markup, '<a href="#a">x</a>')
  assert.equal(link('javascript:alert(1)', '<x>').markup, '&lt;x&gt;')
})
