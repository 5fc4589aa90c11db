import type { Target } from '../model/profile.ts'
import { randomFrom } from '../text/random.ts'
import type { BuildInput } from './build.ts'

/** A target with an account, a token and a bearer token, changed by what a test needs. */
export const targetOf = (change: Partial<Target> = {}): Target => ({
  profile: {
    id: 'generic',
    title: 'T',
    about: 'A',
    operations: { protected: { method: 'GET', path: '' } },
  },
  url: new URL('http://127.0.0.1:8080/protected'),
  supplied: {
    accounts: {
      default: { user: 'Alice', password: 'Sesame-Öffne-Dich' },
      'plus-slash': { user: 'Bob', password: '>>>???~~~' },
    },
    tokens: { Token: 'token-secret-1' },
    bearer: 'bearer-secret-1',
  },
  fields: [],
  ...change,
})

/** What a request is built from; the same random choices each time. */
export const inputOf = (
  send: BuildInput['send'],
  change: Partial<Omit<BuildInput, 'send'>> = {},
): BuildInput => ({
  target: targetOf(),
  send,
  kind: 'basic',
  random: randomFrom('1', 'test'),
  agent: 'agent/1',
  ...change,
})
