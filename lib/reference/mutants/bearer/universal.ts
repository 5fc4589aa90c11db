/** Bearer servers that are wrong through and through. They prove how a run copes. */
import { valuesOf } from '../../http/types.ts'
import { around, type BearerVariation, tokens } from './types.ts'
import { claimsText } from './ways.ts'

const validated = 'rfc6750#1.3-token-validated-before-serving'

export const universalBearer: readonly BearerVariation[] = [
  {
    id: 'bearer-accepts-everyone',
    does: 'Lets in everybody who sends the scheme Bearer with anything after it.',
    clauses: [validated],
    change: tokens(() => ({ verify: async () => ({ claims: { scope: 'read reports' } }) })),
  },
  {
    id: 'bearer-public',
    does: 'Serves the protected pages to everybody.',
    clauses: [validated, 'rfc9110#11.4-401-when-credentials-missing'],
    change: (policy) => ({
      ...policy,
      authenticate: async () => ({ claims: { scope: 'read reports' } }),
    }),
  },
  {
    id: 'bearer-refuses-everyone',
    does: 'Refuses every token.',
    clauses: ['rfc6750#2.1-header-method-supported'],
    change: tokens(() => ({ verify: async () => ({ refused: 'signature' }) })),
  },
  {
    id: 'jwt-signature-unverified',
    does: 'Decodes tokens and believes them without verifying any signature.',
    clauses: ['rfc7515#5.2-signature-must-verify', validated],
    change: tokens(({ keys }) => ({
      keysFor: () => keys,
      allows: () => true,
      signed: () => true,
    })),
  },
  {
    id: 'bearer-dies-on-null-claims',
    does: 'Ends the process on a signed token whose claims are null.',
    clauses: ['rfc9110#2.3-parse-defensively'],
    change: (policy, lab) => {
      const { json } = policy.tokens
      const dying = tokens(() => ({
        json: (text, part) => {
          if (part === 'payload' && text.trim() === 'null') throw new TypeError('null has no exp')
          return json(text, part)
        },
      }))(policy, lab)
      return around(() => async (request, next) => {
        const [value = ''] = valuesOf(request.fields, 'authorization')
        const isNull = claimsText(value).trim() === 'null'
        try {
          return await next(request)
        } catch (error) {
          if (!isNull) throw error
          return { status: 500, fields: [], body: '', instead: 'die' }
        }
      })(dying, lab)
    },
  },
]
