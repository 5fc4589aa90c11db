import type { Suite } from '../../lib/model/case.ts'

/** Keys: what the set that the server publishes itself looks like (RFC 7517, RFC 7518 §6). */
export const jwksPublished: Suite = {
  id: 'jwks-published',
  title: 'Keys: what the server publishes',
  about:
    'Whoever verifies what a server or its issuer signs fetches the keys from a URL that is open to all. These cases ask for that set without any credential and look at what it holds. Private parts of keys are never shown.',
  cases: [
    {
      id: 'key-set-public',
      title: 'Publishes no private and no symmetric key',
      severity: 'critical',
      send: { to: 'key-set', with: 'nothing' },
      expect: [
        {
          when: { keySetHas: 'keys' },
          must: { keySet: 'public' },
          because: ['rfc7517#9.2-no-private-members-published'],
        },
      ],
      harm: 'Everybody who reads the set can sign what only the owner of the key may sign.',
      fix: 'Replace the key now. Publish what the library exports as the public key, and no oct key at all.',
    },
    {
      id: 'key-set-well-formed',
      title: 'Publishes its keys as a JWK Set',
      severity: 'medium',
      send: { to: 'key-set', with: 'nothing' },
      expect: [
        {
          must: { keySet: 'well-formed' },
          because: ['rfc7517#5-publisher-set-wellformed'],
        },
      ],
      harm: 'Verifiers drop the set or single keys of it and refuse good tokens; of two members of a name they may not take the same one.',
      fix: 'Publish one JSON object with an array keys of objects, each with its kty, and write it with a JSON library.',
    },
    {
      id: 'key-set-media-type',
      title: 'Calls its key set JSON',
      severity: 'low',
      send: { to: 'key-set', with: 'nothing' },
      expect: [
        {
          when: { keySetHas: 'json' },
          should: {
            field: { name: 'Content-Type', freeOf: ['text/html', 'application/xhtml+xml'] },
          },
          because: ['rfc7517#8.5-jwk-set-media-type'],
        },
        {
          // Nothing orders the registered type, and files on plain storage have others.
          when: { keySetHas: 'json' },
          may: {
            field: {
              name: 'Content-Type',
              listsAny: ['application/jwk-set+json', 'application/json'],
            },
          },
          because: ['rfc7517#8.5-jwk-set-media-type'],
        },
      ],
      harm: 'Browsers take what is in the set for a page; some verifiers look at the type and refuse the set.',
      fix: 'Send Content-Type: application/jwk-set+json, or application/json.',
    },
    {
      id: 'key-set-one-purpose',
      title: 'Says in one way what each published key is for',
      severity: 'low',
      send: { to: 'key-set', with: 'nothing' },
      expect: [
        {
          when: { keySetHas: 'purpose' },
          should: { keySet: 'one-purpose' },
          because: ['rfc7517#4.3-publisher-use-with-key-ops'],
        },
        {
          when: { keySetHas: 'two-purposes' },
          should: { keySet: 'agreeing-purpose' },
          severity: 'medium',
          because: ['rfc7517#4.3-publisher-use-with-key-ops'],
        },
      ],
      harm: 'Verifiers look at the one or the other; where the two disagree, some take the key and others do not.',
      fix: 'Leave key_ops out and keep use, or the other way round.',
    },
    {
      id: 'key-set-related-operations',
      title: 'Publishes keys that serve one kind of operation',
      severity: 'low',
      send: { to: 'key-set', with: 'nothing' },
      expect: [
        {
          when: { keySetHas: 'operations' },
          should: { keySet: 'related-operations' },
          because: ['rfc7517#4.3-publisher-unrelated-ops'],
        },
        {
          when: { keySetHas: 'operations' },
          should: { keySet: 'operations-once' },
          because: ['rfc7517#4.3-publisher-unrelated-ops', 'rfc7517#4.3-key-ops-no-duplicates'],
        },
      ],
      harm: 'A key that is used by several algorithms can be attacked through the weakest of them.',
      fix: 'Give each purpose a key of its own, and list each operation in key_ops once.',
    },
    {
      id: 'key-set-kids-distinct',
      title: 'Tells its published keys apart by kid',
      severity: 'low',
      send: { to: 'key-set', with: 'nothing' },
      expect: [
        {
          when: { keySetHas: 'kids' },
          should: { keySet: 'kids-distinct' },
          because: ['rfc7517#4.5-publisher-kids-distinct'],
        },
      ],
      harm: 'Verifiers take the first key of that name and refuse tokens that the other one signed.',
      fix: 'Give each key a kid of its own, such as its thumbprint (RFC 7638).',
    },
    {
      id: 'key-set-ec-members',
      title: 'Publishes EC keys whole',
      severity: 'medium',
      send: { to: 'key-set', with: 'nothing' },
      expect: [
        {
          when: { keySetHas: 'EC' },
          must: { keySet: 'ec-members' },
          because: ['rfc7518#6.2.1-publisher-key-members'],
        },
      ],
      harm: 'Strict verifiers drop the key and refuse every token that it signed; a lost zero happens to one key of 128.',
      fix: 'Write crv, x and y, and pad x and y on the left to the length of the curve before they are encoded.',
    },
    {
      id: 'key-set-rsa-members',
      title: 'Publishes RSA keys whole and in their shortest form',
      severity: 'medium',
      send: { to: 'key-set', with: 'nothing' },
      expect: [
        {
          when: { keySetHas: 'RSA' },
          must: { keySet: 'rsa-members' },
          because: ['rfc7518#6.2.1-publisher-key-members'],
        },
        {
          when: { keySetHas: 'RSA' },
          must: { keySet: 'rsa-minimal' },
          severity: 'low',
          because: ['rfc7518#6.2.1-publisher-key-members'],
        },
      ],
      harm: 'Strict verifiers drop the key and refuse every token that it signed; thumbprints of the key differ from those that others compute.',
      fix: 'Write n and e as unsigned numbers in base64url: without padding, and without the octet of zero that signed numbers begin with.',
    },
    {
      id: 'key-set-rsa-2048',
      title: 'Publishes RSA keys of 2048 bits or more',
      severity: 'medium',
      send: { to: 'key-set', with: 'nothing' },
      expect: [
        {
          when: { keySetHas: 'RSA-for-signatures' },
          must: { keySet: 'rsa-2048' },
          because: ['rfc7518#3.3-rsa-2048-minimum'],
        },
      ],
      harm: 'A key of 1024 bits can be factored by those with the means, and everything that it signs can be forged.',
      fix: 'Sign with a new key of 2048 bits or more, or with one on P-256, and withdraw the small one once its tokens have expired.',
    },
  ],
}
