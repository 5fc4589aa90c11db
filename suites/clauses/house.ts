import type { Clause } from '../../lib/model/clause.ts'

/** Practices that no text orders; each says whom it protects. */
export const house: readonly Clause[] = [
  {
    id: 'house#secrets-are-not-echoed',
    level: 'should',
    basis: 'house',
    keyword: 'BCP',
    area: 'house',
    where: 'house practice (CWE-201)',
    url: 'https://cwe.mitre.org/data/definitions/201.html',
    says: 'An answer repeats no password and no token of its request, which protects users whose answers are logged, cached or shown.',
    observable: 'with-credentials',
    source: 'text',
    uncounted: true,
  },
  {
    id: 'house#refusals-look-alike',
    level: 'should',
    basis: 'house',
    keyword: 'BCP',
    area: 'house',
    where: 'house practice (CWE-204)',
    url: 'https://cwe.mitre.org/data/definitions/204.html',
    says: 'A refusal looks the same whether the user or the password is wrong, which protects users whose names are worth guessing.',
    observable: 'with-credentials',
    source: 'text',
    uncounted: true,
  },
]
