/** Why a case says nothing with the credentials there are. */
import type { CredentialKind } from '../model/case.ts'
import type { Reason } from '../model/report.ts'
import type { Job } from './context.ts'

const HELPS: Readonly<Record<CredentialKind, string>> = {
  basic:
    'other credentials would show it (a longer password, or one with letters of both cases, or one whose Base64 has "+", "/" or "=")',
  token: 'another token would show it',
  bearer: 'another token would show it',
  jwt: 'another token would show it, or a signing key of another type',
}

/** The reason to leave a case whose fault leaves its request as it is. */
export function nothingChanged(job: Job): Reason {
  return {
    code: 'fault-changes-nothing',
    say: `With the credentials supplied, the fault leaves the request as it is, so nothing would be tested; ${HELPS[job.kind ?? 'basic']}.`,
  }
}
