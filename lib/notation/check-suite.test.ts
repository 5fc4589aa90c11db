import assert from 'node:assert/strict'
import { test } from 'node:test'
import type {
  Case,
  Expectation,
  Line,
  Lines,
  Send,
  SendCase,
  Step,
  StepsCase,
  Suite,
  WatchCase,
} from '../model/case.ts'
import type { ClauseId } from '../model/clause.ts'
import { checkSuites, type SuiteProblem } from './check-suite.ts'
import { vocabulary } from './fixtures/clauses.ts'
import { denied, granted, sound } from './fixtures/suites.ts'

const base = {
  id: 'one',
  title: 'Refuses it',
  severity: 'medium',
  harm: 'Somebody is let in.',
  fix: 'Refuse it.',
} as const
const wrong: Send = { to: 'protected', with: { valid: 'basic', but: { password: 'other' } } }
const valid: Send = { to: 'protected', with: { valid: 'basic' } }
const keyed: Send = { to: 'protected', with: { valid: 'jwt', key: 'old' } }
const stranger: Send = { to: 'protected', with: { stranger: 'basic' } }
const firm: ClauseId = 'rfc7617#2-service-only-when-validated'

function check(...suites: readonly Suite[]): readonly SuiteProblem[] {
  return checkSuites(
    suites,
    vocabulary.clauses,
    vocabulary.challengeDeviationCodes,
    vocabulary.violationCodes,
  )
}

function suiteOf(...cases: Suite['cases']): Suite {
  return { id: 'suite', title: 'A suite', about: 'What it is about.', cases }
}

function sends(send: Send, more: Partial<SendCase> = {}): Case {
  return { ...base, send, expect: [denied], ...more }
}

function lines(...expect: Lines): Case {
  return { ...base, send: wrong, expect }
}

function line(wanted: Expectation, more: Partial<Line> = {}): Case {
  return lines({ should: wanted, because: [firm], ...more } as Line)
}

function steps(...list: StepsCase['steps']): Case {
  return { ...base, steps: list }
}

function watches(...expect: Lines): WatchCase {
  return { ...base, watch: 'every-exchange', expect }
}

const judged: Step = { send: wrong, expect: [denied] }

/** Each row has one mistake: the case, where it is, and what is said of it. */
const rows: Readonly<Record<string, readonly [case_: Case, path: string, say: RegExp]>> = {
  'a title without a verb': [
    { ...lines(denied), title: 'Wrong passwords' },
    '/title',
    /begins with "Wrong"/,
  ],
  'a title that begins with a noun': [
    { ...lines(denied), title: 'Tokens are refused' },
    '/title',
    /begins with "Tokens"/,
  ],
  'a title with should': [
    { ...lines(denied), title: 'Refuses what it Should refuse' },
    '/title',
    /says "should"/,
  ],
  'a harm that is no sentence': [{ ...lines(denied), harm: 'Bad' }, '/harm', /end with a period/],
  'a fix that is no sentence': [{ ...lines(denied), fix: 'Mend' }, '/fix', /end with a period/],
  'an unknown clause': [
    line({ access: 'denied' }, { because: ['rfc7617#2-service-only-when-valdated'] }),
    '/expect/0/because/0',
    /does not exist/,
  ],
  'an unknown clause beside': [
    line({ access: 'denied' }, { despite: ['rfc1#1-x'] }),
    '/expect/0/despite/0',
    /"rfc1#1-x" does not exist/,
  ],
  'a line stronger than a recommendation': [
    lines({ must: { status: 401 }, because: ['rfc9110#11.4-401-when-credentials-missing'] }),
    '/expect/0/must',
    /A must line is stronger than what it rests on: rfc9110#11.4-[a-z0-9-]+ \(should\)/,
  ],
  'a line stronger than an inference': [
    lines({ must: { access: 'denied' }, because: ['rfc4648#3.2-padding-required'] }),
    '/expect/0/must',
    /stronger/,
  ],
  'a line stronger than a draft': [
    lines({ must: { access: 'denied' }, because: ['rfc9700#4.13-proxy-sanitises'] }),
    '/expect/0/must',
    /stronger/,
  ],
  'a line stronger than a permission': [
    lines({ should: { access: 'denied' }, because: ['rfc9110#11.6.1-several-challenges'] }),
    '/expect/0/should',
    /stronger/,
  ],
  'a documented line without a documented sentence': [
    lines({ documented: { access: 'denied' }, because: [firm] }),
    '/expect/0/documented',
    /rests on a documented sentence/,
  ],
  'a house practice of high severity': [
    line({ access: 'denied' }, { because: ['house#refetch-is-bounded'], severity: 'high' }),
    '/expect/0',
    /at most of medium severity, not high/,
  ],
  'a critical line that checks no access': [
    line({ status: 401 }, { severity: 'critical' }),
    '/expect/0',
    /Only a line that checks access is critical/,
  ],
  'a critical case with a line that checks no access': [
    {
      ...base,
      severity: 'critical',
      send: wrong,
      expect: [denied, { should: { status: 401 }, because: [firm] }],
    },
    '/expect/1',
    /give this one a severity of its own/,
  ],
  'a softened recommendation': [
    line({ access: 'denied' }, { softened: 'Many do.' }),
    '/expect/0/softened',
    /Only a must line/,
  ],
  'a softened rule that is not on the list': [
    lines({ must: { access: 'denied' }, because: [firm], softened: 'Many do.' }),
    '/expect/0/softened',
    /rests on rfc7617#2-service-only-when-validated is not softened/,
  ],
  'a line of a watch without when': [
    watches({ must: { access: 'denied' }, because: [firm] }),
    '/expect/0',
    /says with "when"/,
  ],
  'a line of a request with when': [
    line({ access: 'denied' }, { when: { status: 401 } }),
    '/expect/0/when',
    /Only a line of a watch/,
  ],
  'same without in': [
    steps({ as: 'a', send: wrong }, { send: wrong, expect: [relation({ same: 'a' })] }),
    '/steps/1/expect/0/should',
    /stand together/,
  ],
  'in without same': [
    line({ access: 'denied', in: ['status'] }),
    '/expect/0/should',
    /stand together/,
  ],
  'same with a later step': [
    steps(
      { send: wrong, expect: [relation({ same: 'b', in: ['status'] })] },
      { as: 'b', send: wrong },
    ),
    '/steps/0/expect/0/should/same',
    /"b" names no earlier step; there is none/,
  ],
  'same with a misspelt step': [
    steps(
      { as: 'first', send: wrong },
      { send: wrong, expect: [relation({ same: 'frist', in: ['status'] })] },
    ),
    '/steps/1/expect/0/should/same',
    /there is "first"/,
  ],
  'same with its own step': [
    steps(
      { as: 'a', send: wrong },
      { as: 'b', send: wrong, expect: [relation({ same: 'b', in: ['status'] })] },
    ),
    '/steps/1/expect/0/should/same',
    /names no earlier step/,
  ],
  'same in a case without steps': [
    line({ same: 'one', in: ['status'] }),
    '/expect/0/should/same',
    /names no earlier step/,
  ],
  'notAll with a step that does not exist': [
    steps(
      { as: 'a', send: wrong },
      { as: 'b', send: wrong, expect: [relation({ notAll: ['a', 'c'], access: 'granted' })] },
    ),
    '/steps/1/expect/0/should/notAll/1',
    /"c" names no earlier step/,
  ],
  'notAll with one step': [
    steps(
      { as: 'a', send: wrong },
      { as: 'b', send: wrong, expect: [relation({ notAll: ['a', 'a'], access: 'granted' })] },
    ),
    '/steps/1/expect/0/should/notAll',
    /at least two different steps/,
  ],
  'notAll without access': [
    steps(
      { as: 'a', send: wrong },
      { as: 'b', send: wrong, expect: [relation({ notAll: ['a', 'b'] })] },
    ),
    '/steps/1/expect/0/should',
    /needs "access"/,
  ],
  'an unknown challenge deviation': [
    line({ challengeFreeOf: ['bare-comma', 'bare-coma'] }),
    '/expect/0/should/challengeFreeOf/1',
    /"bare-coma" is no code/,
  ],
  'an unknown departure from HTTP/1.1': [
    line({ answerFreeOf: ['smell'] }),
    '/expect/0/should/answerFreeOf/0',
    /"smell" is no code/,
  ],
  'a field of which nothing is wanted': [
    line({ field: { name: 'Vary' } }),
    '/expect/0/should/field',
    /nothing is wanted of it/,
  ],
  'challenges of which nothing is wanted': [
    line({ challenge: { every: 'Basic' } }),
    '/expect/0/should/challenge',
    /nothing is wanted of them/,
  ],
  'two faults of one credential': [
    sends({ to: 'protected', with: { valid: 'basic', but: { user: 'other', password: 'empty' } } }),
    '/send/with/but',
    /this credential has 2: "user" and "password"/,
  ],
  'two faults of an opaque token': [
    sends({ to: 'protected', with: { valid: 'bearer', but: { token: 'other', after: ' ' } } }),
    '/send/with/but',
    /this credential has 2/,
  ],
  'two faults of the request': [
    sends({ to: 'protected', with: 'nothing', but: { host: 'twice', method: 'HEAD' } }),
    '/send/but',
    /this request has 2: "host" and "method"/,
  ],
  'a fault of the credential and one of the request': [
    sends({ ...wrong, but: { over: 'cleartext' } }),
    '/send',
    /both the credential and the request/,
  ],
  'a valid credential that is wanted denied': [
    sends({ to: 'protected', with: { valid: 'basic', account: 'colon' } }),
    '/send',
    /cannot be wanted denied/,
  ],
  'a valid credential that nobody wants granted': [
    sends(valid, { expect: [{ should: { status: 200 }, because: [firm] }] }),
    '/send',
    /has to want access granted/,
  ],
  'an example for another kind of credential': [
    sends(valid, { examples: { one: { claims: { exp: 1 } } } }),
    '/examples/one/claims',
    /"claims" is not known here/,
  ],
  'an example that changes a credential where none is sent': [
    sends({ to: 'protected', with: 'nothing' }, { examples: { one: { user: 'other' } } }),
    '/examples/one/user',
    /the case sends no valid one/,
  ],
  'an example that adds a second fault': [
    sends(wrong, { examples: { one: { user: 'other' } } }),
    '/examples/one',
    /this credential has 2/,
  ],
  'an example that changes nothing': [
    sends(valid, { examples: { one: {}, two: { user: 'other' } } }),
    '/examples/one',
    /changes nothing/,
  ],
  'two examples that send the same': [
    sends(wrong, { examples: { one: {}, two: { password: 'other' } } }),
    '/examples/two',
    /"one" sends the same already/,
  ],
  'steps without a judged one': [
    steps({ role: 'control', send: valid }, { send: wrong }),
    '/steps',
    /No step is judged/,
  ],
  'a control that expects something': [
    steps({ role: 'control', send: valid, expect: [granted] }, judged),
    '/steps/0/expect',
    /has to be granted/,
  ],
  'two faults in a step': [
    steps({ ...judged, send: { ...stranger, but: { host: 'twice', tls: 'TLSv1.2' } } }),
    '/steps/0/send/but',
    /this request has 2/,
  ],
  'a valid credential that a step wants denied': [
    steps({ send: valid, expect: [denied] }),
    '/steps/0/send',
    /cannot be wanted denied/,
  ],
  'two steps of one name': [
    steps({ as: 'a', send: wrong }, { ...judged, as: 'a' }),
    '/steps/1/as',
    /named "a" already/,
  ],
  'a connection that nobody shares': [
    steps({ ...judged, on: 'one' }, judged),
    '/steps/0/on',
    /No other step goes on the connection "one"/,
  ],
  'waiting for keys that nobody published': [
    steps({ ...judged, within: 'key-refresh-time' }, { publish: ['a'] }),
    '/steps/0/within',
    /nothing to wait for/,
  ],
  'a withdrawn key that never worked': [
    steps({ send: keyed, expect: [denied] }, { role: 'control', send: valid }),
    '/steps/0',
    /granted in an earlier step/,
  ],
  'a withdrawn key without a later control': [
    steps({ role: 'control', send: keyed }, { publish: [] }, { send: keyed, expect: [denied] }),
    '/steps/2',
    /a later step has to be granted/,
  ],
}

function relation(wanted: Expectation): Line {
  return { should: wanted, because: [firm] }
}

for (const [name, [case_, path, say]] of Object.entries(rows)) {
  test(`Finds ${name}`, () => {
    const [first, ...more] = check(suiteOf(case_))
    assert.ok(first, 'nothing was found')
    assert.deepEqual(more, [])
    assert.equal(first.suite, 'suite')
    assert.equal(first.case, 'one')
    assert.equal(first.path, `/cases/0${path}`)
    assert.match(first.say, say)
    assert.match(first.say, /[.]$/)
  })
}

const fine: Readonly<Record<string, Case>> = {
  'an inference that a firm clause backs': lines({
    must: { access: 'denied' },
    because: ['rfc4648#3.2-padding-required', firm],
  }),
  'a house practice beside a firm clause': line(
    { access: 'denied' },
    { because: ['house#refetch-is-bounded', firm], severity: 'high' },
  ),
  'a permission on anything': lines({ may: { status: 401 }, because: [firm] }),
  'a documented sentence beside a rule': lines({
    documented: { access: 'denied' },
    because: ['influxdb#S3-14', firm],
  }),
  'several members of a token that are wrong together': sends({
    to: 'protected',
    with: { valid: 'jwt', but: { signature: 'empty', header: { alg: 'none' } } },
  }),
  'a wrong credential with another method': sends({ ...wrong, but: { method: 'HEAD' } }),
  'a valid credential on a public operation': sends(
    { to: 'public', with: { valid: 'basic' } },
    { expect: [{ should: { status: 200 }, because: [firm] }] },
  ),
  'an account whose form alone is judged': sends(
    { to: 'protected', with: { valid: 'basic', account: 'utf8' } },
    { expect: [{ should: { orderly: true }, because: [firm] }] },
  ),
  'a valid credential with a fault around it': sends({ ...valid, but: { over: 'cleartext' } }),
  'a base fault run beside its examples': sends(wrong, {
    examples: { plain: {}, empty: { password: 'empty' } },
  }),
}

for (const [name, case_] of Object.entries(fine)) {
  test(`Has nothing against ${name}`, () => {
    assert.deepEqual(check(suiteOf(case_)), [])
  })
}

test('Cases of every kind are as they have to be', () => {
  assert.deepEqual(check(sound), [])
})

test('Ids are unique over all suites', () => {
  const other: Suite = { ...suiteOf(lines(denied)), id: 'other' }
  assert.deepEqual(
    check(suiteOf(lines(denied), lines(denied)), other, { ...other, cases: sound.cases }).map(
      ({ suite, path, say }) => ({ suite, path, say }),
    ),
    [
      {
        suite: 'suite',
        path: '/cases/1/id',
        say: 'The suite "suite" has a case with this id already.',
      },
      {
        suite: 'other',
        path: '/cases/0/id',
        say: 'The suite "suite" has a case with this id already.',
      },
      { suite: 'other', path: '/id', say: 'Another suite is named "other".' },
    ],
  )
})

test('Suggests the clause that was meant', () => {
  const [problem] = check(
    suiteOf(line({ access: 'denied' }, { because: ['rfc7617#2-service-only-when-valdated'] })),
  )
  assert.equal(problem?.suggestion, firm)
})

test('What has not the shape of a suite is named as far as it can be', () => {
  const strange: readonly unknown[] = [null, 5, [], { id: 5, cases: 'x' }, { cases: [null] }]
  for (const value of strange) assert.ok(check(value as Suite).length > 0)
  const nearly = { ...suiteOf(lines(denied)), cases: [{ ...lines(denied), harm: 5 }] }
  const [problem] = check(nearly as unknown as Suite)
  assert.deepEqual(
    [problem?.suite, problem?.case, problem?.path],
    ['suite', 'one', '/cases/0/harm'],
  )
})
