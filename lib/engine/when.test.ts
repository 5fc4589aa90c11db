// Lines that hold under a condition, and what a run learns to know whether it is met.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Case, Line, SendCase, StepsCase, Suite } from '../model/case.ts'
import type { Supplied } from '../model/profile.ts'
import type { Report, ReportResult } from '../model/report.ts'
import {
  answer,
  granted,
  isAlice,
  refused,
  run,
  serve,
  suppliedAlice,
} from './servers.test.support.ts'

const because = ['rfc9110#11.4-401-when-credentials-missing'] as const
const words = { title: 'Tries it', severity: 'low', harm: 'H.', fix: 'F.' } as const

const anonymous = (...expect: readonly [Line, ...Line[]]): SendCase => ({
  ...words,
  id: 'tried',
  send: { to: 'protected', with: 'nothing', but: { fields: [{ name: 'X-Case', value: 'yes' }] } },
  expect,
})

const judged = async (
  t: TestContext,
  tried: Case,
  answering: (head: string) => string,
  supplied: Supplied = suppliedAlice,
): Promise<{ readonly report: Report; readonly result: ReportResult }> => {
  const url = await serve(t, answering)
  const suites: readonly Suite[] = [{ id: 'suite', title: 'S', about: 'A.', cases: [tried] }]
  const { report } = await run({ url, supplied }, { suites })
  const result = report.results.find(({ id }) => id === 'tried') ?? assert.fail('no result')
  return { report, result }
}

const plain = (head: string): string => (isAlice(head) ? granted() : refused())

test('a line whose condition is not met is left out, and the others decide', async (t) => {
  const { result } = await judged(
    t,
    anonymous(
      { when: { status: 403 }, should: { status: 200 }, because },
      { when: { status: 401 }, should: { challenge: 'any' }, because },
    ),
    plain,
  )
  assert.equal(result.verdict, 'pass')
  assert.equal(result.lines.length, 1)
})

test('a case none of whose lines applies is skipped, and says where it would say something', async (t) => {
  const { result } = await judged(
    t,
    anonymous(
      { when: { status: 403 }, should: { status: 200 }, because },
      { when: { field: 'Vary' }, should: { status: 200 }, because },
    ),
    plain,
  )
  assert.equal(result.verdict, 'skip')
  assert.deepEqual(result.reason, {
    code: 'does-not-apply',
    say: 'Says something only where the status is 403, or where the answer has Vary, and that was not so.',
  })
})

test('a crash is told although no line applies to its answer', async (t) => {
  const { result } = await judged(
    t,
    anonymous({ when: { status: 401 }, should: { challenge: 'any' }, because }),
    (head) => (/^x-case/im.test(head) ? answer('500 Oops') : plain(head)),
  )
  assert.equal(result.verdict, 'warn')
  assert.equal(result.reason?.code, 'crashed')
})

test('silence is told although conditions can be met by no answer', async (t) => {
  const url = await serve(t, (head) => (/^x-case/im.test(head) ? undefined : plain(head)))
  const tried = anonymous({ when: { status: 401 }, should: { challenge: 'any' }, because })
  const { report } = await run(
    { url, supplied: suppliedAlice },
    {
      suites: [{ id: 'suite', title: 'S', about: 'A.', cases: [tried] }],
      options: { timeoutMs: 150 },
    },
  )
  const result = report.results.find(({ id }) => id === 'tried')
  assert.deepEqual([result?.verdict, result?.reason?.code], ['warn', 'silent'])
})

test('the same line has to be broken a second time, whichever others applied', async (t) => {
  let asked = 0
  const { result } = await judged(
    t,
    anonymous(
      { when: { field: 'X-First' }, should: { status: 401 }, because },
      { should: { field: { name: 'X-Never', present: true } }, because },
    ),
    (head) => {
      if (!/^x-case/im.test(head)) return plain(head)
      asked += 1
      return answer('401 No', asked === 1 ? ['X-First: yes'] : [])
    },
  )
  assert.equal(result.verdict, 'warn')
  assert.equal(asked, 2)
})

test('what challenges announced and anonymous requests were told is remembered', async (t) => {
  const line = (when: NonNullable<Line['when']>): Line => ({
    when,
    should: { status: 200 },
    because,
  })
  const verdict = async (when: NonNullable<Line['when']>, supplied?: Supplied): Promise<string> =>
    (await judged(t, anonymous(line(when)), plain, supplied)).result.verdict
  assert.equal(await verdict({ announced: 'utf-8' }), 'warn')
  assert.equal(await verdict({ anonymous: { noneOf: ['2xx'] } }), 'warn')
  assert.equal(await verdict({ anonymous: { anyOf: ['2xx', '3xx'] } }), 'skip')
  const nobody: Supplied = { accounts: {}, tokens: {} }
  assert.equal(await verdict({ announced: 'utf-8' }, nobody), 'warn')
  assert.equal(await verdict({ anonymous: 401 }, nobody), 'warn')
})

test('steps are compared only where two of one kind are alike', async (t) => {
  const wrong = { to: 'protected', with: { valid: 'basic', but: { password: 'other' } } } as const
  const tried: StepsCase = {
    ...words,
    id: 'tried',
    steps: [
      { as: 'one', send: wrong },
      { as: 'two', send: wrong },
      {
        as: 'three',
        send: { to: 'protected', with: { valid: 'basic', but: { user: 'other' } } },
        expect: [{ when: { alike: ['one', 'two'] }, may: { same: 'one', in: ['body'] }, because }],
      },
    ],
  }
  const refusing = (body: (head: string) => string) => (head: string) =>
    isAlice(head) ? granted() : answer('401 No', [], body(head))
  const known = (head: string): boolean =>
    Buffer.from(/Basic (\S+)/.exec(head)?.[1] ?? '', 'base64')
      .toString()
      .startsWith('Alice:')
  const telling = await judged(
    t,
    tried,
    refusing((head) => (known(head) ? 'yes' : 'who')),
  )
  assert.equal(telling.result.verdict, 'note')
  const silent = await judged(
    t,
    tried,
    refusing(() => 'no'),
  )
  assert.equal(silent.result.verdict, 'pass')
  let count = 0
  const counting = await judged(
    t,
    tried,
    refusing(() => {
      count += 1
      return `refusal ${count}`
    }),
  )
  assert.equal(counting.result.verdict, 'skip')
})

test('a credential of any kind is the one that the run has', async (t) => {
  const heads: string[] = []
  const tried: SendCase = {
    ...words,
    id: 'tried',
    send: { to: 'protected', with: { valid: 'any', but: { fieldName: { letters: 'upper' } } } },
    expect: [{ should: { access: 'granted' }, because }],
  }
  const supplied: Supplied = { accounts: {}, tokens: { Key: 'a-secret-of-ours' } }
  const { result } = await judged(
    t,
    tried,
    (head) => {
      heads.push(head)
      return /^authorization: Key a-secret-of-ours\r$/im.test(head) ? granted() : refused()
    },
    supplied,
  )
  assert.equal(result.verdict, 'pass')
  assert.match(heads.at(-2) ?? '', /^AUTHORIZATION: Key a-secret-of-ours\r$/m)
})

test('bytes after an answer are looked for where a case asks', async (t) => {
  const tried: SendCase = {
    ...words,
    id: 'tried',
    send: { to: 'protected', with: 'nothing', but: { framing: 'unread-body' } },
    expect: [
      {
        must: { answerFreeOf: ['bytes-after-answer'] },
        because: ['rfc9112#9.3-read-body-or-close'],
      },
    ],
  }
  const twice = (head: string): string => {
    const one = plain(head).replace('Connection: close\r\n', '')
    return /\r\n\r\nGET /.test(head) ? one + one : one
  }
  assert.equal((await judged(t, tried, twice)).result.verdict, 'fail')
  assert.equal((await judged(t, tried, plain)).result.verdict, 'pass')
})
