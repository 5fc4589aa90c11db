import type { ClauseId } from '../../lib/model/clause.ts'

/** Why a clause that shows outside is decided by no case, where that will stay so. */
export const undecided: Readonly<Record<ClauseId, string>> = {
  'rfc7617#2-charset-optional':
    'It is a permission: challenges with a charset and challenges without one follow it alike.',
  'rfc7617#2.2-preemptive-authorization':
    'A server that breaks it grants nothing on a new connection, which preflight reports before any case runs.',
  'rfc9110#5.3-whole-header-section-before-applying':
    'Only a pause within the header section shows it, and the notation has no pauses.',
  'rfc9110#7.4-https-target-over-plaintext':
    'A server behind a gateway that it trusts may serve such a target, and whether it is one cannot be seen.',
  'rfc9110#10.1.1-expect-100-immediate-answer':
    'Only content that is announced and withheld shows it, and the notation sends all of a request at once.',
  'rfc9110#10.1.1-early-final-close-indication':
    'A server that reads on in silence follows it too, and cannot be told from one that closes without a word.',
  'rfc9110#11.3-well-supported-scheme-first':
    'Which schemes are well supported depends on the clients of the day, not on the server.',
  'rfc9110#11.6.1-one-challenge-per-line':
    'Several challenges on one line are right in HTTP, and the advice is about clients that are not.',
}
