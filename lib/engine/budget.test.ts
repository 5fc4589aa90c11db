import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { type BudgetOptions, createBudget, isLoopback, pause } from './budget.ts'

const remote = (change: Partial<BudgetOptions> = {}): ReturnType<typeof createBudget> =>
  createBudget({ loopback: false, ...change })

const never = new AbortController().signal

test('hosts on this machine are told by their name', () => {
  const here = ['127.0.0.1', '127.9.9.9', 'localhost', 'LocalHost', 'a.localhost', '[::1]', '::1']
  const elsewhere = [
    'api.example.test',
    '10.0.0.1',
    '128.0.0.1',
    '127.0.0.1.example.test',
    'localhost.example.test',
    'notlocalhost',
    '[::2]',
    '0.0.0.0',
    '1127.0.0.1',
  ]
  for (const host of here) assert.equal(isLoopback(host), true, host)
  for (const host of elsewhere) assert.equal(isLoopback(host), false, host)
})

test('on this machine nothing is limited', async () => {
  const budget = createBudget({ loopback: true })
  assert.equal(budget.unlimited, true)
  assert.equal(budget.inARow, Number.POSITIVE_INFINITY)
  assert.equal(budget.rate, Number.POSITIVE_INFINITY)
  assert.equal(budget.allows('a', 100_000), true)
  for (let n = 0; n < 1000; n += 1) budget.noteFailure('a')
  assert.equal(budget.allows('a'), true)
  assert.equal(budget.failures(), 1000)
  const since = Date.now()
  for (let n = 0; n < 100; n += 1) await budget.turn(never)
  assert.ok(Date.now() - since < 500)
})

test('elsewhere ten log-ins of one user may fail, and sixty from one address', () => {
  const budget = remote()
  assert.equal(budget.unlimited, false)
  assert.equal(budget.inARow, 3)
  assert.equal(budget.rate, 10)
  assert.match(budget.say, /10 failed log-ins per user/)
  assert.equal(budget.allows('a', 10), true)
  assert.equal(budget.allows('a', 11), false)
  for (let n = 0; n < 10; n += 1) {
    assert.equal(budget.allows('a'), true)
    budget.noteFailure('a')
  }
  assert.equal(budget.allows('a'), false)
  assert.equal(budget.allows('b'), true)
  assert.equal(budget.allows(undefined, 50), true)
  assert.equal(budget.allows(undefined, 51), false)
  for (let n = 0; n < 49; n += 1) budget.noteFailure(undefined)
  assert.equal(budget.allows('b'), true)
  assert.equal(budget.allows('b', 2), false, 'the address has one left')
})

test('no spelling of a name escapes the count of its account', () => {
  const budget = remote({ loginBudget: 4 })
  for (const user of ['Alice', 'aLICE', ' Alice', 'Alice\0']) budget.noteFailure(user)
  assert.equal(budget.allows('alice'), false)
  assert.equal(budget.allows('Alice2'), true)
})

test('a profile lowers the limits, and the operator sets them', () => {
  const limits = { requestsPerSecond: 2, loginBudget: 4, failuresInARow: 1 }
  const lower = remote({ limits })
  assert.equal(lower.allows('a', 4), true)
  assert.equal(lower.allows('a', 5), false)
  assert.equal(lower.allows(undefined, 25), false)
  assert.equal(lower.inARow, 1)
  assert.equal(lower.rate, 2)
  const higher = remote({ limits: { requestsPerSecond: 99, loginBudget: 99 } })
  assert.equal(higher.allows('a', 11), false, 'a profile cannot raise what we allow')
  assert.equal(higher.rate, 10)
  const told = remote({ limits, loginBudget: 50, rate: 30 })
  assert.equal(told.allows('a', 50), true)
  assert.equal(told.rate, 30)
  const here = createBudget({ loopback: true, loginBudget: 1 })
  assert.equal(here.unlimited, false)
  assert.equal(here.allows('a', 2), false)
  assert.equal(createBudget({ loopback: true, limits }).allows('a', 5), false)
})

test('requests take turns at the rate that is kept', async () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 })
  try {
    const budget = remote({ rate: 4 })
    const sent: number[] = []
    const all = Promise.all(
      Array.from({ length: 4 }, async () => {
        await budget.turn(never)
        sent.push(Date.now() - 1_000_000)
      }),
    )
    for (let ms = 0; ms < 1000; ms += 50) {
      await Promise.resolve()
      mock.timers.tick(50)
    }
    await all
    const apart = sent.map((at, index) => at - (sent[index - 1] ?? at))
    assert.deepEqual(apart, [0, 250, 250, 250])
    // Time that passed unused is not made up for by a burst.
    mock.timers.tick(10_000)
    const late: number[] = []
    const two = Promise.all(
      Array.from({ length: 2 }, async () => {
        await budget.turn(never)
        late.push(Date.now())
      }),
    )
    for (let ms = 0; ms < 400; ms += 50) {
      await Promise.resolve()
      mock.timers.tick(50)
    }
    await two
    assert.equal((late[1] ?? 0) - (late[0] ?? 0), 250)
  } finally {
    mock.timers.reset()
  }
})

test('a pause ends at once where the run is interrupted', async () => {
  const stop = new AbortController()
  const since = Date.now()
  const waiting = pause(60_000, stop.signal)
  stop.abort()
  await waiting
  await pause(60_000, stop.signal)
  await pause(-1, never)
  assert.ok(Date.now() - since < 1000)
})
