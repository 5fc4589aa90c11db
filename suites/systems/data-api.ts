import type { Line, Suite } from '../../lib/model/case.ts'
import type { ClauseId } from '../../lib/model/clause.ts'
import { granted, publish, signedBy, soon } from '../jwks/steps.ts'
import { dataApiWithoutTls } from './without-tls.ts'

type Page = 'singlestore#S0' | 'singlestore-helios#S1'

/** The cases on a page that both products have. */
const dataApi = (id: 'singlestore' | 'singlestore-helios', title: string, page: Page): Suite => {
  const sentence = (number: string): ClauseId => `${page}-${number}`
  const denied = (first: string, ...more: readonly string[]): Line => ({
    documented: { access: 'denied' },
    because: [sentence(first), ...more.map(sentence)],
  })
  return {
    id,
    title,
    about:
      'What the page on authentication to the Data API says, sentence by sentence, as far as an answer shows it.',
    byProfile: true,
    cases: [
      {
        id: `${id}-anonymous-401`,
        title: 'Answers 401 with a challenge to a request without credentials',
        severity: 'medium',
        send: { to: 'protected', with: 'nothing' },
        expect: [
          { documented: { status: 401 }, because: [sentence('12')] },
          { documented: { challenge: { applicable: true } }, because: [sentence('13')] },
        ],
        harm: 'Clients that wait to be asked for credentials never send any.',
        fix: 'Answer 401 with WWW-Authenticate and a challenge of Basic or Bearer.',
      },
      {
        id: `${id}-method-named`,
        title: 'Refuses a password under a method that is neither Basic nor Bearer',
        severity: 'low',
        send: { to: 'protected', with: { valid: 'basic', but: { scheme: { word: 'Token' } } } },
        expect: [denied('01', '09')],
        harm: 'Parts of a chain that look for Basic do not see the password and do not mask it.',
        fix: 'Compare the method before what follows it is read.',
      },
      {
        id: `${id}-method-named-for-token`,
        title: 'Refuses a token under a method that is neither Basic nor Bearer',
        severity: 'low',
        send: { to: 'protected', with: { valid: 'bearer', but: { scheme: { word: 'Token' } } } },
        expect: [denied('01', '09')],
        harm: 'Parts of a chain that look for Bearer do not see the token and do not mask it.',
        fix: 'Compare the method before what follows it is read.',
      },
      {
        id: `${id}-method-parted`,
        title: 'Refuses information that follows the method without a space',
        severity: 'low',
        send: { to: 'protected', with: { valid: 'basic', but: { separator: '' } } },
        expect: [denied('09')],
        harm: 'Parts of a chain that read the method as a word see another one.',
        fix: 'Split the value at its first space and compare the whole word before it.',
      },
      {
        id: `${id}-information-encoded`,
        title: 'Refuses a user name and password that are not encoded',
        severity: 'low',
        send: { to: 'protected', with: { valid: 'basic', but: { base64: 'not-encoded' } } },
        expect: [denied('10')],
        harm: 'One password has several spellings, and logs that mask Base64 show it.',
        fix: 'Decode Base64 strictly, and refuse what does not decode.',
      },
      {
        id: `${id}-password-by-bearer`,
        title: 'Refuses an encoded password under Bearer',
        severity: 'low',
        send: { to: 'protected', with: { valid: 'basic', but: { scheme: { word: 'Bearer' } } } },
        // The page can be read both ways.
        expect: [{ may: { access: 'denied' }, because: [sentence('10')] }],
        harm: 'None by itself; what looks for passwords under Basic does not find this one.',
        fix: 'Take tokens alone under Bearer.',
      },
      {
        id: `${id}-token-encoded-again`,
        title: 'Refuses a token under Bearer that is encoded once more',
        severity: 'low',
        send: { to: 'protected', with: { valid: 'jwt', but: { lookalike: 'base64-of-token' } } },
        // The sentence can be read as asking for it, and the examples of the documentation do not have it.
        expect: [{ may: { access: 'denied' }, because: [sentence('10')] }],
        harm: 'None by itself; what looks for tokens by their two dots does not find this one.',
        fix: 'Take tokens as they were issued.',
      },
      {
        id: `${id}-key-listed`,
        title: 'Refuses a token that no listed key has signed',
        severity: 'critical',
        about: 'signature',
        send: { to: 'protected', with: { valid: 'jwt' } },
        examples: {
          flipped: { signature: 'flipped' },
          foreign: { signature: { key: 'foreign' } },
          unsecured: { header: { alg: 'none' }, signature: 'empty' },
        },
        expect: [denied('04')],
        harm: 'Anyone can write a token for any user of the database.',
        fix: 'Verify the signature of each token with a key of the set, and refuse every other one.',
      },
      {
        id: `${id}-key-added`,
        title: 'Takes tokens of a key that was in the set when jwks_setup was requested',
        severity: 'high',
        risk: ['changes-keys'],
        steps: [
          publish('current'),
          granted('current'),
          publish('current', 'next'),
          soon(signedBy('next'), {
            documented: { access: 'granted' },
            because: [sentence('06'), sentence('04')],
          }),
        ],
        harm: 'When the issuer signs with its next key, its users are locked out although jwks_setup was requested.',
        fix: 'At each request for jwks_setup fetch the set from jwks_endpoint and use all of its keys.',
      },
      {
        id: `${id}-key-removed`,
        title: 'Refuses tokens of a key that was gone from the set when jwks_setup was requested',
        severity: 'high',
        risk: ['changes-keys'],
        steps: [
          publish('current'),
          granted('current'),
          publish('next'),
          granted('next'),
          soon(signedBy('current'), denied('04')),
          granted('next'),
        ],
        harm: 'Whoever has stolen a key goes on signing tokens with it after it was withdrawn and jwks_setup was requested.',
        fix: 'Replace the whole set by what was fetched; do not add to it.',
      },
      {
        id: `${id}-key-unlisted`,
        title: 'Refuses a token whose key and kid the set has never had',
        severity: 'critical',
        risk: ['changes-keys'],
        steps: [
          publish('sibling'),
          granted('sibling'),
          publish('sibling'),
          { send: signedBy('unlisted'), until: 'fetched', expect: [denied('04')] },
          granted('sibling'),
        ],
        harm: 'Anyone can write a token for any user of the database.',
        fix: 'Where no key of the set has the kid of a token, refuse the token.',
      },
      {
        id: `${id}-setup-there`,
        title: 'Takes POST at jwks_setup',
        severity: 'low',
        risk: ['changes-keys'],
        steps: [
          { role: 'control', send: { to: 'protected', with: { valid: 'basic' } } },
          {
            send: { to: 'key-refresh', with: { valid: 'basic' } },
            expect: [
              {
                documented: { status: { noneOf: [404, 405, 501] } },
                because: [sentence('06'), sentence('07')],
              },
            ],
          },
        ],
        harm: 'Keys that were changed are not fetched, so that tokens of new keys are refused.',
        fix: 'Serve the path of the documentation with the method of the documentation.',
      },
      {
        id: `${id}-setup-refuses`,
        title: 'Refuses to fetch keys for a request without credentials',
        severity: 'medium',
        risk: ['changes-keys'],
        send: { to: 'key-refresh', with: 'nothing' },
        expect: [denied('08')],
        harm: 'Anyone can have the key set fetched at a moment of their choice, and as often as they like.',
        fix: 'Ask for credentials at this path as at every other.',
      },
      {
        id: `${id}-setup-by-get`,
        title: 'Fetches keys for POST alone',
        severity: 'low',
        risk: ['changes-keys'],
        send: { to: 'key-refresh', with: { valid: 'basic' }, but: { method: 'GET' } },
        expect: [denied('07')],
        harm: 'A link or an image on a page can have the key set fetched.',
        fix: 'Answer 405 to every other method.',
      },
      ...dataApiWithoutTls(id),
    ],
  }
}

/** The page of the self-managed product. */
export const singlestore: Suite = dataApi(
  'singlestore',
  'SingleStore Data API: what its page says',
  'singlestore#S0',
)

/** The page of the hosted product. */
export const singlestoreHelios: Suite = dataApi(
  'singlestore-helios',
  'SingleStore Helios: what its page says',
  'singlestore-helios#S1',
)
