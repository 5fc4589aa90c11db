/** Servers that remember which tokens they have verified, and look them up carelessly. */
import type { Granted } from '../../bearer/types.ts'
import { type BearerChange, type BearerDefect, tokens } from './types.ts'

const validated = 'rfc6750#1.3-token-validated-before-serving'
const integrity = 'rfc6750#5.2-token-integrity'

/** Lets a token pass unverified if it is found, in some way, among those that were good before. */
const remembering = (finds: (known: string, token: string) => boolean): BearerChange =>
  tokens(({ verify }) => {
    const good = new Map<string, Granted>()
    return {
      verify: async (rules, token) => {
        const [, found] = [...good].find(([known]) => finds(known, token)) ?? []
        const verdict = found ?? (await verify(rules, token))
        if (!('refused' in verdict)) good.set(token, verdict)
        return verdict
      },
    }
  })

export const stores: readonly BearerDefect[] = [
  {
    id: 'bearer-token-beginning-accepted',
    does: 'Compares a token with those it has verified for as many characters as were sent.',
    breaks: 'must',
    clauses: [validated, integrity],
    change: remembering((known, token) => known.startsWith(token)),
  },
  {
    id: 'bearer-token-rest-ignored',
    does: 'Compares a token with those it has verified for as many characters as those have.',
    breaks: 'must',
    clauses: [validated, integrity],
    change: remembering((known, token) => token.startsWith(known)),
  },
  {
    id: 'bearer-token-any-case',
    does: 'Looks a token up among those it has verified without regard to letter case.',
    breaks: 'must',
    clauses: ['rfc6750#1.1-names-values-case-sensitive', validated],
    change: remembering((known, token) => known.toLowerCase() === token.toLowerCase()),
  },
]
