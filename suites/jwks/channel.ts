import type { Case, HostedChannel, Line, Severity, Suite } from '../../lib/model/case.ts'
import { granted, publish, signedBy } from './steps.ts'

interface Spoilt {
  readonly id: string
  readonly title: string
  readonly severity: Severity
  readonly channel: HostedChannel
  readonly expect: Line
  readonly harm: string
  readonly fix: string
}

/** A new key stands behind a channel that is not as it should be, and then behind one that is. */
const behind = ({ channel, expect, ...about }: Spoilt): Case => ({
  ...about,
  risk: ['changes-keys'],
  steps: [
    publish('sibling'),
    granted('sibling'),
    { publish: ['tested'], answer: { channel } },
    { send: signedBy('tested'), until: 'fetched', expect: [expect] },
    publish('tested'),
    granted('tested'),
  ],
})

const identity: Line = {
  must: { access: 'denied' },
  because: ['rfc9110#4.3.4-jwks-fetch-verifies-identity'],
}

const anyKey =
  'Whoever can answer in the place of the issuer, by DNS or on the way, has the server trust any key, and signs tokens for everybody.'

/** How a key set is fetched by https: nothing of it counts that may come from somebody else. */
export const jwksChannel: Suite = {
  id: 'jwks-channel',
  title: 'Key set: fetched by https',
  about:
    'A key set says who may sign. By https it comes from the host that was configured and from nobody in between, as long as whoever fetches it looks at the certificate and leaves when it is wrong.',
  cases: [
    behind({
      id: 'jwks-untrusted-host-refused',
      title: 'Takes no key from a host that nobody vouches for',
      severity: 'high',
      channel: 'untrusted-certificate',
      expect: identity,
      harm: anyKey,
      fix: 'Leave the verification of certificates on where the key set is fetched; trust the authority of a private issuer by name instead. If it is off for tests alone, see that it is on elsewhere.',
    }),
    behind({
      id: 'jwks-other-host-refused',
      title: 'Takes no key from a host whose certificate names another',
      severity: 'high',
      channel: 'other-name',
      expect: identity,
      harm: anyKey,
      fix: 'Compare the host of the URL with the names in the certificate, as HTTP libraries do unless told otherwise.',
    }),
    behind({
      id: 'jwks-cleartext-refused',
      title: 'Takes no key without TLS from an https URL',
      severity: 'high',
      channel: 'cleartext',
      expect: {
        must: { access: 'denied' },
        because: ['rfc9110#4.2.2-jwks-fetch-secured'],
      },
      harm: anyKey,
      fix: 'Do not try again over http when https fails.',
    }),
    behind({
      id: 'jwks-old-tls-refused',
      title: 'Takes no key over TLS 1.1',
      severity: 'medium',
      channel: 'tls-1.1',
      expect: { must: { access: 'denied' }, because: ['rfc9325#3.1.3-no-fallback'] },
      harm: 'Somebody on the way can talk both sides down to a version whose protection is broken.',
      fix: 'Offer TLS 1.2 and 1.3 alone, as current libraries do unless told otherwise.',
    }),
    {
      id: 'jwks-redirected-to-http-refused',
      title: 'Takes no key over http that an https URL redirects to',
      severity: 'medium',
      risk: ['changes-keys'],
      steps: [
        publish('sibling'),
        granted('sibling'),
        { publish: ['tested'], answer: { redirect: 'cleartext' } },
        {
          send: signedBy('tested'),
          until: 'fetched',
          expect: [
            { should: { access: 'denied' }, because: ['house#key-set-stays-at-its-origin'] },
          ],
        },
        publish('tested'),
        granted('tested'),
      ],
      harm: 'The redirect undoes what https is for: what stands at its end can come from anybody on the way.',
      fix: 'Follow no redirect from the key set to another scheme, host or port.',
    },
    {
      id: 'jwks-hello-renegotiates-securely',
      title: 'Says that it renegotiates securely where it fetches keys',
      severity: 'low',
      risk: ['changes-keys'],
      steps: [
        publish('sibling'),
        granted('sibling'),
        publish('tested'),
        {
          send: signedBy('tested'),
          until: 'fetched',
          expect: [
            {
              when: { helloUpTo: 'TLSv1.2' },
              must: { hello: 'renegotiation-info' },
              because: ['rfc9325#3.5-client-renegotiation-info'],
            },
          ],
        },
      ],
      harm: 'Somebody on the way can begin the connection with words of their own and have the rest taken as its continuation.',
      fix: 'Use a TLS library of this decade, which sends renegotiation_info by itself.',
    },
    {
      id: 'jwks-hello-takes-sha-256',
      title: 'Asks for signatures with SHA-256 where it fetches keys',
      severity: 'low',
      risk: ['changes-keys'],
      steps: [
        publish('sibling'),
        granted('sibling'),
        publish('tested'),
        {
          send: signedBy('tested'),
          until: 'fetched',
          expect: [{ must: { hello: 'sha-256' }, because: ['rfc9325#4.5-client-requests-sha256'] }],
        },
      ],
      harm: 'The issuer has to sign with a hash that can be forged, or cannot be reached.',
      fix: 'Leave the signature algorithms that the TLS library offers as they are.',
    },
  ],
}
