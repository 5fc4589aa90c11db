import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ChallengeReading, parseChallenges } from './challenge.ts'
import { breaksGrammar } from './challenge-deviations.ts'
import { randomFrom } from './random.ts'

// The grammar once more, written as regular expressions from RFC 9110 appendix A (what a sender may
// write) and §5.6.1.2 (what a recipient must accept), so that two readings of the text are compared.
const OWS = '[ \\t]*'
const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
const QUOTED = '"(?:[\\t !\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t \\x21-\\x7e\\x80-\\xff])*"'
const PARAM = `${TOKEN}${OWS}=${OWS}(?:${TOKEN}|${QUOTED})`
const TOKEN68 = '[A-Za-z0-9._~+/-]+=*'
const senderList = (element: string): string => `(?:${element}(?:${OWS}[,\x02]${OWS}${element})*)?`
const recipientList = (element: string): string =>
  `(?:${element})?(?:${OWS}[,\x02]${OWS}(?:${element})?)*`
const challenge = (list: (element: string) => string): string =>
  `${TOKEN}(?: +(?:${TOKEN68}|${list(PARAM)}))?`
const SENDER = new RegExp(`^${senderList(challenge(senderList))}$`)
const RECIPIENT = new RegExp(`^${recipientList(challenge(recipientList))}$`)

const PIECES = [
  ...['Basic', 'Bearer', 'realm', 'charset', 'a', 'b', 'x=', 'YQ==', 'a/b=', '"x"', '"a, b=c"'],
  ...['realm="x"', 'Basic realm="x"', 'c=d', "'", "'q r'", '"', '\\', '"\\"', '"\\a"', '=', '=='],
  ...[' ', ' ', ' ', '  ', '\t', ',', ',', ', ', ' , ', ';', '@', '\x00', '\x1b', '\xe9', '\n'],
]

function randomLines(seed: number): string[] {
  const random = randomFrom('challenge', String(seed))
  return Array.from({ length: 1 + random.int(3) }, () =>
    Array.from({ length: random.int(9) }, () => random.pick(PIECES)).join(''),
  )
}

/**
 * The lines as one value: whitespace at the ends is no part of a line's value (§5.5). A list may go
 * on in the next line, a quoted-string may not, so lines are joined by a comma that no quotes hold.
 */
function joined(lines: readonly string[]): string {
  return lines.map((line) => line.replace(/^[ \t]+|[ \t]+$/g, '')).join('\x02')
}

function assertWithin(lines: readonly string[], reading: ChallengeReading): void {
  const within = ({ line, at }: { line: number; at: number }): boolean =>
    line >= 0 && line < lines.length && at >= 0 && at <= (lines[line] ?? '').length
  for (const deviation of reading.deviations) assert.ok(within(deviation), deviation.say)
  for (const found of reading.challenges) {
    assert.ok(within(found))
    assert.ok((lines[found.line] ?? '').startsWith(found.scheme, found.at))
    for (const param of found.params) {
      assert.ok(within(param))
      assert.ok((lines[param.line] ?? '').startsWith(param.name, param.at))
    }
  }
}

test('agrees with the grammar on 40,000 random values', () => {
  const seen = { sender: 0, recipient: 0, neither: 0 }
  for (let seed = 0; seed < 40_000; seed += 1) {
    const lines = randomLines(seed)
    const value = joined(lines)
    const reading = parseChallenges(lines)
    const codes = reading.deviations.map(({ code }) => code)
    const sender = SENDER.test(value)
    const recipient = RECIPIENT.test(value)
    const context = JSON.stringify({ lines, codes })
    assert.equal(codes.some(breaksGrammar), !recipient, context)
    assert.equal(
      codes.some((code) => breaksGrammar(code) || code === 'empty-list-element'),
      !sender,
      context,
    )
    assertWithin(lines, reading)
    seen[sender ? 'sender' : recipient ? 'recipient' : 'neither'] += 1
  }
  assert.ok(
    seen.sender > 1000 && seen.recipient > 1000 && seen.neither > 1000,
    JSON.stringify(seen),
  )
})

test('reads back what a strict sender writes, whatever the names and values', () => {
  const random = randomFrom('challenge-round-trip')
  const token = (): string => random.text(1 + random.int(6), "abcXYZ019!#$%&'*+-.^_`|~")
  for (let i = 0; i < 2000; i += 1) {
    const wanted = Array.from({ length: 1 + random.int(4) }, () => ({
      scheme: token(),
      params: new Map(
        Array.from({ length: random.int(4) }, () => [
          token().toLowerCase(),
          random.text(random.int(8), 'a,= "\\\t\xe9;@'),
        ]),
      ),
    }))
    const lines: string[] = []
    for (const { scheme, params } of wanted) {
      const written = [...params].map(
        ([name, value]) => `${name}="${value.replace(/["\\]/g, '\\$&')}"`,
      )
      const text = [scheme, written.join(', ')].join(' ').trim()
      if (lines.length > 0 && random.int(2) === 0) lines.push(`${lines.pop() ?? ''}, ${text}`)
      else lines.push(text)
    }
    const reading = parseChallenges(lines)
    assert.deepEqual(reading.deviations, [])
    assert.deepEqual(
      reading.challenges.map(({ scheme, params }) => [
        scheme,
        params.map((it) => [it.name, it.value]),
      ]),
      wanted.map(({ scheme, params }) => [scheme, [...params]]),
    )
  }
})

test('never throws on arbitrary bytes', () => {
  const random = randomFrom('challenge-bytes')
  for (let i = 0; i < 3000; i += 1) {
    const lines = Array.from({ length: random.int(4) }, () =>
      Buffer.from(random.bytes(random.int(40))).toString('latin1'),
    )
    assertWithin(lines, parseChallenges(lines))
  }
})

// Time on the processor: what else the machine does must not decide a test.
function cpuMs(work: () => unknown): number {
  const begun = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}

test('takes time in proportion to the bytes, however hostile', () => {
  const size = 64 * 1024
  const units = [
    ',',
    ', ,',
    'a',
    'a,',
    'a ',
    ' ',
    '\t',
    '=',
    '"',
    '\\',
    '"\\',
    "'",
    "a='",
    "a=' ",
    "a='b c",
    ';',
    'a;',
    'a=b;',
    'a b=c ',
    'a="',
    'a="b" ',
    'a="b"',
    'a =',
    'a= ',
    'a b',
    'a b ',
    'a == ',
    'a, b=c,',
    'realm,',
    'realm, a=b,',
    'realm=,a=b,',
    '\x00',
    '\xe9',
    '@',
    '@,',
    'a@',
    'a YQ== ',
    'a YQ==,',
    '"\\"',
    'a="\\x',
    'a b=c;d e=f;',
    "x='y z' ",
  ]
  for (const unit of units) {
    for (const head of ['', 'Basic ', 'Basic realm="x" ']) {
      const value = head + unit.repeat(Math.ceil(size / unit.length))
      const took = cpuMs(() => parseChallenges([value]))
      assert.ok(took < 1500, `${JSON.stringify(head + unit)} took ${took.toFixed()} ms`)
    }
  }
})

test('a flood of one deviation is counted, and the others stay', () => {
  const { deviations, omitted } = parseChallenges([`Basic realm=x,${'a=b,,'.repeat(1000)}`])
  assert.equal(deviations.filter(({ code }) => code === 'empty-list-element').length, 32)
  assert.equal(deviations.filter(({ code }) => code === 'duplicate-param').length, 32)
  assert.equal(deviations.filter(({ code }) => code === 'realm-unquoted').length, 1)
  assert.equal(omitted, 1000 - 32 + 999 - 32)
})
