import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import {
  as,
  ask,
  basic,
  basicOf,
  demo,
  get,
  showDifferences,
  shown,
  withServer,
} from '../ask.test.helper.ts'
import type { Reference } from '../start.ts'
import { universal } from './universal.ts'

const good = as(basic())
const wrong = as(basicOf('Nobody:wrong'))
const open = good.replace('Connection: close\r\n', '')
const send = [get(), wrong, good]
const usual = '401 401 200'

const elsewhere = [
  'bad-node',
  'unknown-200',
  'random-bodies',
  'dies-on-junk',
  'dies-on-invalid-utf8',
  'resets-2-percent',
  'resets-10-percent',
  'slow-refusals',
]

showDifferences(
  universal.filter(({ id }) => !elsewhere.includes(id)),
  {
    'accepts-everyone': { send, plain: usual, mutated: '401 200 200' },
    public: { send, plain: usual, mutated: '200 200 200' },
    'any-password-accepted': {
      send: [wrong, as(basicOf(`${demo.default.user}:wrong`))],
      plain: '401 401',
      mutated: '401 200',
    },
    'cached-for-everybody': {
      send: [get(), good, get(), get('Cookie: a=b'), wrong],
      plain: '401 200 401 401 401',
      mutated: '401 200 200 401 401',
    },
    'bare-401': {
      send: get(),
      see: 'WWW-Authenticate',
      plain: 'Basic realm="Reference", charset="UTF-8"',
      mutated: '',
    },
    'refuses-everyone': { send, plain: usual, mutated: '401 401 401' },
    'always-500': { send, plain: usual, mutated: '500 500 500' },
    'always-302': { send, plain: usual, mutated: '302 302 302' },
    hangs: { send: good, plain: '200', mutated: 'silence' },
    'throttles-after-40': {
      send: `${open.repeat(40)}${good}`,
      plain: `${'200+'.repeat(40)}200`,
      mutated: `${'200+'.repeat(40)}429`,
    },
    'locks-after-10': {
      send: [...Array<string>(10).fill(wrong), good],
      plain: `${'401 '.repeat(10)}200`,
      mutated: `${'401 '.repeat(10)}401`,
    },
    'keep-alive-race': { send: open + good, plain: '200+200', mutated: '200' },
  },
)

const times = async (mutant: string, bytes: string, count: number): Promise<string> =>
  withServer(mutant, (server) =>
    shown(server, { send: Array<string>(count).fill(bytes), plain: '', mutated: '' }),
  )

const share = (seen: string, word: string): number =>
  seen.split(' ').filter((one) => one === word).length

test('bad-node lets in one in five', async () => {
  const granted = share(await times('bad-node', wrong, 100), '200')
  assert.ok(granted > 10 && granted < 30, `${granted} of 100`)
})

test('resets abort their share of connections', async () => {
  const two = share(await times('resets-2-percent', good, 100), 'cut')
  const ten = share(await times('resets-10-percent', good, 100), 'cut')
  assert.ok(two > 0 && two < 7 && ten >= 7 && ten < 20, `${two} and ${ten} of 100`)
})

test('the same seed gives the same moods', async () => {
  assert.equal(await times('bad-node', wrong, 40), await times('bad-node', wrong, 40))
})

test('unknown-200 and random-bodies never say the same twice', async () => {
  const bodies = await Promise.all(
    ['unknown-200', 'random-bodies'].map((mutant) =>
      withServer(mutant, (server) =>
        shown(server, { send: [wrong, wrong, wrong], see: 'body', plain: '', mutated: '' }),
      ),
    ),
  )
  for (const body of bodies) assert.equal(new Set(body.split(' ')).size, 3)
  assert.equal(await times('unknown-200', wrong, 1), '200')
  assert.equal(await times('unknown-200', get(), 1), '401')
})

const isDown = (server: Reference): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.on('error', () => resolve(true))
    socket.on('connect', () => {
      socket.destroy()
      resolve(false)
    })
  })

for (const [mutant, fatal] of [
  ['dies-on-junk', as('Basic !')],
  ['dies-on-invalid-utf8', as(basicOf(`${demo.default.user}:\xff`))],
] as const) {
  test(`${mutant} goes down and stays down`, async () => {
    await withServer(mutant, async (server) => {
      assert.equal(await isDown(server), false)
      assert.match(await ask(server, wrong), /^HTTP\/1\.1 401/)
      assert.equal(await ask(server, fatal), '')
      assert.equal(await isDown(server), true)
    })
  })
}

test('slow-refusals delays refusals and nothing else', async () => {
  await withServer('slow-refusals', async (server) => {
    const begun = performance.now()
    assert.match(await ask(server, wrong), /^HTTP\/1\.1 401/)
    assert.ok(performance.now() - begun >= 39)
  })
})
