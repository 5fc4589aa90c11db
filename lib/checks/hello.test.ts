import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClientHello } from '../host/hello.ts'
import type { HostedHello } from '../model/case.ts'
import { answered, contextOf } from './context.test.support.ts'
import { hello } from './hello.ts'

const current: ClientHello = { versions: [0x0304, 0x0303], renegotiation: true, sha256: true }

const found = (name: HostedHello, ...hellos: readonly ClientHello[]): boolean | 'unknown' =>
  hello(name, contextOf(answered({}), { hellos })).holds

test('each hello has to say what is wanted', () => {
  assert.equal(found('sha-256', current, current), true)
  assert.equal(found('sha-256', current, { ...current, sha256: false }), false)
  assert.equal(found('renegotiation-info', current), true)
  const { got } = hello(
    'renegotiation-info',
    contextOf(answered({}), { hellos: [current, { ...current, renegotiation: false }] }),
  )
  assert.equal(got, 'not in 1 of 2')
})

test('who speaks TLS 1.3 alone has nothing to renegotiate', () => {
  const young = { ...current, versions: [0x0304], renegotiation: false }
  assert.equal(found('renegotiation-info', young), 'unknown')
  assert.equal(found('renegotiation-info', young, current), true)
})

test('nothing is known where nobody said hello', () => {
  assert.equal(found('sha-256'), 'unknown')
  assert.equal(hello('sha-256', contextOf(answered({}))).holds, 'unknown')
})
