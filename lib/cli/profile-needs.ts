/** Whether what was supplied is anything that a profile can be judged with. */
import { kindsOffered } from '../credentials/operations.ts'
import type { CredentialKind } from '../model/case.ts'
import type { Profile, Supplied, Target } from '../model/profile.ts'
import { UsageError } from './usage-error.ts'

const options: Readonly<Record<CredentialKind, string>> = {
  basic: '--user NAME:PASSWORD',
  token: '--scheme WORD=SECRET',
  bearer: '--bearer TOKEN',
  jwt: '--signing-key FILE',
}

function optionsOf({ accepts = [], schemes = [], signIn, operations }: Profile): readonly string[] {
  const [scheme] = schemes
  const own = accepts
    .filter((kind) => kind !== 'jwt')
    .map((kind) =>
      kind === 'token' && scheme !== undefined ? `--scheme ${scheme.word}=SECRET` : options[kind],
    )
  const entry = signIn === undefined ? undefined : operations[signIn.operation]
  const account = entry !== undefined && 'account' in entry ? entry.account : undefined
  return account === undefined ? own : [...own, `--account ${account}=NAME:PASSWORD`]
}

function canSignIn({ signIn, operations }: Profile, { accounts }: Supplied): boolean {
  const entry = signIn === undefined ? undefined : operations[signIn.operation]
  const account = entry !== undefined && 'account' in entry ? entry.account : undefined
  return account !== undefined && accounts[account] !== undefined
}

function checkWords({ id, schemes = [] }: Profile, { tokens }: Supplied): void {
  if (schemes.length === 0) return
  const known = schemes.map(({ word }) => word)
  const strange = Object.keys(tokens).find((word) => !known.includes(word))
  if (strange === undefined) return
  throw new UsageError(
    'bad-value',
    `The profile ${id} takes tokens after ${known.join(' or ')}, not after ${strange}.`,
    `Give --scheme ${known[0]}=SECRET.`,
  )
}

/**
 * Throws UsageError where a profile takes none of what was supplied, or can say nothing without
 * credentials because it has another request for each kind of them.
 */
export function checkNeeds(target: Target): void {
  const { profile, supplied } = target
  checkWords(profile, supplied)
  if (kindsOffered(target).length > 0 || canSignIn(profile, supplied)) return
  const { accounts, tokens, bearer } = supplied
  const some = Object.keys(accounts).length + Object.keys(tokens).length > 0 || bearer !== undefined
  const { protected: binding } = profile.operations
  const perKind = binding !== undefined && 'by' in binding
  if (profile.accepts === undefined || !(some || perKind)) return
  throw new UsageError(
    'no-credentials',
    some
      ? `The profile ${profile.id} takes none of the credentials that were given.`
      : `The profile ${profile.id} cannot be judged without credentials.`,
    `Give ${optionsOf(profile).join(' or ')}.`,
  )
}
