import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Profile } from '../model/profile.ts'
import { profile } from './fixtures/profile.ts'
import { sound } from './fixtures/suites.ts'
import { profileShape } from './profile-shape.ts'
import {
  anyText,
  array,
  finite,
  json,
  literal,
  object,
  pair,
  record,
  type Shape,
  union,
} from './shape.ts'
import { sendShape, suiteShape } from './suite-shape.ts'
import { fits, validate } from './validate.ts'

function withCredential(credential: unknown): unknown {
  return { to: 'protected', with: credential }
}

function withLine(line: unknown): unknown {
  return { ...sound, cases: [{ ...sound.cases[5], expect: [line] }] }
}

interface Row {
  readonly of: Shape<never>
  readonly value: unknown
  readonly path: string
  readonly say: RegExp
  readonly suggestion?: string
}

const send: Shape<never> = { node: sendShape.node }
const suite: Shape<never> = { node: suiteShape.node }
const because = ['rfc7617#2-service-only-when-validated']

const rows: Readonly<Record<string, Row>> = {
  'another type': {
    of: suite,
    value: null,
    path: '',
    say: /^Found null; allowed here: an object with "id", "title", "about" and "cases"\.$/,
  },
  'a missing member': {
    of: suite,
    value: { id: 'x', title: 'x', cases: sound.cases },
    path: '',
    say: /^The member "about" is missing\.$/,
  },
  'an unknown member': {
    of: send,
    value: { to: 'protected', with: 'nothing', butt: { method: 'GET' } },
    path: '/butt',
    say: /"butt" is not known here; "but" are free/,
    suggestion: 'but',
  },
  'a misspelt word': {
    of: send,
    value: withCredential('nothin'),
    path: '/with',
    say: /^Found the text "nothin"; allowed here: "nothing", an object with "valid"/,
    suggestion: 'nothing',
  },
  'a tag no variant has': {
    of: send,
    value: withCredential({ valid: 'barer' }),
    path: '/with/valid',
    say: /allowed here: "basic", "token", "bearer", "jwt" or "any"/,
    suggestion: 'bearer',
  },
  'no telling member': {
    of: send,
    value: withCredential({ vaild: 'basic' }),
    path: '/with',
    say: /one of the members "valid", "stranger" or "authorization" is needed/,
    suggestion: 'valid',
  },
  'a fault of another kind': {
    of: send,
    value: withCredential({ valid: 'basic', but: { claims: { exp: 1 } } }),
    path: '/with/but/claims',
    say: /"claims" is not known here/,
  },
  'a member of another variant': {
    of: send,
    value: withCredential({ stranger: 'basic', but: { user: 'other' } }),
    path: '/with/but',
    say: /^The member "but" cannot stand beside "stranger"\.$/,
  },
  'a key beside Basic': {
    of: send,
    value: withCredential({ valid: 'basic', key: 'current' }),
    path: '/with/key',
    say: /^The member "key" cannot stand beside "valid": "basic"\.$/,
  },
  'a value of another type inside a variant': {
    of: send,
    value: withCredential({ valid: 'jwt', but: { claims: { exp: { $now: '5' } } } }),
    path: '/with/but/claims/exp/$now',
    say: /^Found the text "5"; allowed here: a number\.$/,
  },
  'a misspelt $ member': {
    of: send,
    value: withCredential({ valid: 'jwt', but: { claims: { exp: { $nwo: 5 } } } }),
    path: '/with/but/claims/exp/$nwo',
    say: /does not begin with "\$"/,
    suggestion: '$now',
  },
  'a $ member where it would be sent as it stands': {
    of: send,
    value: withCredential({ valid: 'jwt', but: { claims: { act: { exp: { $nw: 5 } } } } }),
    path: '/with/but/claims/act/exp/$nw',
    say: /does not begin with "\$"/,
    suggestion: '$now',
  },
  'an incomplete variant': {
    of: send,
    value: withCredential({ valid: 'basic', but: { base64: { insert: '!' } } }),
    path: '/with/but/base64',
    say: /^The member "at" is missing\.$/,
  },
  'half a pair of bytes': {
    of: send,
    value: withCredential({ authorization: { $bytes: '0' } }),
    path: '/with/authorization/$bytes',
    say: /bytes in hex such as "00ff"/,
  },
  'a repetition without end': {
    of: send,
    value: withCredential({ authorization: { $repeat: 'a', times: 1e12 } }),
    path: '/with/authorization/times',
    say: /^Found the number 1000000000000; allowed here: a whole number from 1 to 16777216\.$/,
  },
  'an infinite number': {
    of: send,
    value: withCredential({ valid: 'jwt', but: { claims: { exp: Number.POSITIVE_INFINITY } } }),
    path: '/with/but/claims/exp',
    say: /^Found the number Infinity/,
  },
  'what JSON cannot say': {
    of: send,
    value: { to: 'protected', with: undefined },
    path: '/with',
    say: /of type undefined, which JSON cannot say/,
  },
  'an object that is no plain one': {
    of: suite,
    value: new Date(0),
    path: '',
    say: /^Found an empty object; allowed here/,
  },
  'two levels': {
    of: suite,
    value: withLine({ must: { access: 'denied' }, should: { access: 'denied' }, because }),
    path: '/cases/0/expect/0/should',
    say: /^The member "should" cannot stand beside "must"\.$/,
  },
  'an unknown level': {
    of: suite,
    value: withLine({ shuold: { access: 'denied' }, because }),
    path: '/cases/0/expect/0',
    say: /one of the members "must", "should", "may" or "documented" is needed/,
    suggestion: 'should',
  },
  'an empty expectation': {
    of: suite,
    value: withLine({ must: {}, because }),
    path: '/cases/0/expect/0/must',
    say: /^Found an empty object; it needs at least one member\.$/,
  },
  'no clause': {
    of: suite,
    value: withLine({ must: { access: 'denied' }, because: [] }),
    path: '/cases/0/expect/0/because',
    say: /^Found an empty array; it needs at least one entry\.$/,
  },
  'a clause id of another form': {
    of: suite,
    value: withLine({ must: { access: 'denied' }, because: ['RFC 7617'] }),
    path: '/cases/0/expect/0/because/0',
    say: /a clause id such as "rfc9110#/,
  },
  'steps beside a request': {
    of: suite,
    value: { ...sound, cases: [{ ...sound.cases[5], steps: [] }] },
    path: '/cases/0/steps',
    say: /^The member "steps" cannot stand beside "send"\.$/,
  },
  'an id that is no kebab word': {
    of: suite,
    value: { ...sound, id: 'Every Kind' },
    path: '/id',
    say: /^Found the text "Every Kind"; allowed here: a kebab word such as "jwt-alg-none"\.$/,
  },
  'a pair of one': {
    of: { node: profileShape.node },
    value: operations({ method: 'GET', path: '', fields: [['Accept']] }),
    path: '/operations/protected/fields/0',
    say: /^Found an array of 1; it needs 2 entries\.$/,
  },
  'a field value that would split the request': {
    of: { node: profileShape.node },
    value: operations({ method: 'GET', path: '', fields: [['Accept', 'a\r\nb: c']] }),
    path: '/operations/protected/fields/0/1',
    say: /^Found the text "a\\r\\nb: c"; allowed here: a field value without control characters/,
  },
  'an operation name of another form': {
    of: { node: profileShape.node },
    value: { ...profile, operations: { 'Not ~ kebab/': { method: 'GET', path: '' } } },
    path: '/operations/Not ~0 kebab~1',
    say: /^The member name "Not ~ kebab\/" does not fit; allowed: a kebab word/,
  },
}

function operations(protect: unknown): unknown {
  return { ...profile, operations: { protected: protect } }
}

for (const [name, row] of Object.entries(rows)) {
  test(`Names the place and the reason of ${name}`, () => {
    const [first, ...more] = validate(row.of, row.value)
    assert.ok(first)
    assert.deepEqual(more, [])
    assert.equal(first.path, row.path)
    assert.match(first.say, row.say)
    assert.equal(first.suggestion, row.suggestion)
  })
}

test('Ends on documents that are deep, wide or sparse', () => {
  const deep: unknown[] = []
  let inner = deep
  for (let n = 0; n < 50_000; n += 1) {
    const next: unknown[] = []
    inner.push(next)
    inner = next
  }
  const of: Shape<never> = { node: json().node }
  assert.match(validate(of, deep)[0]?.say ?? '', /more than 100 levels deep/)
  const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`m${n}`, n]))
  assert.equal(validate(suite, wide).length, 100)
  const sparse: unknown[] = []
  sparse[2] = 'x'
  assert.equal(validate(of, sparse).length, 2)
})

test('Escapes what stands in a document before it is shown', () => {
  const [problem] = validate({ node: literal('x').node }, `\u001b[2J\u202e${'long '.repeat(100)}`)
  assert.match(problem?.say ?? '', /^Found the text "\\x1b\[2J\\u\{202e\}long [^\u0000-\u001f]*…"/)
})

test('Objects without a prototype are objects', () => {
  const bare: Profile = Object.assign(Object.create(null), profile)
  assert.ok(fits(profileShape, bare))
})

test('Members are looked up on the object itself', () => {
  const shape = object<{ readonly toString: string }>({ toString: anyText() })
  assert.match(validate(shape, {})[0]?.say ?? '', /"toString" is missing/)
})

test('A union takes arrays and objects by their own variants', () => {
  const of = union(
    array(finite()),
    record<{ readonly [name: string]: number }>(anyText(), finite()),
    pair(anyText(), anyText()),
  )
  assert.deepEqual(validate(of, ['a', 'b']), [])
  assert.deepEqual(validate(of, [1, 2, 3]), [])
  assert.deepEqual(validate(of, { a: 1 }), [])
  assert.equal(validate(of, [1, 'b'])[0]?.path, '/1')
  assert.equal(validate(of, { a: 'b' })[0]?.path, '/a')
})

test('Of two variants that both could be meant, the nearer one is explained', () => {
  const of = union(
    object<{ readonly a: string; readonly b: string }>({ a: anyText(), b: anyText() }),
    object<{ readonly c: string; readonly d: string }>({ c: anyText(), d: anyText() }),
  )
  assert.deepEqual(validate(of, { a: 'x', c: 'x', d: 'x' }), [
    { path: '/a', say: 'The member "a" cannot stand beside "c".' },
  ])
})
