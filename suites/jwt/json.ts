import type { Suite } from '../../lib/model/case.ts'

/** JWT: header and claims are JSON, read strictly and once. */
export const jwtJson: Suite = {
  id: 'jwt-json',
  title: 'JWT: header and claims are strict JSON',
  about:
    'Two parts of a service often read the same token with different parsers. What the text allows in one way only, such as a claim that stands twice, has to be read in that way or refused.',
  cases: [
    {
      id: 'jwt-claim-twice',
      title: 'Takes the last of two claims of one name, or refuses both',
      severity: 'medium',
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { claimsJson: { lastMembers: { exp: { $now: -3600 } } } } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7519#4-duplicate-claims', 'rfc7519#4.1.4-exp-past-rejected'],
        },
      ],
      harm: 'The part that verifies and the part that serves see different claims.',
      fix: 'Use a parser that refuses duplicate names, or one that keeps the last; a streaming parser must not stop at the first.',
    },
    {
      id: 'jwt-audience-twice',
      title: 'Takes the last of two audiences, or refuses both',
      severity: 'medium',
      send: {
        to: 'protected',
        with: {
          valid: 'jwt',
          but: { claimsJson: { lastMembers: { aud: 'https://other.example.invalid/' } } },
        },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7519#4-duplicate-claims', 'rfc7519#4.1.3-aud-mismatch-rejected'],
        },
      ],
      harm: 'The part that verifies and the part that serves see different claims.',
      fix: 'Use a parser that refuses duplicate names, or one that keeps the last.',
    },
    {
      id: 'jwt-header-twice',
      title: 'Takes the last of two header members of one name, or refuses both',
      severity: 'medium',
      send: {
        to: 'protected',
        with: { valid: 'jwt', but: { headerJson: { lastMembers: { alg: 'none' } } } },
      },
      expect: [{ must: { access: 'denied' }, because: ['rfc7515#4-duplicate-header-names'] }],
      harm: 'The part that checks the algorithm and the part that uses it see different ones.',
      fix: 'Use a parser that refuses duplicate names, or one that keeps the last.',
    },
    {
      id: 'jwt-claims-no-object',
      title: 'Refuses claims that are no JSON object',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        null: { claimsJson: { is: 'null' } },
        number: { claimsJson: { is: '1' } },
        word: { claimsJson: { is: 'foo' } },
        'in-array': { claimsJson: { wrappedIn: 'array' } },
        'in-string': { claimsJson: { wrappedIn: 'string' } },
      },
      expect: [{ must: { access: 'denied' }, because: ['rfc7519#7.2-claims-json-object-utf8'] }],
      harm: 'Checks of claims that are not there are skipped, or end in an error that takes the process along.',
      fix: 'Check that the parsed claims are an object before any of them is read; null is of type object in JavaScript.',
    },
    {
      id: 'jwt-header-no-object',
      title: 'Refuses a header that is no JSON object',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        null: { headerJson: { is: 'null' } },
        string: { headerJson: { is: '"x"' } },
        'in-array': { headerJson: { wrappedIn: 'array' } },
        'in-string': { headerJson: { wrappedIn: 'string' } },
      },
      expect: [
        { must: { access: 'denied' }, because: ['rfc7515#5.2-header-valid-json-object-utf8'] },
      ],
      harm: 'A verifier that finds no algorithm in the header falls back to one, or ends in an error that nobody catches.',
      fix: 'Check that the parsed header is an object before its members are read.',
    },
    {
      id: 'jwt-claims-malformed',
      title: 'Refuses claims whose JSON is malformed',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        'text-after': { claimsJson: { after: 'x' } },
        'object-after': { claimsJson: { after: '{"admin":true}' } },
        'trailing-comma': { claimsJson: { inside: ',' } },
        'single-quotes': { claimsJson: { written: 'single-quotes' } },
        'not-a-number': { claims: { exp: { $literal: 'NaN' } } },
        infinity: { claims: { exp: { $literal: 'Infinity' } } },
        'leading-zero': { claims: { conformance: { $literal: '01' } } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7519#11-claims-json-strict', 'rfc7519#7.2-claims-json-object-utf8'],
        },
      ],
      harm: 'Two parsers read two different sets of claims from one token; NaN is never in the past.',
      fix: 'Use a strict JSON parser for the whole text; in Python, refuse NaN and Infinity with parse_constant.',
    },
    {
      id: 'jwt-header-malformed',
      title: 'Refuses a header whose JSON is malformed',
      severity: 'medium',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        'text-after': { headerJson: { after: 'x' } },
        'trailing-comma': { headerJson: { inside: ',' } },
        'single-quotes': { headerJson: { written: 'single-quotes' } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7515#10.12-malformed-json-rejected',
            'rfc7515#10.12-trailing-characters-invalid',
            'rfc7515#5.2-header-valid-json-object-utf8',
          ],
        },
      ],
      harm: 'Two parsers read two different headers from one token.',
      fix: 'Use a strict JSON parser for the whole text.',
    },
    {
      id: 'jwt-not-utf8',
      title: 'Refuses header and claims that are not UTF-8',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        claims: { claims: { conformance: { $bytes: 'ff' } } },
        header: { header: { conformance: { $bytes: 'ff' } } },
        'overlong-claims': { claims: { conformance: { $bytes: 'c080' } } },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: [
            'rfc7519#7.2-claims-json-object-utf8',
            'rfc7515#5.2-header-valid-json-object-utf8',
            'rfc8725#3.7-utf8-only',
          ],
        },
      ],
      harm: 'Names that differ become the same where each bad octet is replaced by one sign.',
      fix: 'Decode with new TextDecoder("utf-8", { fatal: true }) or its like; Buffer.toString replaces what it cannot read.',
    },
    {
      id: 'jwt-escaped-name',
      title: 'Knows a claim whose name is written with an escape',
      severity: 'medium',
      send: {
        to: 'protected',
        with: {
          valid: 'jwt',
          // 1 January 2100, in a member that is called nbf once its name is unescaped.
          but: {
            claims: { nbf: { $absent: true } },
            claimsJson: { inside: ',"\\u006ebf":4102444800' },
          },
        },
      },
      expect: [
        {
          must: { access: 'denied' },
          because: ['rfc7519#7.3-string-comparison', 'rfc7519#4.1.5-nbf-future-rejected'],
        },
      ],
      harm: 'A claim that the verifier does not recognise is not checked.',
      fix: 'Look for claims in the parsed object, never in its text.',
    },
    {
      id: 'jwt-json-white-space',
      title: 'Reads header and claims with white space between their parts',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        claims: { claimsJson: { written: 'spaced' } },
        header: { headerJson: { written: 'spaced' } },
      },
      expect: [{ should: { access: 'granted' }, because: ['rfc7519#3-json-whitespace-allowed'] }],
      harm: 'Tokens of issuers that write JSON in another layout are refused.',
      fix: 'Parse the JSON; compare no text and cut none out.',
    },
    {
      id: 'jwt-json-escapes',
      title: 'Reads header and claims whose names are written with escapes',
      severity: 'low',
      send: { to: 'protected', with: { valid: 'jwt' } },
      examples: {
        claims: { claimsJson: { written: 'escaped-names' } },
        header: { headerJson: { written: 'escaped-names' } },
      },
      expect: [
        {
          must: { access: 'granted' },
          because: ['rfc7519#7.3-string-comparison', 'rfc7515#5.3-string-comparison'],
        },
      ],
      harm: 'Tokens of issuers whose JSON writer escapes more than it has to are refused.',
      fix: 'Parse the JSON, and look for names in what was parsed.',
    },
  ],
}
