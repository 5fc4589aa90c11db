import type { ClauseId } from '../../lib/model/clause.ts'

/** Why a clause that shows outside is decided by no case, where that will stay so. */
export const undecided: Readonly<Record<ClauseId, string>> = {
  'rfc7617#2-charset-optional':
    'It is a permission: challenges with a charset and challenges without one follow it alike.',
  'rfc9110#17.16.1-secured-connection-before-credentials':
    'In cleartext every exchange breaks it, which the scheme of the URL says before any is sent.',
}
