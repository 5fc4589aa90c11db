import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerFreeOf, body, connection, echo } from './content.ts'
import { answered, contextOf } from './context.test.support.ts'

const violation = (code: string) => ({ code, say: `It is ${code}.` })

test('an answer has content or has none, and forbidden content is some', () => {
  const none = contextOf(answered({}))
  const some = contextOf(answered({ body: 'abc' }))
  const forbidden = contextOf(answered({ violations: [violation('content-on-head')] }))
  assert.equal(body('none', none).holds, true)
  assert.equal(body('some', none).holds, false)
  assert.equal(body('some', some).holds, true)
  assert.equal(body('some', some).got, '3 bytes')
  assert.equal(body('none', forbidden).holds, false)
  assert.equal(body('none', forbidden).got, 'It is content-on-head.')
})

test('content names the longest field, where one is long enough to be the cause', () => {
  const wanted = { mentions: 'longest-field' } as const
  const asked = { fields: [['Accept', '*/*'] as const, ['X-Bulk', 'a'.repeat(4096)] as const] }
  const named = contextOf(answered({ status: 431, body: 'x-bulk is too long' }, asked))
  const unnamed = contextOf(answered({ status: 431, body: 'too long' }, asked))
  const short = contextOf(answered({ status: 431, body: 'Accept' }, { fields: [['Accept', '*']] }))
  assert.equal(body(wanted, named).holds, true)
  assert.equal(body(wanted, named).wanted, 'content that names X-Bulk')
  assert.equal(body(wanted, unnamed).holds, false)
  assert.equal(body(wanted, unnamed).got, '8 bytes without that name')
  assert.equal(body(wanted, short).holds, 'unknown')
  assert.equal(body(wanted, contextOf(answered({}))).wanted, 'content that names the longest field')
})

test('named departures from HTTP/1.1 are found, others are not', () => {
  const context = contextOf(answered({ violations: [violation('obs-fold')] }))
  assert.equal(answerFreeOf(['obs-fold'], context).holds, false)
  assert.equal(answerFreeOf(['obs-fold'], context).got, 'It is obs-fold.')
  assert.equal(answerFreeOf(['lf-only-head'], context).holds, true)
})

test('a secret that nobody writes by chance is found in any usual spelling', () => {
  const sent = { secrets: ['DemoUser:s3cret-Öffne'] }
  const raw = 'DemoUser:s3cret-Öffne'
  const encoded = Buffer.from(raw, 'latin1').toString('base64')
  const said = (text: string) => echo('none', contextOf(answered({ body: text }), sent)).holds
  assert.equal(said('nothing of it'), true)
  assert.equal(said(`you sent ${raw}`), false)
  assert.equal(said(`you sent ${encoded}`), false)
  const field = answered({ fields: [['X-Debug', raw]] })
  assert.equal(echo('none', contextOf(field, sent)).holds, false)
  assert.equal(
    echo('none', contextOf(answered({ body: 'secret' }), { secrets: ['secret'] })).holds,
    true,
  )
})

test('a URI that is repeated tells no secret but the one the sender put there', () => {
  const secret = 'DemoUser:s3cret-Word'
  const repeated = answered({ fields: [['Location', `/login?next=/?key=${secret}`]] })
  const request = {
    ...repeated.request,
    target: [{ text: '/?key=' }, { text: secret, secret: 'user:password' }],
  }
  const told = echo('none', contextOf({ ...repeated, request }, { secrets: [secret] }))
  assert.equal(told.holds, 'unknown')
  assert.match(told.got, /request target/)
  assert.equal(echo('none', contextOf(repeated, { secrets: [secret] })).holds, false)
  const other = { ...answered({ fields: [['Location', '/login']] }), request }
  assert.equal(echo('none', contextOf(other, { secrets: [secret] })).holds, true)
})

test('a connection closes if it was closed, if the answer says so, or by its version', () => {
  const open = answered({})
  assert.equal(connection('closes', contextOf(open)).holds, 'unknown')
  assert.equal(connection('closes', contextOf(open, { closed: false })).holds, false)
  assert.equal(connection('closes', contextOf(open, { closed: true })).holds, true)
  const said = answered({ fields: [['Connection', 'keep-alive, Close']] })
  assert.equal(connection('closes', contextOf(said, { closed: false })).holds, true)
  const old = answered({ version: 'HTTP/1.0' })
  assert.equal(connection('closes', contextOf(old, { closed: false })).holds, true)
})

test('a connection that broke instead of an answer is closed, one that fell silent may be', () => {
  const gone = (code: 'reset' | 'timeout') =>
    contextOf({
      ...answered({}),
      answer: undefined,
      ending: 'silent',
      trouble: { code, say: code },
    })
  assert.equal(connection('closes', gone('reset')).holds, true)
  assert.equal(connection('closes', gone('timeout')).holds, 'unknown')
})

test('what is missing from an answer that was cut short proves nothing', () => {
  const short = { violations: [violation('cut-short')] }
  const sent = { secrets: ['DemoUser:s3cret-Word'] }
  assert.equal(body('some', contextOf(answered(short))).holds, 'unknown')
  assert.equal(body('some', contextOf(answered({ ...short, body: 'a' }))).holds, true)
  assert.equal(echo('none', contextOf(answered(short), sent)).holds, 'unknown')
  const told = answered({ ...short, body: 'DemoUser:s3cret-Word' })
  assert.equal(echo('none', contextOf(told, sent)).holds, false)
  const asked = { fields: [['X-Bulk', 'a'.repeat(4096)] as const] }
  const wanted = { mentions: 'longest-field' } as const
  assert.equal(body(wanted, contextOf(answered(short, asked))).holds, 'unknown')
  assert.equal(body(wanted, contextOf(answered({ ...short, body: 'X-Bulk' }, asked))).holds, true)
})

test('a connection that is closed without a word was not announced', () => {
  const open = answered({})
  assert.equal(connection('announced', contextOf(open)).holds, 'unknown')
  assert.equal(connection('announced', contextOf(open, { closed: false })).holds, true)
  const silent = connection('announced', contextOf(open, { closed: true }))
  assert.deepEqual([silent.holds, silent.got], [false, 'closed without a word'])
  const said = answered({ fields: [['Connection', 'close']] })
  assert.equal(connection('announced', contextOf(said, { closed: true })).holds, true)
  assert.equal(connection('announced', contextOf(said)).holds, true)
  assert.equal(connection('announced', contextOf(answered({ version: 'HTTP/1.0' }))).holds, true)
  const none = contextOf({ ...open, answer: undefined, ending: 'silent' })
  assert.equal(connection('announced', none).holds, 'unknown')
})
