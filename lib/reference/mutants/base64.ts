/** Lax and broken ways of decoding Base64. */
import { decodeSymbols } from '../generic/basic.ts'
import { access, type Defect } from './types.ts'

/** Adds the padding that a text of whole quanta would have. */
const padded = (text: string): string => text.padEnd(Math.ceil(text.length / 4) * 4, '=')

const isSymbols = (text: string): boolean => /^[A-Za-z0-9+/]+$/.test(text)

export const base64: readonly Defect[] = [
  {
    id: 'base64-missing-padding-accepted',
    does: 'Accepts credentials whose padding was left out.',
    breaks: 'should',
    clauses: ['rfc4648#3.2-padding-required'],
    change: access(({ decode }) => ({
      decode: (rest) => decode(rest.includes('=') ? rest : padded(rest)),
    })),
  },
  {
    id: 'base64-excess-padding-accepted',
    does: 'Accepts credentials with more padding than their length calls for.',
    breaks: 'may',
    clauses: ['rfc4648#3.3-excess-padding'],
    change: access(({ decode }) => ({
      decode: (rest) => {
        const [, symbols = '', padding = ''] = /^([^=]*)(=*)$/.exec(rest) ?? []
        const fair = padded(symbols)
        return decode(symbols.length + padding.length > fair.length ? fair : rest)
      },
    })),
  },
  {
    id: 'base64-trailing-bits-accepted',
    does: 'Ignores the unused bits of the last Base64 symbol.',
    breaks: 'may',
    clauses: ['rfc4648#3.5-nonzero-pad-bits'],
    change: access(({ decode }) => ({
      decode: (rest) => {
        const symbols = rest.replace(/={1,2}$/, '')
        return rest.length % 4 === 0 && isSymbols(symbols) ? decodeSymbols(symbols) : decode(rest)
      },
    })),
  },
  {
    id: 'base64-url-safe-accepted',
    does: 'Takes - and _ for + and / when it decodes credentials.',
    breaks: 'must',
    softened: true,
    clauses: ['rfc4648#3.3-reject-url-safe-alphabet'],
    change: access(({ decode }) => ({
      decode: (rest) => decode(rest.replaceAll('-', '+').replaceAll('_', '/')),
    })),
  },
  {
    id: 'base64-blanks-skipped',
    does: 'Skips blanks and tabs inside the Base64 of credentials.',
    breaks: 'must',
    softened: true,
    clauses: ['rfc4648#3.3-reject-embedded-whitespace'],
    change: access(({ decode }) => ({ decode: (rest) => decode(rest.replace(/[ \t]/g, '')) })),
  },
  {
    id: 'base64-foreign-characters-skipped',
    does: 'Skips punctuation that is not in the Base64 alphabet.',
    breaks: 'must',
    softened: true,
    clauses: ['rfc4648#3.3-reject-non-alphabet'],
    change: access(({ decode }) => ({
      decode: (rest) => decode(rest.replace(/[!#$%&'()*.:;<>?@[\]^`{|}~\\]/g, '')),
    })),
  },
  {
    id: 'base64-inner-padding-skipped',
    does: 'Skips padding characters that stand inside the data.',
    breaks: 'should',
    clauses: ['rfc4648#3.3-pad-inside-data'],
    change: access(({ decode }) => ({ decode: (rest) => decode(rest.replace(/=+(?!=*$)/g, '')) })),
  },
  {
    id: 'base64-after-padding-ignored',
    does: 'Stops at the first padding and ignores whatever Base64 follows it.',
    breaks: 'should',
    clauses: ['rfc4648#3.3-pad-inside-data'],
    change: access(({ decode }) => ({
      decode: (rest) => decode(/^([A-Za-z0-9+/]+={1,2})[A-Za-z0-9+/]/.exec(rest)?.[1] ?? rest),
    })),
  },
  {
    id: 'base64-pieces-joined',
    does: 'Decodes every padded piece of Base64 for itself and joins what comes out.',
    breaks: 'should',
    clauses: ['rfc4648#3.3-pad-inside-data'],
    change: access(({ decode }) => ({
      decode: (rest) => {
        const pieces = rest.match(/[^=]+=*/g) ?? []
        const decoded = pieces.map((piece) => decode(piece))
        return decoded.includes(undefined) ? decode(rest) : decoded.join('')
      },
    })),
  },
  {
    id: 'base64-lone-symbol-dropped',
    does: 'Drops a last Base64 symbol that belongs to no byte.',
    breaks: 'should',
    clauses: ['rfc4648#4-impossible-length'],
    change: access(({ decode }) => ({
      decode: (rest) => decode(isSymbols(rest) && rest.length % 4 === 1 ? rest.slice(0, -1) : rest),
    })),
  },
  {
    id: 'base64-decoded-twice',
    does: 'Decodes credentials a second time when the first time gave no colon.',
    breaks: 'must',
    clauses: ['rfc7617#2-service-only-when-validated', 'rfc7617#2-missing-colon-rejected'],
    change: access(({ decode }) => ({
      decode: (rest) => {
        const once = decode(rest)
        return once?.includes(':') === false ? (decode(once) ?? once) : once
      },
    })),
  },
  {
    id: 'base64-left-out-accepted',
    does: 'Accepts user:password that was never encoded.',
    breaks: 'must',
    softened: true,
    clauses: ['rfc7617#2-base64-standard-alphabet', 'rfc4648#3.3-reject-non-alphabet'],
    change: access(({ decode }) => ({
      decode: (rest) => (rest.includes(':') ? rest : decode(rest)),
    })),
  },
  {
    id: 'base64-plus-becomes-blank',
    does: 'Treats credentials like form data, so that a plus becomes a blank and is refused.',
    breaks: 'must',
    clauses: ['rfc7617#2-base64-standard-alphabet'],
    change: access(({ decode }) => ({ decode: (rest) => decode(rest.replaceAll('+', ' ')) })),
  },
  {
    id: 'base64-any-case-accepted',
    does: 'Remembers good credentials under their lower-case Base64, so that any letter case will do.',
    breaks: 'must',
    clauses: ['rfc7617#2-service-only-when-validated'],
    change: access((rules) => {
      const known = new Map(
        rules.accounts.map(({ user, password }) => {
          const bytes = Buffer.from(`${user}:${password}`, 'utf8')
          return [bytes.toString('base64').toLowerCase(), bytes.toString('latin1')]
        }),
      )
      return { decode: (rest) => known.get(rest.toLowerCase()) ?? rules.decode(rest) }
    }),
  },
  {
    id: 'base64-lone-symbol-500',
    does: 'Answers 500 to Base64 whose last symbol belongs to no byte.',
    breaks: 'should',
    clauses: ['rfc4648#12-no-covert-channel-or-crash'],
    change: access(({ decode }) => ({
      decode: (rest) => {
        if (isSymbols(rest) && rest.length % 4 === 1) throw new Error('One symbol is left over.')
        return decode(rest)
      },
    })),
  },
]
