/** Two Authorization lines, of which some server somewhere believes each. */
import { checkValue } from '../generic/basic.ts'
import type { Verdict } from '../generic/types.ts'
import { type Request, valuesOf } from '../http/types.ts'
import { access, type Change, type Defect } from './types.ts'

const clauses = ['rfc9110#5.3-duplicate-authorization-lines'] as const

const picks = (pick: (values: readonly string[]) => string | undefined): Change =>
  access(() => ({
    find: (request: Request) => {
      const value = pick(valuesOf(request.fields, 'authorization'))
      return value === undefined ? { refused: 'missing' } : { value }
    },
  }))

export const duplicates: readonly Defect[] = [
  {
    id: 'duplicate-first-wins',
    does: 'Uses the first of several Authorization lines.',
    breaks: 'may',
    clauses,
    change: picks((values) => values[0]),
  },
  {
    id: 'duplicate-last-wins',
    does: 'Uses the last of several Authorization lines.',
    breaks: 'may',
    clauses,
    change: picks((values) => values.at(-1)),
  },
  {
    id: 'duplicate-same-accepted',
    does: 'Does not notice a second Authorization line that repeats the first.',
    breaks: 'may',
    clauses,
    change: access(({ find }) => ({
      find: (request) => {
        const [value, ...more] = valuesOf(request.fields, 'authorization')
        const same = value !== undefined && more.every((other) => other === value)
        return same ? { value } : find(request)
      },
    })),
  },
  {
    id: 'duplicate-any-wins',
    does: 'Lets in whoever sends good credentials in any of several Authorization lines.',
    breaks: 'should',
    clauses,
    change: (policy) => ({
      ...policy,
      authenticate: async (whole, request): Promise<Verdict> => {
        const verdict = await policy.authenticate(whole, request)
        if ('account' in verdict || verdict.refused !== 'duplicate') return verdict
        const values = valuesOf(request.fields, 'authorization')
        const each = values.map((value) => checkValue(whole.access, value))
        return each.find((one) => 'account' in one) ?? verdict
      },
    }),
  },
]
