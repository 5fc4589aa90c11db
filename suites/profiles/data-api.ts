import type { Operation, Profile } from '../../lib/model/profile.ts'

const rows: Operation = {
  method: 'POST',
  path: '/api/v2/query/rows',
  body: { type: 'application/json', text: '{"sql":"select 1+1"}' },
  harmless: true,
}

const source = 'the page on authentication to the Data API'

const shared: Omit<Profile, 'id' | 'title' | 'about' | 'suites' | 'examples'> = {
  operations: {
    protected: rows,
    public: { method: 'GET', path: '/ping', witness: { status: 200 } },
    // An empty answer, so that the status is all that tells.
    'key-refresh': { method: 'POST', path: '/api/v2/jwks_setup', witness: { status: 200 } },
  },
  accepts: ['basic', 'bearer', 'jwt'],
  // The body of an error is another text and never JSON; a 200 without results carries an error.
  witness: { pointer: '/results' },
  // Accounts may be locked after a few wrong passwords. Nothing says that keys are in use as soon as
  // jwks_setup has answered.
  limits: { loginBudget: 2, failuresInARow: 1, keyRefresh: 10 },
  deviations: [
    {
      clause: 'rfc6750#3-scheme-is-bearer',
      beside: ['rfc6750#3-challenge-when-token-missing-or-insufficient'],
      source,
      say: 'A WWW-Authenticate field is promised, which may name Basic alone.',
    },
    {
      clause: 'rfc6750#2.1-multiple-spaces',
      source,
      say: 'The method is followed by one space, says the page.',
    },
    {
      clause: 'rfc6750#3-error-when-token-failed',
      beside: ['rfc6750#3.1-invalid-token-401'],
      source,
      say: 'A WWW-Authenticate field is promised, and nothing of what it says.',
    },
  ],
  declaresProtected: true,
}

/** The Data API of a self-managed SingleStore, below `https://HOST:PORT`. */
export const singlestore: Profile = {
  ...shared,
  id: 'singlestore',
  title: 'SingleStore Data API',
  about:
    'The Data API of a self-managed SingleStore: Basic, and tokens by Bearer once jwks_setup was called. --target is https://HOST:PORT, before /api.',
  suites: ['singlestore'],
  examples: [
    {
      clause: 'singlestore#S0-11',
      text: 'demo:Afu4XjzB1ns',
      printed: 'ZGVtbzpBZnU0WGp6QjFucw==',
    },
  ],
}

/** The Data API of SingleStore Helios, below `https://svc-…-dml.….svc.singlestore.com`. */
export const singlestoreHelios: Profile = {
  ...shared,
  id: 'singlestore-helios',
  title: 'SingleStore Helios',
  httpsOnly: true,
  about:
    'The Data API of the hosted SingleStore: Basic, and tokens by Bearer. --target is the endpoint of the workspace, before /api; https is the only way in.',
  suites: ['singlestore-helios'],
  examples: [
    {
      clause: 'singlestore-helios#S1-11',
      text: 'demo:Afu4XjzB1ns',
      printed: 'ZGVtbzpBZnU0WGp6QjFucw==',
    },
  ],
}
