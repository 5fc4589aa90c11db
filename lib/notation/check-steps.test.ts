import type { Send, Step } from '../model/case.ts'
import { findsEach, steps, valid, wrong } from './fixtures/build.ts'
import { denied, granted } from './fixtures/suites.ts'

const keyed: Send = { to: 'protected', with: { valid: 'jwt', key: 'next' } }
const stranger: Send = { to: 'protected', with: { stranger: 'basic' } }
const judged: Step = { send: wrong, expect: [denied] }

findsEach({
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
    steps({ ...judged, within: 'key-refresh-time' }, { publish: ['next'] }),
    '/steps/0/within',
    /nothing to wait for/,
  ],
  'a withdrawn key that never worked': [
    steps(
      { publish: ['next'] },
      { role: 'control', send: valid },
      { publish: [] },
      { send: keyed, expect: [denied] },
      { role: 'control', send: valid },
    ),
    '/steps/3',
    /granted in an earlier step/,
  ],
  'a refused key where none was granted before': [
    steps({ publish: ['sibling'] }, { send: keyed, expect: [denied] }),
    '/steps/1',
    /another one has to be granted/,
  ],
  'a withdrawn key without a later control': [
    steps(
      { publish: ['next'] },
      { role: 'control', send: keyed },
      { publish: [] },
      { send: keyed, expect: [denied] },
    ),
    '/steps/3',
    /a later step has to be granted/,
  ],
})
