import { bearing, letIn, minted, showBearerDifferences } from '../../bearer/ask.test.helper.ts'
import { encoding } from './encoding.ts'

showBearerDifferences(encoding, {
  'jwt-base64-padding-accepted': letIn({ token: (text) => `${text}==` }),
  'jwt-base64-standard-alphabet': letIn({
    claims: { padding: '>>>???' },
    payloadSegment: (text) => text.replaceAll('-', '+').replaceAll('_', '/'),
  }),
  'jwt-base64-foreign-dropped': letIn(
    { token: (text) => `${text.slice(0, -9)}!${text.slice(-9)}` },
    '400',
  ),
  'jwt-base64-blanks-dropped': letIn(
    { token: (text) => `${text.slice(0, -9)} ${text.slice(-9)}` },
    '400',
  ),
  'jwt-base64-dangling-dropped': letIn({
    // Blanks bring the text to whole groups of three octets, so that one symbol more is too many.
    claimsText: (json) => json.replace(/}$/, `${' '.repeat((3 - (json.length % 3)) % 3)}}`),
    payloadSegment: (text) => `${text}A`,
  }),
  'jwt-segments-more-ignored': letIn({ token: (text) => `${text}.AAAA` }),
  'jwt-segments-empty-skipped': {
    send: (server) => [bearing(`.${minted(server)}`), bearing(`${minted(server)}.`)],
    plain: '401 401',
    mutated: '200 200',
  },
  'jwt-segments-sorted': letIn({
    token: (text) => text.replace(/^([^.]+)\.([^.]+)/, '$2.$1'),
  }),
})
