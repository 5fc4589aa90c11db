import {
  allowsEach,
  findsEach,
  firm,
  line,
  lines,
  relation,
  steps,
  watches,
  wrong,
} from './fixtures/build.ts'
import { denied } from './fixtures/suites.ts'

findsEach({
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
    /Only a line that checks access, or that no private key is published, is critical/,
  ],
  'a critical case with a line that checks no access': [
    {
      ...lines(denied, { should: { status: 401 }, because: [firm] }),
      severity: 'critical',
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
  'steps that are alike in nothing': [
    steps(
      { as: 'a', send: wrong },
      { as: 'b', send: wrong },
      {
        send: wrong,
        expect: [
          {
            should: { status: 401 },
            because: ['rfc9110#11.4-401-when-credentials-missing'],
            when: { alike: ['a', 'b'] },
          },
        ],
      },
    ),
    '/steps/2/expect/0/when/alike',
    /says what the steps are compared in/,
  ],
  'a condition on a step that does not exist': [
    line({ access: 'denied' }, { when: { of: 'first', status: 401 } }),
    '/expect/0/when/of',
    /"first" names no earlier step; there is none/,
  ],
  'a condition on nothing of a step': [
    steps(
      { as: 'a', send: wrong },
      { send: wrong, expect: [{ ...relation({ access: 'denied' }), when: { of: 'a' } }] },
    ),
    '/steps/1/expect/0/when',
    /nothing is looked at/,
  ],
  'a step that is alike and comes later': [
    steps(
      { as: 'a', send: wrong },
      {
        as: 'b',
        send: wrong,
        expect: [
          {
            should: { same: 'a', in: ['status'] },
            because: ['rfc9110#11.4-401-when-credentials-missing'],
            when: { alike: ['a', 'b'] },
          },
        ],
      },
    ),
    '/steps/1/expect/0/when/alike/1',
    /"b" names no earlier step; there is "a"/,
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
})

allowsEach({
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
})
