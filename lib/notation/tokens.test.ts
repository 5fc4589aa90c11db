import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Case, JwtFault, Send, SendCase } from '../model/case.ts'
import { denied } from './fixtures/suites.ts'
import { isTampered, provesOf, restsOnStated } from './tokens.ts'

const sent = (but?: JwtFault): Send => ({
  to: 'protected',
  with: { valid: 'jwt', ...(but === undefined ? {} : { but }) },
})

const caseOf = (send: Send, more: Partial<SendCase> = {}): SendCase => ({
  id: 'one',
  title: 'Refuses it',
  severity: 'low',
  harm: 'None.',
  fix: 'None.',
  send,
  expect: [denied],
  ...more,
})

test('What is changed after signing is tampered with', () => {
  const tampered: readonly JwtFault[] = [
    { signature: 'kept', claims: { sub: 'x' } },
    { signature: 'flipped' },
    { signature: 'empty', header: { alg: 'none' } },
    { signature: 'absent' },
    { signature: { bytes: 'zeros' } },
    { signature: { text: 'x' } },
    { signature: { from: 'other' } },
    { segments: 'swapped' },
    { segments: 'empty-payload' },
  ]
  for (const but of tampered) assert.ok(isTampered(sent(but)), JSON.stringify(but))
})

test('What is signed, with whatever key, is not', () => {
  const signed: readonly JwtFault[] = [
    { claims: { exp: { $now: -600 } } },
    { signature: { key: 'foreign' } },
    { signature: { alg: 'HS256', key: { secret: '' } } },
    { signature: { forged: 'ecdsa-zero' } },
    { signature: { leadingZero: 'r' } },
    { segments: 'fourth-empty' },
    { encoding: { of: 'signature', change: 'padded' } },
    { lookalike: 'flattened-json' },
    { scheme: 'absent' },
  ]
  for (const but of signed) assert.ok(!isTampered(sent(but)), JSON.stringify(but))
  assert.ok(!isTampered(sent()))
  assert.ok(!isTampered({ to: 'protected', with: 'nothing' }))
  assert.ok(!isTampered({ to: 'protected', with: { valid: 'basic', but: { user: 'other' } } }))
})

test('A pass over tampering proves less, unless the case is about the signature', () => {
  const send = sent({ signature: 'flipped' })
  assert.equal(provesOf(caseOf(send), send), 'no-bypass')
  assert.equal(provesOf(caseOf(send, { about: 'signature' }), send), undefined)
  const plain = sent({ claims: { exp: 0 } })
  assert.equal(provesOf(caseOf(send), plain), undefined)
  const steps: Case = {
    id: 'two',
    title: 'Refuses it',
    severity: 'low',
    harm: 'None.',
    fix: 'None.',
    steps: [{ send: sent() }, { send, expect: [denied] }],
  }
  assert.equal(provesOf(steps, undefined), 'no-bypass')
})

test('Issuer and audience are judged on the word of the operator', () => {
  assert.deepEqual(restsOnStated(sent({ claims: { iss: 'x', sub: 'y' } })), ['issuer'])
  assert.deepEqual(restsOnStated(sent({ claims: { aud: 'x', iss: 'x' } })), ['issuer', 'audience'])
  const twice: JwtFault = { claimsJson: { lastMembers: { aud: 'x' } } }
  assert.deepEqual(restsOnStated(sent(twice)), ['audience'])
  const trusted: JwtFault = { claims: { iss: 'x' }, signature: { key: 'trusted' } }
  assert.deepEqual(restsOnStated(sent(trusted)), ['issuer'])
  assert.deepEqual(restsOnStated(sent({ claims: { iss: 'x' }, signature: 'kept' })), [])
  assert.deepEqual(restsOnStated(sent({ claims: { iss: 'x' }, signature: { key: 'foreign' } })), [])
  assert.deepEqual(restsOnStated(sent({ claims: { exp: 0 } })), [])
  assert.deepEqual(restsOnStated({ to: 'protected', with: 'nothing' }), [])
})
