/** Accounts that may log in and not read the page, treated like strangers or like everybody else. */
import { access, answers, type Defect } from './types.ts'

const inadequate = 'rfc9110#11.4-403-valid-but-inadequate'

export const permission: readonly Defect[] = [
  {
    id: 'unprivileged-401',
    does: 'Answers 401 to an account that may not read the page, as if its password were wrong.',
    breaks: 'should',
    clauses: [inadequate],
    change: answers(({ refused }) => ({
      forbidden: (policy, request) => refused(policy, request, 'wrong-password'),
    })),
  },
  {
    id: 'unprivileged-served',
    does: 'Serves the page to every account, whether it may read it or not.',
    breaks: 'should',
    clauses: [inadequate],
    change: access(() => ({ permits: () => true })),
  },
]
