import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Case, CredentialKind, Expectation, Line, Send, With } from '../model/case.ts'
import {
  accessWanted,
  boundTo,
  controlOf,
  costOf,
  expectationOf,
  isControl,
  isFailedLogin,
  kindOf,
  linesOf,
  needsNoControl,
  restsOnAccount,
  risksOf,
  sendsOf,
} from './derive.ts'

const to = (what: With, but?: Send['but']): Send => ({
  to: 'protected',
  with: what,
  ...(but === undefined ? {} : { but }),
})

const base = { title: 'T', severity: 'low', harm: 'H', fix: 'F' } as const

const must = (wanted: Expectation): Line => ({ must: wanted, because: ['rfc9110#a'] })

const denied = must({ access: 'denied' })
const granted = must({ access: 'granted' })

test('a credential has a kind, unless any will do', () => {
  assert.equal(kindOf('nothing'), undefined)
  assert.equal(kindOf({ authorization: 'Basic' }), undefined)
  assert.equal(kindOf({ stranger: 'bearer' }), 'bearer')
  assert.equal(kindOf({ valid: 'jwt' }), 'jwt')
  assert.equal(kindOf({ valid: 'any' }), undefined)
})

test('the control is the same exchange without its fault', () => {
  const table: readonly (readonly [Send, CredentialKind | undefined, Send])[] = [
    // A fault: the credential it is laid over, that account included.
    [to({ valid: 'basic', but: { password: 'other' } }), undefined, to({ valid: 'basic' })],
    [
      to({ valid: 'basic', account: 'colon', but: { password: 'other' } }),
      'basic',
      to({ valid: 'basic', account: 'colon' }),
    ],
    [
      to({ valid: 'jwt', key: 'next', but: { signature: 'empty' } }),
      'basic',
      // What a case has published is gone when its control is asked.
      to({ valid: 'jwt' }),
    ],
    // An account that must be granted: the default one, so that it does not vouch for itself.
    [to({ valid: 'basic', account: 'utf8' }), 'basic', to({ valid: 'basic' })],
    [to({ valid: 'basic' }), 'basic', to({ valid: 'basic' })],
    // Nothing, a stranger or what nobody has: the credential of the operation.
    [to('nothing'), 'bearer', to({ valid: 'bearer' })],
    // The document about a resource: the resource.
    [{ to: 'metadata', with: 'nothing' }, 'bearer', to({ valid: 'bearer' })],
    [{ to: 'well-known-metadata', with: { valid: 'jwt' } }, 'bearer', to({ valid: 'jwt' })],
    [{ to: 'metadata', with: 'nothing' }, undefined, to('nothing')],
    [to('nothing'), undefined, to('nothing')],
    [to({ stranger: 'token' }), 'basic', to({ valid: 'token' })],
    [to({ authorization: 'Basic' }), 'basic', to({ valid: 'basic' })],
    [to({ authorization: 'Basic' }), undefined, to('nothing')],
    // A fault of the request: the same operation over the target's own way.
    [to('nothing', { over: 'cleartext' }), 'basic', to({ valid: 'basic' })],
    [to({ valid: 'basic' }, { tls: 'TLSv1' }), 'basic', to({ valid: 'basic' })],
    [to({ valid: 'basic' }, { method: 'HEAD' }), 'basic', to({ valid: 'basic' })],
    [
      to({ valid: 'basic', account: 'colon', but: { user: 'empty' } }, { method: 'HEAD' }),
      'basic',
      to({ valid: 'basic', account: 'colon' }),
    ],
    // What needs no credentials is asked without any.
    [{ to: 'public', with: { valid: 'basic' } }, 'basic', { to: 'public', with: 'nothing' }],
    [{ to: 'key-set', with: 'nothing' }, 'jwt', { to: 'key-set', with: 'nothing' }],
    [{ to: 'signin', with: 'nothing' }, 'basic', { to: 'signin', with: { valid: 'basic' } }],
  ]
  for (const [send, kind, wanted] of table) {
    assert.deepEqual(controlOf(send, kind), wanted, JSON.stringify(send))
    // The control of a control is itself, but for an account that must be granted too.
    const own = typeof wanted.with === 'object' && 'account' in wanted.with
    assert.equal(isControl(wanted, kind), !own)
    assert.equal(isControl(send, kind), JSON.stringify(send) === JSON.stringify(wanted))
  }
})

test('a result rests on the word for an account that is not the default one', () => {
  assert.equal(restsOnAccount(to({ valid: 'basic', account: 'utf8' })), 'utf8')
  assert.equal(restsOnAccount(to({ valid: 'basic', account: 'default' })), undefined)
  assert.equal(restsOnAccount(to({ valid: 'basic' })), undefined)
  assert.equal(restsOnAccount(to({ stranger: 'basic' })), undefined)
  assert.equal(restsOnAccount(to('nothing')), undefined)
})

const single: Case = {
  ...base,
  id: 'single',
  send: to({ valid: 'basic', but: { password: 'other' } }),
  expect: [denied],
}

const stepped: Case = {
  ...base,
  id: 'stepped',
  steps: [
    { publish: ['current'] },
    { role: 'control', send: to({ valid: 'basic', but: { after: ' ' } }) },
    { as: 'one', send: to({ valid: 'basic', but: { password: 'other' } }), expect: [denied] },
    { as: 'two', send: to({ stranger: 'basic' }), expect: [denied, must({ status: 401 })] },
    { send: to({ valid: 'basic', account: 'utf8' }), expect: [granted] },
  ],
}

const watching: Case = {
  ...base,
  id: 'watching',
  watch: 'every-exchange',
  expect: [must({ challenge: 'any' })],
}

test('a case is a list of exchanges and of lines, however it is written', () => {
  assert.deepEqual(sendsOf(single), [{ send: single.send, expect: [denied] }])
  assert.equal(sendsOf(stepped).length, 4)
  assert.deepEqual(sendsOf(watching), [])
  assert.deepEqual(linesOf(single), [denied])
  assert.equal(linesOf(stepped).length, 4)
  assert.equal(linesOf(watching).length, 1)
})

test('the expectation of a line is at its one level', () => {
  const wanted: Expectation = { status: 401 }
  const because = ['rfc9110#a'] as const
  for (const line of [
    { must: wanted, because },
    { should: wanted, because },
    { may: wanted, because },
    { documented: wanted, because },
  ] satisfies Line[]) {
    assert.equal(expectationOf(line), wanted)
  }
  assert.throws(() => expectationOf({ because } as unknown as Line), TypeError)
})

test('the access that lines want is the first that one of them names for this exchange', () => {
  assert.equal(accessWanted([]), undefined)
  assert.equal(accessWanted([must({ status: 401 }), granted, denied]), 'granted')
  // With a relation among steps it is no wish for one of them.
  assert.equal(accessWanted([must({ access: 'granted', notAll: ['a', 'b'] })]), undefined)
})

test('a failed log-in is a refusal to be expected of credentials that servers count', () => {
  const yes: readonly (readonly [Send, readonly Line[]])[] = [
    [to({ valid: 'basic', but: { password: 'other' } }), [denied]],
    [to({ valid: 'token', but: { token: 'other' } }), [denied]],
    // Where a line does not say, the refusal is to be expected.
    [to({ valid: 'basic', but: { before: ' ' } }), [must({ orderly: true })]],
    [to({ stranger: 'basic' }), []],
    [to({ stranger: 'token' }), [denied]],
    [to({ authorization: 'Basic' }), [denied]],
    [to({ authorization: 'bAsIc xyz' }), [must({ orderly: true })]],
  ]
  for (const [send, lines] of yes) assert.ok(isFailedLogin(send, lines), JSON.stringify(send))
  const no: readonly (readonly [Send, readonly Line[]])[] = [
    [to('nothing'), [denied]],
    [to({ valid: 'basic' }), []],
    [to({ valid: 'basic', account: 'utf8' }), [granted]],
    [to({ valid: 'basic', but: { fieldName: { letters: 'lower' } } }), [granted]],
    [to({ valid: 'bearer', but: { token: 'other' } }), [denied]],
    [to({ valid: 'jwt', but: { signature: 'empty' } }), [denied]],
    [to({ stranger: 'bearer' }), [denied]],
    [to({ authorization: 'Basics x' }), [denied]],
    [to({ authorization: 'Bearer x' }), [denied]],
  ]
  for (const [send, lines] of no) assert.ok(!isFailedLogin(send, lines), JSON.stringify(send))
})

test('the cost of a case is its requests and the log-ins that it is expected to fail', () => {
  assert.deepEqual(costOf(single, single.send), { requests: 1, failedLogins: 1 })
  assert.deepEqual(costOf(single, to('nothing')), { requests: 1, failedLogins: 0 })
  // A control is not expected to fail.
  assert.deepEqual(costOf(stepped, undefined), { requests: 4, failedLogins: 2 })
  assert.deepEqual(costOf(watching, undefined), { requests: 0, failedLogins: 0 })
})

test('risks are those that a case declares and those that follow from what it sends', () => {
  assert.deepEqual(risksOf(single), [])
  assert.deepEqual(risksOf({ ...single, risk: ['heavy', 'intrusive'] }), ['heavy', 'intrusive'])
  const open: Case = { ...single, send: to({ valid: 'basic' }, { over: 'cleartext' }) }
  assert.deepEqual(risksOf(open), ['cleartext-secret'])
  assert.deepEqual(risksOf({ ...open, risk: ['cleartext-secret'] }), ['cleartext-secret'])
  for (const invented of ['nothing', { stranger: 'basic' }, { authorization: 'Basic' }] as const) {
    assert.deepEqual(risksOf({ ...single, send: to(invented, { over: 'cleartext' }) }), [])
  }
})

test('what judges the form of an answer alone needs no control', () => {
  assert.ok(needsNoControl([must({ status: 401 }), must({ challenge: 'any' })]))
  assert.ok(needsNoControl([must({ same: 'a', in: ['status'] })]))
  assert.ok(!needsNoControl([must({ status: 401 }), denied]))
  assert.ok(!needsNoControl([must({ notAll: ['a'] })]))
  assert.ok(!needsNoControl([must({ same: 'a', in: ['status', 'access'] })]))
})

test('a credential of any kind becomes one of the kind that a run has, its fault kept', () => {
  const any = to({ valid: 'any', but: { before: ' ' } }, { method: 'HEAD' })
  assert.deepEqual(boundTo(any, 'token'), {
    to: 'protected',
    with: { valid: 'token', but: { before: ' ' } },
    but: { method: 'HEAD' },
  })
  assert.deepEqual(boundTo(to({ valid: 'any' }), undefined).with, { valid: 'basic' })
  for (const other of [to('nothing'), to({ valid: 'jwt' }), to({ authorization: 'x' })]) {
    assert.equal(boundTo(other, 'basic'), other)
  }
  const failing: Case = { ...single, send: any }
  assert.equal(costOf(failing, any, 'basic').failedLogins, 1)
  assert.equal(costOf(failing, any, 'bearer').failedLogins, 0)
})
