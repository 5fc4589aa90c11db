import type { Case, HostedAnswer, Line, Risk, Suite } from '../../lib/model/case.ts'
import { atOnce, granted, publish, signedBy, soon } from './steps.ts'

interface Spoilt {
  readonly id: string
  readonly title: string
  readonly answer: HostedAnswer
  /** Where the answer shows the key after all, in a place where no key is. */
  readonly shown?: Line
  readonly risk?: Risk
}

const refused: Line = {
  must: { access: 'denied' },
  because: ['rfc7515#6-undeterminable-key-fails', 'rfc7515#5.2-signature-must-verify'],
}

const misplaced: Line = {
  should: { access: 'denied' },
  because: ['rfc7517#5-keys-member-required'],
}

/** Something else than a key set comes: its tokens are refused, good keys stay, and all recovers. */
const spoilt = ({ id, title, answer, shown = refused, risk }: Spoilt): Case => ({
  id,
  title,
  severity: 'high',
  risk: ['changes-keys', ...(risk === undefined ? [] : [risk])],
  steps: [
    publish('sibling'),
    granted('sibling'),
    { publish: ['tested'], answer },
    { send: signedBy('tested'), until: 'fetched', expect: [shown] },
    publish('next'),
    soon(signedBy('next'), {
      should: { access: 'granted' },
      because: ['house#recovers-by-itself'],
      severity: 'medium',
    }),
  ],
  harm: 'When the issuer is in trouble, or an error page comes from something on the way, anyone gets in, or nobody does until the server is started again.',
  fix: 'Take a key set from an answer 200 with a JSON object whose member keys is a list, and from nothing else; try again later.',
})

/** The keys that were read stay good although the next fetch fails. */
const keeps = (id: string, title: string, answer: HostedAnswer): Case => ({
  id,
  title,
  severity: 'medium',
  risk: ['changes-keys'],
  steps: [
    { publish: ['sibling'], answer: { fields: [['Cache-Control', 'max-age=60']] } },
    granted('sibling'),
    { publish: [], alone: true, answer },
    { send: signedBy('unlisted'), until: 'fetched', expect: [refused] },
    // Of several workers behind one address not each has read the key.
    soon(signedBy('sibling'), {
      should: { access: 'granted' },
      because: ['house#outage-keeps-keys'],
    }),
  ],
  harm: 'One token with an unknown kid, which anyone can send, locks all users out for as long as the issuer is down.',
  fix: 'Replace the set only by one that was read whole, and go on with the last one meanwhile.',
})

/** Answers that are no key set, and what they do to those who had one. */
export const jwksOutage: Suite = {
  id: 'jwks-outage',
  title: 'Key set: when it cannot be had',
  about:
    'Servers that publish keys fail like all others: with errors, error pages, halves of answers, or not at all. What cannot be verified is refused, what could be stays so, and all recovers by itself.',
  cases: [
    spoilt({
      id: 'jwks-html-refused',
      title: 'Takes no key from a page in HTML',
      answer: { document: 'html', type: 'text/html' },
    }),
    spoilt({
      id: 'jwks-invalid-json-refused',
      title: 'Takes no key from JSON that is cut off',
      answer: { document: 'invalid-json' },
    }),
    spoilt({
      id: 'jwks-empty-content-refused',
      title: 'Takes no key from an empty answer',
      answer: { document: 'empty-body' },
    }),
    spoilt({
      id: 'jwks-null-refused',
      title: 'Takes no key from null',
      answer: { document: 'null' },
    }),
    spoilt({
      id: 'jwks-error-object-refused',
      title: 'Takes no key from an object about an error',
      answer: { document: 'error' },
    }),
    spoilt({
      id: 'jwks-no-keys-member-refused',
      title: 'Takes no key from a set without keys',
      answer: { document: 'no-keys' },
      shown: {
        must: { access: 'denied' },
        because: ['rfc7515#6-undeterminable-key-fails', 'rfc7517#5-keys-member-required'],
      },
    }),
    spoilt({
      id: 'jwks-keys-null-refused',
      title: 'Takes no key from keys that are null',
      answer: { document: 'keys-null' },
    }),
    spoilt({
      id: 'jwks-array-refused',
      title: 'Takes no key from a bare list',
      answer: { document: 'array' },
      shown: misplaced,
    }),
    spoilt({
      id: 'jwks-single-key-refused',
      title: 'Takes no key from a key in the place of a set',
      answer: { document: 'single-jwk' },
      shown: misplaced,
    }),
    spoilt({
      id: 'jwks-keys-object-refused',
      title: 'Takes no key from keys that are an object',
      answer: { document: 'keys-object' },
      shown: misplaced,
    }),
    spoilt({
      id: 'jwks-keys-twice-refused',
      title: 'Takes no key from the first of two lists of keys',
      answer: { document: 'keys-twice' },
      shown: { must: { access: 'denied' }, because: ['rfc7517#5-set-duplicate-members'] },
    }),
    spoilt({
      id: 'jwks-status-204-refused',
      title: 'Takes no key from an answer 204',
      answer: { document: 'empty-body', status: 204 },
    }),
    spoilt({
      id: 'jwks-status-404-refused',
      title: 'Takes no key from an answer 404',
      answer: { document: 'error', status: 404 },
    }),
    spoilt({
      id: 'jwks-status-500-refused',
      title: 'Takes no key from an answer 500 that has one',
      answer: { status: 500 },
      shown: {
        should: { access: 'denied' },
        because: ['rfc7515#6-undeterminable-key-fails'],
        severity: 'medium',
      },
    }),
    spoilt({
      id: 'jwks-closed-survived',
      title: 'Refuses what it cannot verify while nobody answers',
      answer: { manner: 'close' },
    }),
    spoilt({
      id: 'jwks-redirect-loop-survived',
      title: 'Refuses what it cannot verify while the set redirects to itself',
      answer: { redirect: 'loop' },
    }),
    spoilt({
      id: 'jwks-deep-json-survived',
      title: 'Refuses what it cannot verify while the set is nested without end',
      answer: { document: 'deep-json' },
      risk: 'heavy',
    }),
    spoilt({
      id: 'jwks-huge-set-survived',
      title: 'Refuses what it cannot verify while the set is of eight megabytes',
      answer: { document: 'huge-8mb' },
      risk: 'heavy',
    }),
    spoilt({
      id: 'jwks-bomb-survived',
      title: 'Refuses what it cannot verify while the set unfolds to 64 megabytes',
      answer: { encoding: 'bomb' },
      shown: {
        should: { orderly: true },
        because: ['house#key-fetch-is-bounded'],
        severity: 'medium',
      },
      risk: 'heavy',
    }),
    spoilt({
      id: 'jwks-drip-survived',
      title: 'Answers while the set comes one byte a second',
      answer: { manner: 'drip' },
      shown: {
        should: { orderly: true },
        because: ['house#key-fetch-is-bounded'],
        severity: 'medium',
      },
      risk: 'heavy',
    }),
    {
      id: 'jwks-empty-set-refuses',
      title: 'Refuses everything while the set is empty',
      severity: 'critical',
      risk: ['changes-keys'],
      steps: [
        publish('sibling'),
        granted('sibling'),
        { publish: [], alone: true },
        { send: signedBy('unlisted'), until: 'fetched', expect: [refused] },
        atOnce(
          signedBy('unlisted', {
            header: { alg: 'none', kid: { $absent: true } },
            signature: 'empty',
          }),
          {
            must: { access: 'denied' },
            because: ['rfc7515#6-undeterminable-key-fails', 'rfc7518#3.6-none-not-default'],
          },
        ),
        atOnce(
          signedBy('unlisted', {
            header: { alg: 'HS256', kid: { $absent: true } },
            signature: { alg: 'HS256', key: { secret: '' } },
          }),
          {
            must: { access: 'denied' },
            because: ['rfc7515#6-undeterminable-key-fails', 'rfc8725#3.1-rs-hs-confusion'],
          },
        ),
      ],
      harm: 'When the issuer publishes no key for a moment, anyone gets in.',
      fix: 'Without a key, refuse every token.',
    },
    keeps('jwks-error-keeps-keys', 'Keeps its keys while the set answers 500', {
      status: 500,
      document: 'error',
    }),
    keeps('jwks-html-keeps-keys', 'Keeps its keys while a page in HTML is in their place', {
      document: 'html',
      type: 'text/html',
    }),
    keeps('jwks-no-content-keeps-keys', 'Keeps its keys while the set answers 204', {
      status: 204,
      document: 'empty-body',
    }),
    keeps('jwks-error-object-keeps-keys', 'Keeps its keys while an object about an error comes', {
      document: 'error',
    }),
    keeps('jwks-closed-keeps-keys', 'Keeps its keys while nobody answers', { manner: 'close' }),
    {
      id: 'jwks-key-of-outage-used',
      title: 'Uses a key that was first named while the set could not be had',
      severity: 'medium',
      risk: ['changes-keys'],
      steps: [
        publish('sibling'),
        granted('sibling'),
        { publish: ['tested'], answer: { manner: 'close' } },
        { send: signedBy('tested'), until: 'fetched', expect: [refused] },
        publish('tested'),
        soon(signedBy('tested'), {
          should: { access: 'granted' },
          because: ['house#recovers-by-itself'],
        }),
      ],
      harm: 'Users whose tokens came at the wrong moment stay locked out after the issuer is back.',
      fix: 'Remember no kid as unknown for longer than the next fetch is held back.',
    },
    {
      id: 'jwks-fetched-once',
      title: 'Fetches the set for more than one token',
      severity: 'medium',
      risk: ['changes-keys'],
      steps: [
        { publish: ['sibling'], answer: { fields: [['Cache-Control', 'max-age=600']] } },
        granted('sibling'),
        {
          send: signedBy('sibling'),
          // Each worker behind one address has a set of its own.
          times: 30,
          expect: [{ should: { fetches: { atMost: 15 } }, because: ['house#key-set-is-kept'] }],
        },
      ],
      harm: 'Each request waits for the issuer, and the issuer bears the load of all who trust it.',
      fix: 'Keep the set for as long as its Cache-Control allows, or for some minutes.',
    },
    {
      id: 'jwks-unknown-kids-bounded',
      title: 'Fetches the set only so often for kids that nobody has',
      severity: 'medium',
      risk: ['changes-keys'],
      steps: [
        { publish: ['sibling'], answer: { fields: [['Cache-Control', 'max-age=600']] } },
        granted('sibling'),
        {
          send: signedBy('unlisted', { header: { kid: { $valid: 'kid', change: 'other' } } }),
          times: 20,
          expect: [
            refused,
            { should: { fetches: { atMost: 10 } }, because: ['house#refetch-is-bounded'] },
          ],
        },
      ],
      harm: 'Anyone can have the server flood its issuer, one fetch for each token they make up.',
      fix: 'After a fetch for an unknown kid, wait half a minute before the next one.',
    },
    {
      id: 'jwks-redirected-away-refused',
      title: 'Takes no key from another origin that the set redirects to',
      severity: 'medium',
      risk: ['changes-keys'],
      steps: [
        publish('sibling'),
        granted('sibling'),
        { publish: ['tested'], answer: { redirect: 'other-origin' } },
        {
          send: signedBy('tested'),
          until: 'fetched',
          expect: [
            { should: { access: 'denied' }, because: ['house#key-set-stays-at-its-origin'] },
          ],
        },
      ],
      harm: 'An open redirect at the issuer is enough to have keys of anyone trusted.',
      fix: 'Follow no redirect from the key set to another origin.',
    },
  ],
}
