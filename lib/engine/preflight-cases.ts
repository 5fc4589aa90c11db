import type { CredentialKind, SendCase } from '../model/case.ts'
import type { ClauseId } from '../model/clause.ts'

/** The clause that a served request without valid credentials breaks, by kind of credential. */
export const servedWithout: Readonly<Record<CredentialKind, ClauseId>> = {
  basic: 'rfc7617#2-service-only-when-validated',
  token: 'rfc9110#11.4-401-when-credentials-invalid',
  bearer: 'rfc6750#1.3-token-validated-before-serving',
  jwt: 'rfc6750#1.3-token-validated-before-serving',
}

/** The cases that preflight itself decides; they carry the same evidence as any other. */
export function anonymousRefused(kind: CredentialKind): SendCase {
  return {
    id: 'anonymous-refused',
    title: 'Refuses a request without credentials',
    severity: 'critical',
    send: { to: 'protected', with: 'nothing' },
    expect: [{ must: { access: 'denied' }, because: [servedWithout[kind]] }],
    harm: 'Anyone can read the resource without logging in.',
    fix: 'Put the authentication check before the handler of this URL and make it the default for all methods.',
  }
}

/** A well-formed credential that nobody was given must be refused. */
export function strangerRefused(kind: CredentialKind): SendCase {
  return {
    id: `stranger-refused-${kind}`,
    title: 'Refuses well-formed credentials that nobody was given',
    severity: 'critical',
    send: { to: 'protected', with: { stranger: kind } },
    expect: [{ must: { access: 'denied' }, because: [servedWithout[kind]] }],
    harm: 'Anyone who sends credentials of the right form is let in.',
    fix: 'Look the credentials up and compare the secret; that a field is present proves nothing.',
  }
}

/** What was granted once must not be served to the next, anonymous request. */
export const grantNotCached: SendCase = {
  id: 'grant-not-served-to-others',
  title: 'Serves a granted answer to nobody else',
  severity: 'critical',
  send: { to: 'protected', with: 'nothing' },
  expect: [
    { must: { access: 'denied' }, because: ['rfc9111#3.5-no-shared-reuse-of-authenticated'] },
  ],
  harm: 'After one user has logged in, anyone can read that answer without logging in.',
  fix: 'Let no shared cache keep answers to requests with Authorization: send Cache-Control: private or no-store, and bind no identity to an address or connection.',
}
