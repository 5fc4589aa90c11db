// Targets that are not ours: how many log-ins a run may fail there, planned and in fact.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { planConformance } from '../../lib/engine/index.ts'
import { accountsFrom } from '../../lib/reference/accounts.ts'
import {
  granted,
  inputFor,
  isAlice,
  type RunChange,
  refused,
  run,
  serve,
  suppliedAlice,
} from './servers.ts'

const accounts = accountsFrom('budgets')

/** What would be done with a target of that URL; nothing is sent. */
const planned = (url: string, change: RunChange = {}): ReturnType<typeof planConformance> =>
  planConformance(inputFor({ url: new URL(url), supplied: { accounts, tokens: {} } }, change))

const overBudget = ({ left }: ReturnType<typeof planned>): readonly string[] =>
  left.filter((each) => each.option === '--login-budget N').map((each) => each.id)

test('the budget is decided by the host name', () => {
  assert.deepEqual(overBudget(planned('http://127.0.0.1:1/')), [])
  assert.deepEqual(overBudget(planned('http://localhost:1/')), [])
  assert.equal(planned('http://127.0.0.1:1/').seconds, undefined)
  const remote = planned('https://api.example.test/')
  assert.ok(overBudget(remote).length > 20)
  assert.equal(remote.seconds, Math.ceil(remote.requests / 10))
})

test('what does not fit is skipped and names its option, the least severe first', () => {
  const remote = planned('https://api.example.test/')
  const here = planned('https://127.0.0.1/')
  assert.ok(remote.failedLogins <= 60 + 3, `${remote.failedLogins} failed log-ins`)
  assert.equal(remote.run.length + overBudget(remote).length, here.run.length)
  for (const each of remote.left.filter(({ option }) => option === '--login-budget N')) {
    assert.equal(each.verdict, 'skip')
    assert.match(each.say, /budget of failed log-ins: at most 10 failed log-ins per user/)
  }
  const kept = new Set(remote.run.map((each) => each.id))
  for (const id of ['basic-wrong-password', 'basic-unknown-user', 'basic-empty-password']) {
    assert.ok(kept.has(id), id)
  }
})

test('a larger budget is room for more cases, and none for none', () => {
  const sizes = [0, 1, 10, 100].map(
    (loginBudget) =>
      overBudget(planned('https://api.example.test/', { options: { loginBudget } })).length,
  )
  assert.deepEqual(
    [...sizes].sort((a, b) => b - a),
    sizes,
  )
  assert.equal(sizes.at(-1), 0)
  const none = planned('https://api.example.test/', { options: { loginBudget: 0 } })
  assert.equal(
    none.run.reduce((sum, each) => sum + each.failedLogins, 0),
    0,
  )
})

test('a profile lowers the budget', () => {
  const limits = { loginBudget: 2, requestsPerSecond: 1 }
  const lower = planned('https://api.example.test/', { profile: { limits } })
  assert.ok(overBudget(lower).length > overBudget(planned('https://api.example.test/')).length)
})

/** A server that counts failed log-ins as a lenient one would; it loses one answer in `loses`. */
const counting = async (
  t: TestContext,
  loses: number,
): Promise<{ url: URL; users: Map<string, number>; rows: number[] }> => {
  const users = new Map<string, number>()
  const rows = [0]
  let count = 0
  const url = await serve(t, (head) => {
    count += 1
    if (isAlice(head)) rows.push(0)
    const value = /^authorization *: *basic\b[ \t]*(.*)$/im.exec(head)?.[1]
    if (value !== undefined && !isAlice(head)) {
      const pair = Buffer.from(value, 'base64').toString('latin1')
      const user = pair.includes(':') ? pair.slice(0, pair.indexOf(':')) : ''
      const name = user.replace(/[\0- ]/g, '').toLowerCase()
      users.set(name, (users.get(name) ?? 0) + 1)
      rows.push((rows.pop() ?? 0) + 1)
    }
    if (count % loses === 0) return ''
    return isAlice(head) ? granted() : refused()
  })
  return { url, users, rows }
}

for (const loses of [Number.POSITIVE_INFINITY, 9]) {
  test(`a run keeps to its budget where one answer in ${loses} is lost`, async (t) => {
    const { url, users, rows } = await counting(t, loses)
    const { report } = await run(
      { url, supplied: suppliedAlice },
      { options: { loginBudget: 6 }, profile: { limits: { failuresInARow: 3 } } },
    )
    const own = users.get('alice') ?? 0
    assert.ok(own > 2 && own <= 6, `${own} failed log-ins of alice`)
    // No plan foresees that requests which ought to be granted are refused or lost.
    assert.ok(report.failedLogins <= 36 + 6, `${report.failedLogins} in all`)
    assert.ok(Math.max(...rows) <= 3, `${Math.max(...rows)} in a row`)
    const skipped = report.results.filter((each) => each.reason?.code === 'login-budget')
    assert.ok(skipped.length > 20)
    for (const each of skipped) assert.equal(each.reason?.option, '--login-budget N')
  })
}
