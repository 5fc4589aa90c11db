import { allowsEach, findsEach, firm, sends, valid, wrong } from './fixtures/build.ts'

findsEach({
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
    sends({ ...wrong, but: { version: 'HTTP/1.0' } }),
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
  'an example with a written field where none is written': [
    sends({ to: 'protected', with: 'nothing' }, { examples: { one: { authorization: 'Basic' } } }),
    '/examples/one/authorization',
    /that the case writes out itself/,
  ],
  'an example that changes a credential where a field is written': [
    sends(
      { to: 'protected', with: { authorization: 'x' } },
      { examples: { one: { user: 'other' } } },
    ),
    '/examples/one/user',
    /the case sends no valid one/,
  ],
  'two examples that write the same field': [
    sends(
      { to: 'protected', with: { authorization: 'x' } },
      { examples: { one: {}, two: { authorization: 'x' } } },
    ),
    '/examples/two',
    /"one" sends the same already/,
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
})

allowsEach({
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
  'a field that is written in several ways': sends(
    { to: 'protected', with: { authorization: 'x' } },
    { examples: { plain: {}, other: { authorization: { $bytes: 'ff' } } } },
  ),
  'a base fault run beside its examples': sends(wrong, {
    examples: { plain: {}, empty: { password: 'empty' } },
  }),
})
