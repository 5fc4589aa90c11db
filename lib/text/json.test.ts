import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memberNames, memberNamesOf, parseJsonSafely, parseTargetJson } from './json.ts'
import { randomFrom } from './random.ts'

const readOf = (text: string): unknown => {
  const parsed = parseJsonSafely(text)
  assert.ok('value' in parsed, JSON.stringify(parsed))
  return parsed.value
}

const faultOf = (text: string): string => {
  const parsed = parseJsonSafely(text)
  assert.ok('fault' in parsed, `${text} was read`)
  return `${parsed.at.line}:${parsed.at.column} ${parsed.fault}`
}

test('reads what JSON.parse reads, on objects without prototype', () => {
  for (const text of [
    ...['{}', '[]', '0', '-0', '1.5e-3', '1E+2', '-12.25', 'true', 'false', 'null', '""'],
    ...[' \t\r\n{ "a" : [ 1 , { "b" : null } ] , "" : "x" } \n', '[[],{},[{}]]'],
    ...['"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\\u0000"', '"é😀\\ud800\u2028\x7f"'],
    ...['{"toString":1,"hasOwnProperty":2,"__proto":3}'],
  ]) {
    assert.deepEqual(structuredClone(readOf(text)), JSON.parse(text), text)
  }
  assert.equal(Object.getPrototypeOf(readOf('{}')), null)
  assert.equal(readOf('\ufeff1'), 1)
})

test('says what is wrong and where', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['', '1:1 Where the text ends, a value is expected.'],
    ['{"a":1,\n "a":2}', '2:2 The member "a" occurs twice in one object.'],
    ['{"a":1,"\\u0061":2}', '1:8 The member "a" occurs twice in one object.'],
    ['{\r\n"__proto__":1}', '2:1 A member may not be named "__proto__".'],
    ['{"__pr\\u006fto__":1}', '1:2 A member may not be named "__proto__".'],
    ['[{"constructor":1}]', '1:3 A member may not be named "constructor".'],
    ['{"prototype":1}', '1:2 A member may not be named "prototype".'],
    ['1 2', '1:3 Where "2" stands, nothing more is expected.'],
    ['[1,]', '1:4 Where "]" stands, a value is expected.'],
    ['[1 2]', '1:4 Where "2" stands, a comma or ] is expected.'],
    ['[', '1:2 Where the text ends, a value is expected.'],
    ['{"a"}', '1:5 Where "}" stands, a colon is expected.'],
    ['{"a":1,}', '1:8 Where "}" stands, a member name in double quotes is expected.'],
    ["{'a':1}", `1:2 Where "'" stands, a member name in double quotes is expected.`],
    ['{a:1}', '1:2 Where "a" stands, a member name in double quotes is expected.'],
    ['"abc', '1:1 A string has no closing quote.'],
    ['"a\nb"', '1:3 A string holds a bare control character.'],
    ['"\\x"', '1:2 An escape is not one of JSON.'],
    ['"\\u12g4"', '1:2 An escape is not one of JSON.'],
    ['"\\', '1:2 An escape is not one of JSON.'],
    ['01', '1:1 A number begins with a superfluous zero.'],
    ['-', '1:2 Where the text ends, a digit is expected.'],
    ['1.', '1:3 Where the text ends, a digit is expected.'],
    ['1e+', '1:4 Where the text ends, a digit is expected.'],
    ['.5', '1:1 Where "." stands, a value is expected.'],
    ['1e999', '1:1 A number is too large.'],
    ['[NaN]', '1:2 Where "N" stands, a value is expected.'],
    ['// x', '1:1 Where "/" stands, a value is expected.'],
    ['\x1b', '1:1 Where "\\x1b" stands, a value is expected.'],
    ['😀', '1:1 Where "😀" stands, a value is expected.'],
    ['\u00a01', '1:1 Where "\u00a0" stands, a value is expected.'],
    ['truely', '1:5 Where "l" stands, nothing more is expected.'],
  ]
  for (const [text, wanted] of rows) assert.equal(faultOf(text), wanted)
})

test('takes 64 levels and no more', () => {
  const nested = (levels: number): string => '[{"a":'.repeat(levels / 2) + '}]'.repeat(levels / 2)
  assert.match(faultOf(nested(64)), /a value is expected/)
  assert.match(faultOf(nested(66)), /^1:193 Objects and arrays are nested deeper than 64\.$/)
  assert.equal(Array.isArray(readOf('['.repeat(64) + ']'.repeat(64))), true)
  assert.match(faultOf('['.repeat(1e6)), /nested deeper/)
})

test('agrees with JSON.parse on what is JSON at all', () => {
  const random = randomFrom('json')
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"b"',
    '""',
    '1',
    '-',
    '.5',
    'e3',
    'null',
    ' ',
    '"',
    '\\',
    '\t',
  ]
  let read = 0
  for (let i = 0; i < 30_000; i += 1) {
    const text = Array.from({ length: 1 + random.int(7) }, () => random.pick(pieces)).join('')
    const parsed = parseJsonSafely(text)
    const ours = 'value' in parsed ? JSON.stringify(parsed.value) : undefined
    if (ours === undefined && 'fault' in parsed && parsed.fault.includes('twice')) continue
    assert.equal(ours, platformReads(text), text)
    if (ours !== undefined) read += 1
  }
  assert.ok(read > 1000, String(read))
})

function platformReads(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return undefined
  }
}

test('reads a target forgivingly and pollutes nothing', () => {
  const parsed = parseTargetJson(
    '{"__proto__":{"a":1},"constructor":[{"prototype":2}],"a":1,"a":2}',
  )
  const value = parsed?.value as Record<string, unknown>
  assert.equal(Object.getPrototypeOf(value), null)
  assert.deepEqual(Object.keys(value), ['__proto__', 'constructor', 'a'])
  const [inner, list, last] = Object.values(value) as [object, object[], number]
  assert.equal(last, 2)
  assert.equal(Object.getPrototypeOf(inner), null)
  assert.deepEqual(Object.keys(inner), ['a'])
  assert.equal(Object.getPrototypeOf(list[0] ?? {}), null)
  assert.equal(Object.hasOwn(Object.prototype, 'a'), false)
})

test('reads the bytes of a target as UTF-8 where they are', () => {
  const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')
  assert.deepEqual(parseTargetJson(latin1('\ufeff"é"')), { value: 'é' })
  assert.deepEqual(parseTargetJson('"\xe9"'), { value: 'é' })
  for (const none of ['', 'Unauthorized', '<html>', '{"a":', '{} {}']) {
    assert.equal(parseTargetJson(none), undefined)
  }
})

test('nesting in an answer exhausts nothing', () => {
  const deep = parseTargetJson('{"a":['.repeat(200_000) + ']}'.repeat(200_000))
  assert.ok(deep !== undefined)
  assert.equal(memberNames(deep.value).at(-1), '…')
})

test('names members by path, elements of an array alike', () => {
  const rows: readonly (readonly [unknown, readonly string[]])[] = [
    [{ b: 1, a: { c: null } }, ['a', 'a.c', 'b']],
    [{ items: [{ id: 1 }, { id: 2, x: [] }, 5] }, ['items', 'items[].id', 'items[].x']],
    [[[{ a: 1 }]], ['[][].a']],
    [{ 'a.b': { '[]': 1, '': 2, 'x\n': 3 } }, ['"a.b"', '"a.b".""', '"a.b"."[]"', '"a.b"."x\\n"']],
    [{ $a: { 'b-c': { _d1: 0 } } }, ['$a', '$a.b-c', '$a.b-c._d1']],
    [[], []],
    [{}, []],
    ['text', []],
    [null, []],
  ]
  for (const [value, wanted] of rows) assert.deepEqual(memberNames(value), wanted)
  assert.deepEqual(memberNamesOf('[{"a":1},{"b":{"__proto__":2}}]'), [
    '[].a',
    '[].b',
    '[].b.__proto__',
  ])
  assert.equal(memberNamesOf('Unauthorized'), undefined)
})

test('other data of the same kind have the same names', () => {
  const answer = (n: number): unknown => ({ user: { id: n, tags: Array(n).fill({ t: n }) } })
  assert.deepEqual(memberNames(answer(1)), memberNames(answer(9)))
})

test('stops at its limits and says so', () => {
  const limits = { names: 3, containers: 10, depth: 2 }
  const wide = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`m${i}`, i]))
  assert.deepEqual(memberNames(wide, limits), ['m0', 'm1', 'm2', '…'])
  assert.deepEqual(memberNames({ a: 1, b: 2, c: 3 }, limits), ['a', 'b', 'c'])
  assert.deepEqual(memberNames({ a: { b: { c: 1 } } }, limits), ['a', 'a.b', '…'])
  assert.deepEqual(memberNames({ a: { b: 1 } }, limits), ['a', 'a.b'])
  assert.deepEqual(memberNames(Array(20).fill([]), limits), ['…'])
})

// Time on the processor: what else the machine does must not decide a test.
function cpuMs(work: () => unknown): number {
  const begun = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}

test('takes little time for a large answer', () => {
  const large = JSON.stringify(
    Array.from({ length: 100_000 }, (_, i) => ({ id: i, name: `n${i}`, b: {} })),
  )
  assert.ok(cpuMs(() => assert.equal(memberNamesOf(large)?.at(-1), '…')) < 3000)
})
