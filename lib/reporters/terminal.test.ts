import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Report } from '../model/index.ts'
import { report, result } from './fixtures/build.ts'
import { hostileBytes, stain } from './fixtures/hostile.ts'
import { fixtures } from './fixtures.ts'
import { line } from './line.ts'
import { terminal } from './terminal.ts'

const plain = { colour: false, width: 80 }
const fixture = (name: string): Report => {
  const found = fixtures[name]
  assert.ok(found)
  return found
}
const linesOf = (text: string): readonly string[] => text.trimEnd().split('\n')
const uncoloured = (text: string): string => text.replaceAll(/\u001b\[[0-9;]*m/g, '')

test('tells the first three things a reader meets on one screen', () => {
  for (const name of ['accepts-everyone', 'refuses-everyone', 'bare-401', 'crash']) {
    const lines = linesOf(
      terminal.render(fixture(name), { ...plain, path: 'reports/latest/index.html' }),
    )
    assert.ok(lines.length <= 20, `${name} takes ${lines.length} lines`)
  }
})

test('keeps to the width, but for what cannot be broken', () => {
  for (const report of Object.values(fixtures)) {
    for (const width of [40, 60, 80, 120]) {
      for (const one of linesOf(terminal.render(report, { ...plain, width, verbose: true }))) {
        if (/https?:\/\/|^ +(?:again)? +(?:npx|curl|-)/.test(one)) continue
        assert.ok([...one].length <= Math.max(width, 56), `${width}: ${one}`)
      }
    }
  }
})

test('adds nothing but colour codes where colour is wanted', () => {
  for (const report of Object.values(fixtures)) {
    for (const reporter of [terminal, line]) {
      const text = reporter.render(report, plain)
      const coloured = reporter.render(report, { ...plain, colour: true })
      assert.ok(!text.includes('\u001b'))
      assert.ok(coloured.includes('\u001b['))
      assert.equal(uncoloured(coloured), text)
    }
  }
})

test('lets nothing that a target sent act, or begin a line', () => {
  for (const options of [plain, { ...plain, verbose: true, width: 41 }]) {
    for (const reporter of [terminal, line]) {
      const text = reporter.render(fixture('hostile'), options)
      assert.equal(text.includes(stain), reporter === terminal)
      assert.doesNotMatch(text, /[\0-\x09\x0b-\x1f\x7f-\x9f]/)
      assert.doesNotMatch(text, /[\p{Cf}\p{Zl}\p{Zp}]/u)
      assert.doesNotMatch(text, /::|##\[/)
      for (const one of linesOf(text)) assert.ok(!one.trimStart().startsWith(stain), one)
    }
  }
  assert.ok(hostileBytes.some((bytes) => bytes.includes('\u202e')))
})

test('puts what costs most first and counts one deviation once', () => {
  const text = terminal.render(fixture('many'), plain)
  const order = [...text.matchAll(/^ {2}✗ .*MUST · (\w+)$/gm)].map(([, severity]) => severity)
  assert.equal(order.length, 20)
  assert.deepEqual(order, [
    ...Array(5).fill('critical'),
    ...Array(5).fill('high'),
    ...Array(5).fill('medium'),
    ...Array(5).fill('low'),
  ])
  assert.match(text, /! basic-control-character\/a \(7\)/)
  assert.match(terminal.render(fixture('bare-401'), plain), /✗ challenge-with-every-401 \(3\)/)
})

test('is quiet about passes unless asked', () => {
  const options = { ...plain, verbose: true }
  assert.equal(linesOf(terminal.render(fixture('conforming'), plain)).length, 2)
  assert.equal(linesOf(terminal.render(fixture('conforming'), options)).length, 38 + 1 + 2)
})

test('counts skipped cases by what was missing', () => {
  const text = terminal.render(fixture('many'), plain)
  assert.match(text, /- 12 of 294 cases skipped\. .* Give\n? +│? ?--signing-key\./)
  assert.match(text, /- 3 of 294 cases skipped\. It takes the public key/)
})

test('groups what could not be judged by reason, across suites too', () => {
  const undecided = (id: string, suite: string, say: string) =>
    result(id, { suite, verdict: 'inconclusive', reason: { code: 'throttled', say } })
  const text = terminal.render(
    report(
      [
        undecided('a', 'one', 'It throttled.'),
        undecided('b', 'two', 'It throttled.'),
        undecided('c', 'two', 'It slept.'),
        { ...undecided('d', 'two', ''), verdict: 'broken', reason: { code: 'x', say: 'Ours.' } },
      ],
      [],
    ),
    { ...plain, width: 100 },
  )
  assert.match(text, /\? 2 cases +could not judge\n {4}It throttled\.\n {4}such as {3}a, b/)
  assert.match(text, /\? c +could not judge\n {4}It slept\./)
  assert.match(text, /✗ d +our own bug\n {4}Ours\./)
})

test('says that no reason was recorded rather than nothing', () => {
  const text = terminal.render(report([result('a', { verdict: 'inconclusive' })], []), plain)
  assert.match(text, /No reason was recorded\./)
})

test('shows a failure without its exchanges by its words', () => {
  const text = terminal.render(report([result('a', { verdict: 'fail' })], []), plain)
  assert.match(text, /sent {6}The valid Basic credential of the default account, with one fault\./)
  assert.doesNotMatch(text, /\n {4}got/)
})

test('does not repeat under a reason what a headline accounts for', () => {
  assert.doesNotMatch(terminal.render(fixture('crash'), plain), /gone before it was their turn/)
  const crash = fixture('crash')
  const fewer = { ...crash, headlines: crash.headlines.map((one) => ({ ...one, count: 2 })) }
  assert.match(terminal.render(fewer, plain), /gone before it was their turn/)
})
