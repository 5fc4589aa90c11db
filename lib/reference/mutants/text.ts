/** Wrong ways of turning the bytes of user-pass into characters. */
import { access, type Defect, refusals, serverError } from './types.ts'

const utf8User = 'rfc7617#2.1-utf8-userid-supported'
const utf8Password = 'rfc7617#2.1-utf8-password-supported'

const asUtf8 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8')

const isAscii = (bytes: string): boolean => /^[\x00-\x7f]*$/.test(bytes)

export const text: readonly Defect[] = [
  {
    id: 'utf8-refused',
    does: 'Announces UTF-8 and refuses every user-id and password beyond ASCII.',
    breaks: 'must',
    clauses: [utf8User, utf8Password],
    change: access((rules) => ({
      text: (bytes) => (isAscii(bytes) ? rules.text(bytes) : undefined),
    })),
  },
  {
    id: 'latin1-decoded',
    does: 'Announces UTF-8 and reads user-id and password as Latin-1.',
    breaks: 'must',
    clauses: [utf8User, utf8Password],
    change: access(() => ({ text: (bytes) => bytes })),
  },
  {
    id: 'utf8-decomposed-expected',
    does: 'Keeps names in decomposed form and compares without normalizing what is sent.',
    breaks: 'must',
    clauses: ['rfc7617#2.1-nfc-expected', utf8User],
    change: access(({ sameUser }) => ({
      sameUser: (given, stored) => sameUser(given, stored.normalize('NFD')),
    })),
  },
  {
    id: 'utf8-decomposed-accepted',
    does: 'Composes letters before it compares, so that decomposed spellings pass.',
    breaks: 'may',
    clauses: ['rfc7617#2.1-nfc-expected'],
    change: access(({ text }) => ({ text: (bytes) => text(bytes)?.normalize('NFC') })),
  },
  {
    id: 'invalid-utf8-dropped',
    does: 'Drops bytes that are not UTF-8 and accepts what is left.',
    breaks: 'must',
    clauses: ['rfc7617#4-invalid-utf8-handled', 'rfc7617#2-service-only-when-validated'],
    change: access(() => ({ text: (bytes) => asUtf8(bytes).replaceAll('\ufffd', '') })),
  },
  {
    id: 'invalid-utf8-500',
    does: 'Answers 500 to credentials that are not UTF-8.',
    breaks: 'should',
    clauses: ['rfc7617#4-invalid-utf8-handled'],
    change: refusals((reply, _request, reason) => (reason === 'not-text' ? serverError : reply)),
  },
]
