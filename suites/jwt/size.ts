import type { Suite } from '../../lib/model/case.ts'

/** JWT: tokens that are large, deep or costly. */
export const jwtSize: Suite = {
  id: 'jwt-size',
  title: 'JWT: tokens that cost more than they should',
  about:
    'A token is read before anybody knows whether it is valid, so whoever can send one decides how much work reading it is. These cases are heavy for a server that sets no limits and run only when they are allowed.',
  cases: [
    {
      id: 'jwt-large',
      title: 'Answers large tokens without a server error',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        '2-kib': { size: 2048 },
        '6-kib': { size: 6144 },
        '12-kib': { size: 12288 },
        '64-kib': { size: 65536 },
      },
      expect: [
        { must: { status: { noneOf: ['5xx'] } }, because: ['rfc9110#5.4-oversized-field-4xx'] },
      ],
      harm: 'A long token brings a worker down, and users with many groups cannot get in.',
      fix: 'Set the limit on field size knowingly, in the proxy as in the server, and answer 431 beyond it.',
    },
    {
      id: 'jwt-very-large',
      title: 'Answers a token of a megabyte without a server error',
      severity: 'low',
      risk: ['heavy'],
      send: { to: 'protected', with: { valid: 'jwt', but: { size: 1048576 } } },
      expect: [
        { must: { status: { noneOf: ['5xx'] } }, because: ['rfc9110#5.4-oversized-field-4xx'] },
      ],
      harm: 'One request brings a worker down.',
      fix: 'Limit the size of fields in the server and answer 431 beyond it.',
    },
    {
      id: 'jwt-deep-claims',
      title: 'Survives claims that are nested deeply',
      severity: 'medium',
      risk: ['heavy'],
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        thousand: { claimsJson: { nested: 1000 } },
        'four-thousand': { claimsJson: { nested: 4000 } },
      },
      expect: [{ should: { orderly: true }, because: ['rfc9110#2.3-parse-defensively'] }],
      harm: 'A parser that calls itself for each level runs out of stack and takes the process along.',
      fix: 'Verify the signature before the claims are parsed, and set a limit on depth.',
    },
    {
      id: 'jwt-costly-password',
      title: 'Refuses a token that asks for two thousand million rounds of hashing',
      severity: 'medium',
      risk: ['heavy'],
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { lookalike: 'jwe-costly-password' } },
      },
      expect: [{ should: { access: 'denied' }, because: ['rfc8725bis#3.13-pbes2-count-limit'] }],
      harm: 'One request keeps a processor busy for minutes.',
      fix: 'Accept signed tokens only, or limit p2c and leave PBES2 out of the algorithms that are allowed.',
    },
    {
      id: 'jwt-compressed-bomb',
      title: 'Refuses a token that would fill the memory when decompressed',
      severity: 'medium',
      risk: ['heavy'],
      send: { to: 'protected', with: { valid: 'jwt', but: { lookalike: 'jwe-zip-bomb' } } },
      expect: [{ should: { access: 'denied' }, because: ['rfc8725bis#3.15-decompression-limit'] }],
      harm: 'A few kilobytes become gigabytes, and the process dies.',
      fix: 'Accept signed tokens only, or refuse zip and limit the size of what is decompressed.',
    },
  ],
}
