import type { Suite } from '../../lib/model/case.ts'

/** Authorization fields that hold no credentials a server could validate. */
export const authorizationMalformed: Suite = {
  id: 'authorization-malformed',
  title: 'Authorization: fields that make no sense',
  about:
    'Whatever stands in the field, a server refuses it in good order: with 401 or 400, without an error of its own, and still there afterwards.',
  cases: [
    {
      id: 'authorization-malformed-refused',
      title: 'Answers a malformed Authorization field with 400 or 401',
      severity: 'medium',
      send: { to: 'protected', with: { authorization: 'foo' } },
      examples: {
        'no-scheme': { authorization: 'foo' },
        'not-base64': { authorization: 'Basic foo' },
        'no-colon': { authorization: 'Basic bm9jb2xvbg==' },
      },
      expect: [
        {
          should: { status: { anyOf: [400, 401, 404] } },
          because: [
            'rfc9110#11.4-401-when-credentials-invalid',
            'rfc9110#15.5.1-400-for-malformed-authorization',
          ],
        },
      ],
      harm: 'Clients cannot tell their own mistake from one of the server.',
      fix: 'Treat what cannot be read like credentials that do not validate: 401 with the challenge, or 400.',
    },
    {
      id: 'authorization-scheme-alone',
      title: 'Answers a scheme without credentials with 400 or 401',
      severity: 'medium',
      send: { to: 'protected', with: { authorization: 'Basic' } },
      expect: [
        {
          must: { access: 'denied' },
          severity: 'critical',
          because: ['rfc7617#2-service-only-when-validated'],
        },
        {
          should: { status: { anyOf: [400, 401, 404] } },
          because: [
            'rfc9110#11.4-401-when-credentials-partial',
            'rfc9110#15.5.1-400-for-malformed-authorization',
          ],
        },
      ],
      harm: 'The bare word gets in, or ends in an error that no client expects.',
      fix: 'Check that something follows the scheme before it is decoded; splitting at a space gives one part only here.',
    },
    {
      id: 'authorization-unknown-scheme',
      title: 'Refuses a scheme that nobody defined',
      severity: 'critical',
      send: { to: 'protected', with: { authorization: 'Xyzzy abcdefgh' } },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7617#2-service-only-when-validated',
            'rfc6750#1.3-token-validated-before-serving',
          ],
        },
        {
          should: { status: { anyOf: [400, 401, 404] } },
          severity: 'low',
          because: ['rfc9110#11.4-401-when-credentials-invalid'],
        },
      ],
      harm: 'A scheme that no handler feels responsible for passes all of them.',
      fix: 'Refuse by default: only a handler that has validated credentials lets a request through.',
    },
    {
      id: 'authorization-unreadable-refused',
      title: 'Lets nobody in on an Authorization field that proves nothing',
      severity: 'critical',
      send: { to: 'protected', with: 'nothing' },
      examples: {
        empty: { fields: [{ name: 'Authorization', value: '' }] },
        comma: { fields: [{ name: 'Authorization', value: ',' }] },
        'one-word': { fields: [{ name: 'Authorization', value: 'foo' }] },
        'not-base64': { fields: [{ name: 'Authorization', value: 'Basic !!!!' }] },
        'no-colon': { fields: [{ name: 'Authorization', value: 'Basic bm9jb2xvbg==' }] },
        'not-utf8': { fields: [{ name: 'Authorization', value: 'Basic //////8=' }] },
        bearer: { fields: [{ name: 'Authorization', value: 'Bearer abcdefgh' }] },
        digest: {
          fields: [
            { name: 'Authorization', value: 'Digest username="x", realm="x", response="x"' },
          ],
        },
        negotiate: { fields: [{ name: 'Authorization', value: 'Negotiate YWJjZA==' }] },
        'large-field': { bulk: { bytes: 16384 } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7617#2-service-only-when-validated',
            'rfc6750#1.3-token-validated-before-serving',
          ],
        },
      ],
      harm: 'Anyone is let in who sends what the server cannot read or has no handler for.',
      fix: 'Refuse by default: let an error in reading the field, and a scheme without a handler, end in 401.',
    },
    {
      id: 'authorization-junk-survived',
      title: 'Survives an Authorization field full of junk',
      severity: 'medium',
      send: { to: 'protected', with: { authorization: '' } },
      examples: {
        empty: { authorization: '' },
        commas: { authorization: ', , ,' },
        equals: { authorization: '====' },
        'open-quote': { authorization: 'Digest username="x' },
        'backslash-at-end': { authorization: 'Digest username="x\\' },
        'schemes-only': { authorization: 'Basic Basic Basic Basic' },
        'many-parameters': { authorization: { $repeat: 'a="b", ', times: 1000 } },
        'format-string': { authorization: 'Basic %s%s%n%n%x' },
        'property-names': { authorization: '__proto__ constructor' },
      },
      expect: [{ should: { orderly: true }, because: ['rfc9110#2.3-parse-defensively'] }],
      harm: 'Anyone can bring a worker down with one line, before any log-in.',
      fix: 'Read the field where an exception ends in a 401, and test that reader with junk.',
    },
    {
      id: 'authorization-high-octets',
      title: 'Takes octets above 7F in the field for opaque data',
      severity: 'low',
      send: { to: 'protected', with: { authorization: 'Basic ñandú' } },
      examples: {
        'not-utf8': { authorization: { $bytes: '426173696320fffe80c3' } },
        utf8: { authorization: 'Basic ñandú' },
      },
      expect: [{ should: { orderly: true }, because: ['rfc9110#5.5-obs-text-opaque'] }],
      harm: 'A byte that is no UTF-8 ends in an error of the server.',
      fix: 'Read field values as bytes or as ISO-8859-1, which every byte is; decode strictly only after that.',
    },
  ],
}
