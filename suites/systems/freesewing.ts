import type { Suite } from '../../lib/model/case.ts'
import { freesewingWithoutTls } from './without-tls.ts'

/** FreeSewing's backend: two types of authentication, told apart by the path. */
export const freesewing: Suite = {
  id: 'freesewing',
  title: 'FreeSewing: what its page says',
  about:
    'The last segment of a path says how an endpoint authenticates: jwt or key. Each case takes a credential that is granted and changes where or how it is sent.',
  byProfile: true,
  cases: [
    {
      id: 'freesewing-token-on-key',
      title: 'Refuses a token where the path says key',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'bearer' }, but: { boundFor: 'basic' } },
      expect: [
        { documented: { access: 'denied' }, because: ['freesewing#S2-03', 'freesewing#S2-05'] },
      ],
      harm: 'What is allowed to keys only, and limited by their level, is open to sessions of browsers.',
      fix: 'Name one strategy per route.',
    },
    {
      id: 'freesewing-key-on-jwt',
      title: 'Refuses an API key where the path says jwt',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'basic' }, but: { boundFor: 'bearer' } },
      expect: [
        { documented: { access: 'denied' }, because: ['freesewing#S2-03', 'freesewing#S2-04'] },
      ],
      harm: 'A key gets past the limits of its level where nobody looks at levels.',
      fix: 'Name one strategy per route.',
    },
    {
      id: 'freesewing-every-endpoint',
      title: 'Asks for authentication at another endpoint too',
      severity: 'high',
      send: { to: 'whoami', with: 'nothing' },
      expect: [{ documented: { access: 'denied' }, because: ['freesewing#S2-01'] }],
      harm: 'An endpoint without its check tells anybody what only its users may know.',
      fix: 'Make authentication the default of the router, and list what needs none.',
    },
    {
      id: 'freesewing-path-says-key',
      title: 'Takes an API key at another endpoint whose path says key',
      severity: 'low',
      steps: [
        { role: 'control', send: { to: 'protected', with: { valid: 'basic' } } },
        {
          send: { to: 'whoami', with: { valid: 'basic' } },
          expect: [{ documented: { access: 'granted' }, because: ['freesewing#S2-05'] }],
        },
      ],
      harm: 'Scripts that follow the documentation cannot use the endpoint.',
      fix: 'Let each route whose path ends in key use the strategy for keys.',
    },
    {
      id: 'freesewing-path-says-jwt',
      title: 'Takes a token at another endpoint whose path says jwt',
      severity: 'low',
      steps: [
        { role: 'control', send: { to: 'protected', with: { valid: 'bearer' } } },
        {
          send: { to: 'whoami', with: { valid: 'bearer' } },
          expect: [{ documented: { access: 'granted' }, because: ['freesewing#S2-04'] }],
        },
      ],
      harm: 'Sites that follow the documentation cannot use the endpoint.',
      fix: 'Let each route whose path ends in jwt use the strategy for tokens.',
    },
    {
      id: 'freesewing-sign-in',
      title: 'Gives a token for the right password, and none for a wrong one',
      severity: 'critical',
      // The right one comes first, so that no further log-in is needed to control the wrong one.
      steps: [
        { role: 'control', send: { to: 'protected', with: { valid: 'basic' } } },
        {
          as: 'right',
          send: { to: 'signin', with: { valid: 'basic' } },
          expect: [
            {
              documented: { status: { anyOf: [200, 201] }, json: { '/token': 'present' } },
              because: ['freesewing#S2-07'],
              severity: 'low',
            },
          ],
        },
        {
          as: 'wrong',
          send: { to: 'signin', with: { valid: 'basic', but: { password: 'other' } } },
          expect: [{ documented: { access: 'denied' }, because: ['freesewing#S2-06'] }],
        },
      ],
      harm: 'Anyone who knows a name gets a token of that user, or nobody gets one at all.',
      fix: 'Compare the password before a token is signed, and put the token into the answer.',
    },
    {
      id: 'freesewing-bearer-named',
      title: 'Refuses a token after another word than Bearer',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer', but: { scheme: { word: 'Token' } } } },
      expect: [
        { documented: { access: 'denied' }, because: ['freesewing#S2-02', 'freesewing#S2-08'] },
      ],
      harm: 'Parts of a chain that look for Bearer do not see the token and do not mask it.',
      fix: 'Compare the word before the token.',
    },
    {
      id: 'freesewing-bearer-parted',
      title: 'Refuses a token that follows Bearer without a space',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'bearer', but: { separator: '' } } },
      expect: [{ documented: { access: 'denied' }, because: ['freesewing#S2-08'] }],
      harm: 'Parts of a chain that read the scheme as a word see another one.',
      fix: 'Split the value at a space and compare the whole word before it.',
    },
    {
      id: 'freesewing-secret-exact',
      title: 'Refuses the secret of a key in other letter case',
      severity: 'high',
      send: {
        to: 'protected',
        with: { valid: 'basic', but: { password: { letters: 'swapped' } } },
      },
      expect: [{ documented: { access: 'denied' }, because: ['freesewing#S2-10'] }],
      harm: 'A secret has more spellings than one, and lists of leaked ones are passed.',
      fix: 'Compare the bytes of the secret, or of its hash.',
    },
    {
      id: 'freesewing-stateless',
      title: 'Starts no session for a request with a key',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'basic' } },
      expect: [
        {
          documented: { access: 'granted', field: { name: 'Set-Cookie', present: false } },
          because: ['freesewing#S2-12'],
        },
      ],
      harm: 'A session outlives the key, and is kept by clients that know nothing of it.',
      fix: 'Tell the strategy to use no session.',
    },
    ...freesewingWithoutTls,
  ],
}
