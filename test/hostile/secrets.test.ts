// Servers that repeat what they were sent: nothing of it may be in what the tool writes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ReferenceAccounts } from '../../lib/reference/start.ts'
import { indexSecrets } from '../../lib/text/needles.ts'
import { alice, answer, isAlice, type Ran, run, runAgainst, serve } from './servers.ts'

type Account = ReferenceAccounts['default']

const swapCase = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )

/** Faults that the suites lay over a password, made apart from the tool's own code. */
const faulted = (password: string): readonly string[] =>
  [
    password,
    swapCase(password),
    password.slice(0, -1),
    `${password}x`,
    `${password} `,
    ` ${password}`,
    `x:${password}`,
    `${password}:x`,
    password.normalize('NFD'),
  ].filter((each, index, all) => all.indexOf(each) === index)

const withoutPadding = (text: string): string => text.replace(/=+$/, '')

/** A simple list of encodings: what a log, a page or a header might make of it. */
const encodings = (text: string): readonly string[] => {
  const bytes = Buffer.from(text, 'utf8')
  const latin1 = bytes.toString('latin1')
  const shifted = [1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(4, -4),
  )
  return [
    text,
    latin1,
    withoutPadding(bytes.toString('base64')),
    withoutPadding(bytes.toString('base64url')),
    ...shifted,
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
  ].filter((each) => each.length >= 8)
}

/** Spellings of an account's secret; those of its faulted forms too where it is the default one. */
const needlesFor = (name: string, { user, password }: Account): readonly string[] =>
  (name === 'default' ? faulted(password) : [password]).flatMap((each) => [
    ...encodings(each),
    ...encodings(`${user}:${each}`),
    ...encodings(`${user}${each}`),
  ])

/** Everything that a run has written, line by line. */
const written = ({ report, journal }: Ran): readonly string[] => [
  JSON.stringify(report),
  ...journal,
]

const holdsNothing = (ran: Ran, accounts: Readonly<Record<string, Account>>): void => {
  const index = indexSecrets(
    Object.values(accounts).flatMap(({ user, password }) => [
      Buffer.from(password, 'utf8').toString('latin1'),
      ...faulted(password).map((each) => Buffer.from(`${user}:${each}`, 'utf8').toString('latin1')),
    ]),
  )
  const needles = Object.entries(accounts).flatMap(([name, each]) => needlesFor(name, each))
  for (const line of written(ran)) {
    const [hit] = index.find(line, 1)
    assert.equal(hit && line.slice(Math.max(0, hit.at - 120), hit.end), undefined)
    for (const needle of needles) {
      const at = line.indexOf(needle)
      assert.ok(at < 0, `${needle} in ${line.slice(Math.max(0, at - 120), at + 60)}`)
    }
  }
  // A cut in the middle of a secret must not leave its beginning.
  for (const { user, password } of Object.values(accounts)) {
    const pair = Buffer.from(`${user}:${password}`)
    const beginnings = [
      password.slice(0, 10),
      pair.toString('base64').slice(0, Math.ceil(((user.length + 7) * 8) / 6)),
      pair.toString('hex').slice(0, (user.length + 7) * 2),
      Buffer.from(password).toString('hex').slice(0, 14),
    ]
    for (const line of written(ran)) {
      for (const needle of beginnings) {
        const at = line.indexOf(needle)
        assert.ok(at < 0, `${needle} in ${line.slice(Math.max(0, at - 200), at + 60)}`)
      }
    }
  }
  assert.equal(ran.report.summary.broken, 0, 'the first net held, so the last had nothing to do')
}

for (const mutant of [
  undefined,
  'secret-in-content',
  'secret-in-field',
  'secret-in-location',
  'secret-in-granted-field',
]) {
  test(`nothing secret is written about ${mutant ?? 'a conforming server'}`, async () => {
    const ran = await runAgainst(mutant === undefined ? {} : { mutant })
    holdsNothing(ran, ran.reference.accounts)
  })
}

/** What the tool sent as credentials, in many spellings and at places where each is cut or quoted. */
const echoes = (head: string): readonly string[] => {
  const value = /^authorization: *(.*)$/im.exec(head)?.[1] ?? 'none'
  const text = Buffer.from(value.replace(/^\S+ +/, ''), 'base64').toString('latin1')
  const word = text.replace(/[^\x20-\x7e]|["\\]/g, '.')
  return [value, word, encodeURIComponent(text), Buffer.from(text, 'latin1').toString('hex')].map(
    (each) => each.replace(/[^\x20-\x7e]/g, '.'),
  )
}

for (const [index, name] of ['the field', 'the text', 'percent', 'hex'].entries()) {
  test(`a server that repeats ${name} everywhere gives nothing away`, async (t) => {
    const url = await serve(t, (head) => {
      const echo = echoes(head)[index] ?? ''
      const quoted = echo.replaceAll('"', '')
      const fields = [
        `Server: chatty/1 (${echo})`,
        `Via: 1.1 ${echo}`,
        `X-Powered-By: ${'p'.repeat(90)}${echo}`,
        `Location: /login?${'l'.repeat(110)}${echo}`,
        `Retry-After: ${echo}`,
        `Cache-Control: private, x="${quoted}"`,
        `Content-Type: application/json; as="${quoted}"`,
      ]
      const body = `{"you":${JSON.stringify(echo)},"and":"${'b'.repeat(590)}${quoted}"}`
      if (isAlice(head)) return answer('200 OK', fields, body)
      const realm = `WWW-Authenticate: Basic realm="${'r'.repeat(130)}${quoted}", charset="UTF-8"`
      const odd = `WWW-Authenticate: Bearer error="${quoted}", ${quoted.replace(/\W/g, '')}="1"`
      return answer(`401 No ${echo}`, [...fields, realm, odd], body)
    })
    const supplied = { accounts: { default: alice }, tokens: {} }
    const ran = await run({ url, supplied })
    assert.ok(ran.report.results.length > 100)
    holdsNothing(ran, supplied.accounts)
  })
}

test('no witness is proposed that holds a secret', async (t) => {
  const url = await serve(t, (head) => {
    const value = /^authorization: *Basic (.*)$/im.exec(head)?.[1]?.trim() ?? ''
    const text = Buffer.from(value, 'base64').toString('latin1')
    const body = isAlice(head)
      ? `<p>${value}</p>\n<p>${text}</p>\n<p>${Buffer.from(text).toString('hex')}</p>`
      : '<p>Log in</p>'
    return answer('200 OK', ['Content-Type: text/html'], body)
  })
  const supplied = { accounts: { default: alice }, tokens: {} }
  const ran = await run({ url, supplied })
  assert.notEqual(ran.report.verdict, 'conforms')
  holdsNothing(ran, supplied.accounts)
})
