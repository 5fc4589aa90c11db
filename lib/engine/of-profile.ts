/** What a profile says about requests before any is sent: how grants are told, what is left alone. */
import type { Built } from '../credentials/build.ts'
import { utf8 } from '../credentials/bytes.ts'
import type { Missing } from '../credentials/credential.ts'
import { bytesOfSpans } from '../credentials/spans.ts'
import type { CredentialKind, Send, Suite } from '../model/case.ts'
import type { Profile, Target } from '../model/profile.ts'
import type { Reason } from '../model/report.ts'
import type { Job, RunContext } from './context.ts'
import type { Fingerprint } from './fingerprint.ts'

/** How a granted answer is told on an operation whose profile says so. */
export function statedPrint(
  profile: Profile,
  send: Send,
  kind: CredentialKind | undefined,
): Fingerprint | undefined {
  const binding = profile.operations[send.to]
  const bound = send.but?.boundFor ?? kind
  const operation = binding !== undefined && 'by' in binding ? bound && binding.by[bound] : binding
  const witness = operation?.witness
  if (witness === undefined) return undefined
  return { granted: { witness: 'yes' }, refused: [], tells: ['witness'], witness }
}

/** The suites that concern a profile: those for everybody, and those that it names. */
export function suitesOf(profile: Profile, suites: readonly Suite[]): readonly Suite[] {
  return suites.filter(
    ({ id, byProfile }) => byProfile === undefined || profile.suites?.includes(id) === true,
  )
}

/** The user-ids that a lenient decoder finds in the Authorization fields of a request. */
function usersIn({ request }: Built): readonly string[] {
  return request.fields.flatMap(({ value }) => {
    // However the word is written, a server may look for it anywhere in the value.
    const [, text] = /basic\S*\s+(\S+)/i.exec(bytesOfSpans(value)) ?? []
    if (text === undefined) return []
    const [user = '', ...rest] = Buffer.from(text, 'base64').toString('latin1').split(':')
    return user === '' || rest.join(':') === '' ? [] : [user]
  })
}

function asksForUnknown(target: Target, built: Built): boolean {
  const known = Object.values(target.supplied.accounts).flatMap((account) =>
    account === undefined ? [] : [utf8(account.user)],
  )
  return usersIn(built).some((user) => !known.includes(user))
}

function hasOrigin({ request }: Built): boolean {
  return request.fields.some(({ name }) => bytesOfSpans(name).trim().toLowerCase() === 'origin')
}

/** Why the profile does not have a request sent, if so; `--allow intrusive` sends it all the same. */
function withheldReason(target: Target, built: Built): Reason | undefined {
  const found = target.profile.withholds?.find(({ what }) =>
    what === 'origin' ? hasOrigin(built) : asksForUnknown(target, built),
  )
  if (found === undefined) return undefined
  return {
    code: 'withheld',
    say: `Is only run when allowed: ${found.say}`,
    option: '--allow intrusive',
  }
}

/** Why a change of the user-id says nothing, if so. */
function userIgnored(profile: Profile, { with: what }: Send): Reason | undefined {
  const { ignoresUser } = profile
  if (ignoresUser === undefined || typeof what !== 'object' || !('valid' in what)) return undefined
  if (what.valid !== 'basic' || what.but?.user === undefined) return undefined
  return { code: 'user-ignored', say: ignoresUser }
}

/** Why the profile leaves a case alone, if so; `built` makes a request of the case. */
export function sparedReason(
  { target, options }: Pick<RunContext, 'target' | 'options'>,
  job: Pick<Job, 'steps'>,
  built: (send: Send) => Built | Missing,
): Reason | undefined {
  for (const { send } of job.steps) {
    const ignored = userIgnored(target.profile, send)
    if (ignored !== undefined) return ignored
    const made = built(send)
    const withheld =
      'missing' in made || options.allow.includes('intrusive')
        ? undefined
        : withheldReason(target, made)
    if (withheld !== undefined) return withheld
  }
  return undefined
}
