import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findSecrets, indexSecrets, replaceSecrets, spellingsOf } from './needles.ts'
import { randomFrom } from './random.ts'
import { quoteForShell } from './shell.ts'
import { decodeUtf8Visible, visible } from './visible.ts'

const MARK = '‹secret›'
const AWKWARD = '<p@ss+w/ö"r\'d&=%\\`>'
const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

/** What an echo can look like, by encoders that know nothing of this module. */
const ECHOES: readonly (readonly [string, (bytes: string, text: string) => string])[] = [
  ['bytes', (bytes) => bytes],
  ['text', (_, text) => text],
  ['bytes read as latin1, written as UTF-8', (bytes) => utf8(bytes)],
  ['hex', (bytes) => Buffer.from(bytes, 'latin1').toString('hex')],
  ['upper-case hex', (bytes) => Buffer.from(bytes, 'latin1').toString('hex').toUpperCase()],
  ['encodeURIComponent', (_, text) => encodeURIComponent(text)],
  ['encodeURI', (_, text) => encodeURI(text)],
  [
    'lower-case percent',
    (_, text) => encodeURIComponent(text).replace(/%../g, (it) => it.toLowerCase()),
  ],
  ['a form', (_, text) => new URLSearchParams([['p', text]]).toString().slice(2)],
  [
    'every byte percent-encoded',
    (bytes) => Buffer.from(bytes, 'latin1').toString('hex').replace(/../g, '%$&'),
  ],
  ['JSON', (_, text) => JSON.stringify(text)],
  [
    'ASCII JSON',
    (_, text) =>
      JSON.stringify(text).replace(
        /[\x80-\uffff]/g,
        (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ),
  ],
  ['JSON with escaped slashes', (_, text) => JSON.stringify(text).replaceAll('/', '\\/')],
  [
    'JSON safe in HTML',
    (_, text) =>
      JSON.stringify(text).replace(/[<>&]/g, (it) => `\\u00${it.charCodeAt(0).toString(16)}`),
  ],
  [
    'HTML',
    (_, text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  ],
  [
    'an HTML attribute',
    (_, text) =>
      text
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll("'", '&#39;'),
  ],
  ['a log of ours', (bytes) => visible(bytes)],
  ['a body in a log of ours', (bytes) => decodeUtf8Visible(bytes)],
]

for (const secret of [
  'plainSecret42',
  AWKWARD,
  'päßwörd im Wald',
  "it's a secret",
  '密码密码密码',
  '😀😀😀 & more',
]) {
  test(`finds every echo of ${secret}`, () => {
    const index = indexSecrets([utf8(secret)])
    for (const [name, encode] of ECHOES) {
      const echo = `<<${encode(utf8(secret), secret)}>>`
      const replaced = index.replace(`before ${echo} after`, MARK)
      assert.match(replaced, /^before <<"?‹secret›"?>> after$/, `${name}: ${replaced}`)
    }
  })

  test(`finds ${secret} inside Base64 of more, at every alignment`, () => {
    const index = indexSecrets([utf8(secret)])
    for (const encoding of ['base64', 'base64url'] as const) {
      for (const before of ['', 'a', 'ab', 'abc', 'user:']) {
        for (const after of ['', 'x', 'xy', 'xyz', '\xff\xff\xff']) {
          const text = Buffer.from(before + utf8(secret) + after, 'latin1').toString(encoding)
          const [hit, ...more] = index.find(`Basic ${text}.`)
          assert.ok(hit !== undefined && more.length === 0, text)
          // What stays visible is less than a byte at either end of the secret.
          const own = Math.floor((utf8(secret).length * 8 - 10) / 6)
          assert.ok(hit.end - hit.at >= own, `${hit.end - hit.at} of ${own}`)
        }
      }
    }
  })
}

test('finds bytes that are not UTF-8', () => {
  const secret = 'caf\xe9\xff\x00\x1bsecret'
  const index = indexSecrets([secret])
  for (const echo of [
    secret,
    utf8(secret),
    visible(secret),
    decodeUtf8Visible(secret),
    'caf%E9%FF%00%1Bsecret',
  ]) {
    assert.equal(index.replace(`(${echo})`, MARK), `(${MARK})`, JSON.stringify(echo))
  }
})

test('finds what a printed command shows', () => {
  const secret = "it's o'clock"
  assert.equal(
    replaceSecrets(`curl -u ${quoteForShell(secret)}`, [secret], MARK),
    `curl -u '${MARK}'`,
  )
})

test('spells a secret in many ways, itself first and none twice', () => {
  const spellings = spellingsOf(AWKWARD)
  assert.equal(spellings[0], AWKWARD)
  assert.equal(new Set(spellings).size, spellings.length)
  assert.ok(spellings.every((spelling) => spelling.length >= 6))
  assert.deepEqual(spellingsOf('short'), [])
})

test('passes over what is too short to be told from chance', () => {
  assert.deepEqual(findSecrets('short 73686f7274 c2hvcnQ=', ['short', '']), [])
  assert.equal(replaceSecrets('sixsix', ['sixsix'], MARK), MARK)
})

test('does not hit what only resembles a secret', () => {
  const text = 'plainsecret42 plainSecret4 lainSecret42 PLAINSECRET42 plain Secret42'
  assert.deepEqual(findSecrets(text, ['plainSecret42']), [])
})

test('says which secret stands where, and stops at a limit', () => {
  const text = 'one=alphaalpha two=bravobravo three=alphaalpha'
  assert.deepEqual(findSecrets(text, ['alphaalpha', 'bravobravo']), [
    { secret: 'alphaalpha', at: 4, end: 14 },
    { secret: 'bravobravo', at: 19, end: 29 },
    { secret: 'alphaalpha', at: 36, end: 46 },
  ])
  const limited = findSecrets(text, indexSecrets(['alphaalpha', 'bravobravo']), { limit: 1 })
  assert.equal(limited.length, 1)
})

test('replaces overlapping and touching hits by one mark', () => {
  assert.equal(replaceSecrets('abcdefghij', ['abcdef', 'defghi'], '*'), '*j')
  assert.equal(replaceSecrets('abcdefghijkl', ['abcdef', 'ghijkl'], '*'), '*')
  assert.equal(replaceSecrets('abcdef-ghijkl', ['abcdef', 'ghijkl'], '*'), '*-*')
  assert.equal(replaceSecrets('xabcdefghijx', ['bcdefg', 'abcdefghij'], '*'), 'x*x')
  assert.equal(replaceSecrets('nothing here', ['abcdef'], '*'), 'nothing here')
  assert.equal(replaceSecrets('', ['abcdef'], '*'), '')
})

test('an index takes more secrets as they become known', () => {
  const index = indexSecrets()
  assert.equal(index.replace('alphaalpha', '*'), 'alphaalpha')
  index.add('alphaalpha')
  index.add('alphaalpha')
  index.add('bravobravo')
  assert.equal(index.replace('alphaalpha bravobravo', '*'), '* *')
})

test('an oversized secret is found whole and in part', () => {
  const random = randomFrom('oversized')
  const secret = random.text(9001)
  const index = indexSecrets([secret])
  assert.equal(index.replace(`[${secret}]`, '*'), '[*]')
  assert.equal(index.replace(`[${secret.slice(0, 5000)}]`, '*').length < 1000, true)
  assert.equal(index.replace(`[${encodeURIComponent(secret)}]`, '*'), '[*]')
  const run = 'a'.repeat(1_000_000)
  assert.match(indexSecrets([run]).replace(`[${run}]`, '*'), /^\[\*a{0,2048}\]$/)
})

// Every place in turn, with the platform's own search.
function naively(text: string, secrets: readonly string[]): string {
  const covered = new Array<boolean>(text.length).fill(false)
  for (const pattern of secrets.flatMap(spellingsOf)) {
    for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) {
      covered.fill(true, at, at + pattern.length)
    }
  }
  return [...text]
    .map((it, at) => (covered[at] ? '\0' : it))
    .join('')
    .replace(/\0+/g, '*')
}

test('agrees with a naive search on random texts', () => {
  const random = randomFrom('needles')
  let hits = 0
  for (let i = 0; i < 400; i += 1) {
    // A small alphabet makes secrets overlap each other; one that repeats inside itself is left to
    // the test of long runs, since only its first hit of several that overlap is looked for.
    const secrets = Array.from({ length: 1 + random.int(5) }, () =>
      random.text(6 + random.int(4), 'abcd<'),
    ).filter((secret) => !spellingsOf(secret).some(overlapsItself))
    const spelled = secrets.flatMap(spellingsOf)
    const text = Array.from({ length: random.int(12) }, () =>
      random.int(2) === 0 && spelled.length > 0
        ? random.pick(spelled).slice(random.int(2))
        : random.text(random.int(5), 'abcd<'),
    ).join('')
    const replaced = replaceSecrets(text, secrets, '*')
    assert.equal(replaced, naively(text, secrets), JSON.stringify({ secrets, text }))
    if (replaced !== text) hits += 1
  }
  assert.ok(hits > 150, String(hits))
})

function overlapsItself(pattern: string): boolean {
  return Array.from({ length: pattern.length - 1 }, (_, i) => i + 1).some((shift) =>
    pattern.startsWith(pattern.slice(shift)),
  )
}

// Time on the processor: what else the machine does must not decide a test.
function cpuMs(work: () => unknown): number {
  const begun = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}

test('searches megabytes for hundreds of secrets in little time', () => {
  const random = randomFrom('speed')
  const header = random.text(40)
  const secrets = Array.from({ length: 300 }, (_, i) =>
    i % 2 === 0
      ? `${header}.${random.text(200)}.${random.text(80)}`
      : random.text(8 + random.int(30)),
  )
  const index = indexSecrets(secrets)
  const lines = Array.from({ length: 20_000 }, (_, i) => `${header}.${i} ${random.text(150)}`)
  lines[10_000] = `found ${secrets[100] ?? ''} here`
  const text = lines.join('\n')
  assert.ok(cpuMs(() => assert.equal(index.find(text).length, 1)) < 3000)
})

test('repetition in secret and text costs no more', () => {
  const index = indexSecrets(['a'.repeat(4000), `${'a'.repeat(1500)}b`, 'ab'.repeat(700)])
  for (const unit of ['a', 'ab', 'aab', 'YWFh', '%61', '61']) {
    const text = unit.repeat(Math.ceil(1_000_000 / unit.length))
    assert.ok(cpuMs(() => index.replace(text, '*')) < 3000, unit)
  }
})
