import type { Reason } from '../model/report.ts'
import { isFailedLogin } from '../notation/derive.ts'
import { accountOf } from './budget.ts'
import type { Job, RunContext } from './context.ts'
import { make } from './making.ts'

/** The user of each log-in that a case is expected to fail; undefined where none can be named. */
export type Logins = readonly (string | undefined)[]

/** The log-ins that one execution of a case is expected to fail. */
export function loginsOf(context: RunContext, job: Job): Logins {
  if (context.budget.unlimited) return []
  return job.steps
    .filter((step) => step.role !== 'control' && isFailedLogin(step.send, step.expect ?? []))
    .map(({ send }) => {
      const built = make(context, { send, kind: job.kind, label: job.id, attempt: 1 })
      const user = 'missing' in built ? undefined : built.login?.user
      return user === undefined ? undefined : accountOf(user)
    })
}

/** True if these failures fit the budget beside those that happened and those that are planned. */
export function fits(context: RunContext, logins: Logins, planned: Logins = []): boolean {
  const all = [...planned, ...logins]
  return [...new Set(logins)].every((user) => {
    const own = all.filter((each) => each === user).length
    return context.budget.allows(user, own) && context.budget.allows(undefined, all.length)
  })
}

/** Why a case is not run, or not run again. */
export function overBudget(context: RunContext): Reason {
  return {
    code: 'login-budget',
    say: `Does not fit the budget of failed log-ins: ${context.budget.say}.`,
    option: '--login-budget N',
  }
}
