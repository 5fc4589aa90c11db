import type { Deviation, Operation, Profile } from '../../lib/model/profile.ts'

const get = (path: string): Operation => ({ method: 'GET', path })
const stated = (path: string): Operation => ({ ...get(path), witness: { status: 200 } })

/** Where a 401 has no WWW-Authenticate. */
const noChallenge = (where: Pick<Deviation, 'kind' | 'operation'>): Deviation => ({
  clause: 'rfc9110#11.6.1-401-has-www-authenticate',
  ...where,
  source: 'the backend of FreeSewing, with passport-jwt 4.0.1',
  say: 'Tokens and log-ins are refused without a challenge, of which the page says nothing.',
})

/** FreeSewing's backend, below `https://backend.freesewing.eu`. */
export const freesewing: Profile = {
  id: 'freesewing',
  title: 'FreeSewing backend',
  about:
    'Keys by Basic where a path ends in key, tokens by Bearer where it ends in jwt. --user KEY:SECRET; --bearer TOKEN, or --account person=NAME:PASSWORD to sign in with.',
  operations: {
    protected: {
      by: { basic: get('/account/key'), bearer: get('/account/jwt'), jwt: get('/account/jwt') },
    },
    public: stated('/'),
    whoami: {
      by: {
        basic: stated('/whoami/key'),
        bearer: stated('/whoami/jwt'),
        jwt: stated('/whoami/jwt'),
      },
    },
    signin: {
      method: 'POST',
      path: '/signin',
      body: { type: 'application/json', text: '{}' },
      account: 'person',
      members: { user: 'username', password: 'password' },
      witness: { pointer: '/token' },
    },
  },
  accepts: ['basic', 'bearer', 'jwt'],
  stranger: 'known-user',
  limits: { loginBudget: 10, failuresInARow: 3 },
  signIn: { operation: 'signin', token: '/token' },
  withholds: [
    {
      what: 'unknown-user',
      say: 'an API key that the backend does not know can end its process.',
    },
    { what: 'origin', say: 'an Origin that the backend does not list is answered with an error.' },
  ],
  deviations: [
    noChallenge({ kind: 'bearer' }),
    noChallenge({ kind: 'jwt' }),
    noChallenge({ operation: 'signin' }),
    {
      clause: 'rfc7617#2-split-at-first-colon',
      beside: ['rfc7617#2-service-only-when-validated'],
      kind: 'basic',
      source: 'the backend of FreeSewing, with passport-http 0.3.0',
      say: 'What follows a second colon is not looked at; secrets of keys are hexadecimal and have none.',
    },
  ],
  declaresProtected: true,
  suites: ['freesewing'],
}
