import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Line, When } from '../model/case.ts'
import { answered, contextOf, judgedAs } from './context.test.support.ts'
import { applies, sayWhen } from './when.ts'

const line = (when: When | undefined, extra: Partial<Line> = {}): Line =>
  ({
    because: ['rfc9110#11.4-401-when-credentials-missing'],
    should: { status: 401 },
    ...extra,
    ...(when === undefined ? {} : { when }),
  }) as Line

const refusal = answered({
  status: 401,
  fields: [['www-authenticate', 'basic realm="x", charset="UTF-8"']],
})
const grant = answered({ status: 200, fields: [['Vary', 'Accept']] })
const helloed = (reply: 'answered' | 'alert'): object => ({
  ...answered({}),
  answer: undefined,
  channel: { hello: { reply, usual: true } },
})

test('a line without a condition looks at every answer, and at none that did not come', () => {
  assert.equal(applies(line(undefined), contextOf(grant)), true)
  assert.equal(applies(line({}), contextOf(grant)), true)
  assert.equal(applies(line(undefined), contextOf({ ...grant, answer: undefined })), false)
})

test('each condition tells the answers it is for from others', () => {
  const withSecret = { secrets: ['hunter2'] }
  const withToken = {
    issued: { header: { typ: 'JWT' }, claims: {}, signature: { text: 'c2ln' } },
  }
  const fetchedBy = (scheme: 'http' | 'https'): Parameters<typeof contextOf>[1] => ({
    callbacks: { fetched: [], reached: false, scheme },
  })
  const withMetadata = { anonymous: [], charsets: [], metadata: new URL('https://h.test/') }
  const table: readonly (readonly [When, Parameters<typeof contextOf>, boolean])[] = [
    [{ status: 401 }, [refusal], true],
    [{ status: 401 }, [grant], false],
    [{ status: { anyOf: [403, '4xx'] } }, [refusal], true],
    [{ status: { noneOf: ['4xx'] } }, [refusal], false],
    [{ status: { noneOf: ['4xx'] } }, [grant], true],
    [{ outcome: 'denied' }, [refusal, { outcome: 'denied' }], true],
    [{ outcome: 'granted' }, [refusal, { outcome: 'denied' }], false],
    [{ challenge: 'Basic' }, [refusal], true],
    [{ challenge: 'Bearer' }, [refusal], false],
    [{ field: 'vary' }, [grant], true],
    [{ field: 'Location' }, [grant], false],
    [{ method: 'GET' }, [grant], true],
    [{ method: 'get' }, [grant], false],
    [{ sent: 'secret' }, [grant, withSecret], true],
    [{ sent: 'secret' }, [grant], false],
    [{ sent: 'nothing' }, [grant], true],
    [{ sent: 'nothing' }, [grant, withSecret], false],
    [{ over: 'cleartext' }, [grant], true],
    [{ over: 'cleartext' }, [answered({}, { scheme: 'https' })], false],
    [{ channel: { hello: 'answered' } }, [grant], false],
    [{ channel: { hello: 'answered' } }, [helloed('answered')], true],
    [{ channel: { hello: 'answered' } }, [helloed('alert')], false],
    [{ channel: { hello: 'answered' }, status: 200 }, [helloed('answered')], false],
    [{ field: 'Location' }, [helloed('answered')], false],
    [{ announced: 'utf-8' }, [grant], false],
    [{ announced: 'utf-8' }, [grant, { told: { anonymous: [], charsets: ['utf-8'] } }], true],
    [{ announced: 'utf-8' }, [grant, { told: { anonymous: [], charsets: ['latin-1'] } }], false],
    [{ announced: 'metadata' }, [grant, { told: { anonymous: [], charsets: [] } }], false],
    [{ announced: 'metadata' }, [grant, { told: withMetadata }], true],
    [{ parameter: 'CHARSET' }, [refusal], true],
    [{ parameter: 'error' }, [refusal], false],
    [{ challenge: 'Basic', parameter: 'charset' }, [refusal], true],
    [{ challenge: 'Bearer', parameter: 'charset' }, [refusal], false],
    [{ to: 'metadata' }, [grant, { operation: 'metadata' }], true],
    [{ to: 'metadata' }, [grant, { operation: 'protected' }], false],
    [{ to: 'metadata' }, [grant], false],
    [{ over: 'tls' }, [grant], false],
    [{ over: 'tls' }, [answered({}, { scheme: 'https' })], true],
    [{ json: { '/a': 'present' } }, [answered({ body: '{"a":1}' })], true],
    [{ json: { '/a': 'present' } }, [answered({ body: '{"b":1}' })], false],
    [{ json: { '/a': 'present' } }, [answered({ body: '{"a":', cut: true })], false],
    [{ status: 401, method: 'HEAD' }, [refusal], false],
    [{ issued: { typ: 'present' } }, [grant, withToken], true],
    [{ issued: { claims: ['aud'] } }, [grant, withToken], false],
    [{ issued: { typ: 'present' } }, [grant], false],
    [{ callbackOver: 'cleartext' }, [grant, fetchedBy('http')], true],
    [{ callbackOver: 'cleartext' }, [grant, fetchedBy('https')], false],
    [{ callbackOver: 'tls' }, [grant, fetchedBy('https')], true],
    [{ callbackOver: 'tls' }, [grant], false],
  ]
  for (const [when, [exchange, more], wanted] of table) {
    assert.equal(applies(line(when), contextOf(exchange, more)), wanted, JSON.stringify(when))
  }
})

test('a condition can look at an earlier step instead', () => {
  const steps = new Map([['first', judgedAs('denied', refusal)]])
  const when: When = { of: 'first', status: 401, outcome: 'denied', challenge: 'Basic' }
  assert.equal(applies(line(when), contextOf(grant, { steps })), true)
  assert.equal(applies(line({ ...when, status: 200 }), contextOf(grant, { steps })), false)
  assert.equal(applies(line(when), contextOf(grant)), false)
  const silent = { ...grant, answer: undefined }
  assert.equal(applies(line(when), contextOf(silent, { steps })), false)
  assert.equal(
    sayWhen({ of: 'first', status: 401, field: 'Vary' }),
    'in the answer to first the status is 401, and the answer has Vary',
  )
})

test('credentials are elsewhere where no Authorization line carries them', () => {
  const secret = { secrets: ['hunter2'] }
  const cookie = answered({}, { fields: [['Cookie', 'a=hunter2']] })
  const proper = answered({}, { fields: [['AUTHORIZATION', 'Basic hunter2']] })
  assert.equal(applies(line({ sent: 'elsewhere' }), contextOf(cookie, secret)), true)
  assert.equal(applies(line({ sent: 'elsewhere' }), contextOf(cookie)), false)
  assert.equal(applies(line({ sent: 'elsewhere' }), contextOf(proper, secret)), false)
})

test('what anonymous requests were told counts only if all of them fit, and some were made', () => {
  const when = line({ anonymous: { noneOf: ['2xx', 412] } })
  const told = (...anonymous: number[]) => contextOf(grant, { told: { anonymous, charsets: [] } })
  assert.equal(applies(when, contextOf(grant)), false)
  assert.equal(applies(when, told()), false)
  assert.equal(applies(when, told(401, 403)), true)
  assert.equal(applies(when, told(401, 200)), false)
})

test('steps are alike in what the line compares, and in nothing else', () => {
  const steps = new Map([
    ['one', judgedAs('denied', answered({ status: 401, body: 'a' }))],
    ['two', judgedAs('denied', answered({ status: 401, body: 'bb' }))],
  ])
  const compared = (feature: 'status' | 'length', alike: readonly [string, string]): Line =>
    line({ alike }, { should: { same: 'one', in: [feature] } })
  const context = contextOf(refusal, { steps })
  assert.equal(applies(compared('status', ['one', 'two']), context), true)
  assert.equal(applies(compared('length', ['one', 'two']), context), false)
  assert.equal(applies(compared('status', ['one', 'three']), context), false)
})

test('a condition is told in words', () => {
  assert.equal(sayWhen(undefined), undefined)
  assert.equal(sayWhen({}), undefined)
  assert.equal(
    sayWhen({ status: { noneOf: [405, '5xx'] }, field: 'Vary' }),
    'the status is not 405 or 5xx, and the answer has Vary',
  )
  const each: readonly (readonly [When, string])[] = [
    [{ outcome: 'granted' }, 'the outcome is granted'],
    [{ challenge: 'Basic' }, 'there is a Basic challenge'],
    [{ method: 'HEAD' }, 'the method is HEAD'],
    [{ sent: 'secret' }, 'a secret was sent'],
    [{ over: 'cleartext' }, 'the connection is not encrypted'],
    [{ announced: 'utf-8' }, 'the challenge names charset="UTF-8"'],
    [{ announced: 'metadata' }, 'the challenge names a resource_metadata of this origin'],
    [{ to: 'metadata' }, 'the request is for metadata'],
    [{ parameter: 'scope' }, 'a challenge has the parameter scope'],
    [{ over: 'tls' }, 'the connection is encrypted'],
    [{ json: { '/a': 'object' } }, '/a is an object'],
    [{ anonymous: 401 }, 'the answer without credentials is 401'],
    [{ alike: ['a', 'b'] }, 'a and b are alike in it'],
    [{ issued: { typ: 'short' } }, 'the token that was issued has a typ without a slash'],
    [{ callbackOver: 'cleartext' }, 'the URL of the listener is one of http'],
    [{ callbackOver: 'tls' }, 'the URL of the listener is one of https'],
  ]
  for (const [when, words] of each) assert.equal(sayWhen(when), words)
})
