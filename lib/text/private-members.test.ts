import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutPrivateParts } from './private-members.ts'

const long = 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A'

const clean = (text: string, isKeySet = true): string =>
  withoutPrivateParts(text, isKeySet, '#').text

test('the values of private members give way to a mark, whatever they are', () => {
  const rows: readonly (readonly [string, string])[] = [
    [`{"kty":"OKP","x":"${long}","d":"secret"}`, `{"kty":"OKP","x":"${long}","d":"#"}`],
    ['{"k":"a"}', '{"k":"#"}'],
    ['{ "d" : 12345678901234567890 }', '{ "d" : # }'],
    ['{"d":[1,2,3],"e":"AQAB"}', '{"d":#,"e":"AQAB"}'],
    ['{"d":{"type":"Buffer","data":[[1],"]"],"of":{}},"e":1}', '{"d":#,"e":1}'],
    ['{"oth":[{"r":"a","d":"b","t":"c"}],"n":"d"}', '{"oth":#,"n":"d"}'],
    ['{"oth":[],"d":[]}', '{"oth":#,"d":#}'],
    ['{"\\u0064":"secret"}', '{"\\u0064":"#"}'],
    ['{"d":"a\\"b"}', '{"d":"#"}'],
    ['{"d":""}', '{"d":""}'],
    ['{"d":null,"kid":"d"}', '{"d":null,"kid":"d"}'],
  ]
  for (const [given, wanted] of rows) assert.equal(clean(given), wanted)
  const all = '{"keys":[{"p":"1","q":"2","dp":"3","dq":"4","qi":"5","priv":"6"}]}'
  assert.equal(clean(all), all.replaceAll(/\d/g, '#'))
})

test('text that was cut, or is no JSON, is looked through as well', () => {
  assert.equal(clean(`{"keys":[{"d":"${long.slice(0, 20)}`), '{"keys":[{"d":"#')
  assert.equal(clean('{"d":[1,2'), '{"d":#')
  assert.equal(clean('{"d":{"a":"b'), '{"d":#')
  assert.equal(clean('<pre>"d": "x",</pre>'), '<pre>"d": "#",</pre>')
})

test('blocks of private keys in PEM lose what is inside', () => {
  const pem = '-----BEGIN PRIVATE KEY-----\\nMC4CAQAw\\n-----END PRIVATE KEY-----'
  assert.equal(
    clean(`{"pem":"${pem}"}`, false),
    '{"pem":"-----BEGIN PRIVATE KEY-----#-----END PRIVATE KEY-----"}',
  )
  assert.equal(
    clean('-----BEGIN EC PRIVATE KEY-----\nabc', false),
    '-----BEGIN EC PRIVATE KEY-----#',
  )
  assert.equal(clean(`{"d":"${pem}","kty":"EC"}`), '{"d":"#","kty":"EC"}')
})

test('content that is made to cost much costs little', () => {
  const since = performance.now()
  for (const unit of [
    '{"d":',
    '"d":1,',
    '[{"k":"',
    '-----BEGIN PRIVATE KEY-----',
    '"\\',
    '" ',
    '"d":[',
  ]) {
    const text = unit.repeat(100_000)
    assert.ok(clean(text).length <= text.length, unit)
  }
  assert.ok(performance.now() - since < 5_000)
})

test('elsewhere members are looked at only where there is a key', () => {
  assert.equal(clean('{"d":"a word","p":1}', false), '{"d":"a word","p":1}')
  assert.equal(clean('{"kty":"oct","k":"a word"}', false), '{"kty":"oct","k":"#"}')
  assert.equal(clean('{"\\u006bty":"oct","k":"a word"}', false), '{"\\u006bty":"oct","k":"#"}')
})

test('long parts are given, so that they can be found elsewhere', () => {
  const { parts } = withoutPrivateParts(`{"kty":"EC","d":"${long}","k":"short"}`, false, '#')
  assert.deepEqual(parts, [long])
  const escaped = withoutPrivateParts(`{"d":"${long}\\/${long}"}`, true, '#')
  assert.ok(escaped.parts.includes(`${long}/${long}`))
})
