/** InfluxDBs that break a sentence of their documentation, and relatives that do it otherwise. */
import { jsonReply } from '../../http/write.ts'
import type { InfluxPolicy } from '../../influxdb/types.ts'
import type { Defect, Variation } from '../types.ts'

export type InfluxChange = (policy: InfluxPolicy) => InfluxPolicy

const replace =
  (make: (policy: InfluxPolicy) => Partial<InfluxPolicy>): InfluxChange =>
  (policy) => ({ ...policy, ...make(policy) })

/** Reads otherwise what follows the word Token, and leaves Basic alone. */
const afterWord =
  (read: (policy: InfluxPolicy, rest: string) => string) =>
  (policy: InfluxPolicy): Partial<InfluxPolicy> => ({
    parse: (value) => {
      const given = policy.parse(value)
      return given?.word === 'Token' ? { ...given, rest: read(policy, given.rest) } : given
    },
  })

/** One defect each. */
export const influxDefects: readonly Defect<InfluxChange>[] = [
  {
    id: 'influxdb-token-any-case',
    does: 'Takes the word Token in any letter case, as the open-source server does.',
    breaks: 'documented',
    clauses: ['influxdb#S3-14'],
    change: replace(() => ({ isToken: (word) => word.toLowerCase() === 'token' })),
  },
  {
    id: 'influxdb-two-blanks',
    does: 'Skips every blank after the word.',
    breaks: 'documented',
    clauses: ['influxdb#S3-13'],
    change: replace(({ parse }) => ({
      parse: (value) => parse(value.replace(/^(Token) +/, '$1 ')),
    })),
  },
  {
    id: 'influxdb-tab',
    does: 'Takes a tab for the space after the word.',
    breaks: 'documented',
    clauses: ['influxdb#S3-13'],
    change: replace(({ parse }) => ({
      parse: (value) => parse(value.replace(/^Token\t/, 'Token ')),
    })),
  },
  {
    id: 'influxdb-unparted',
    does: 'Cuts the word off by its length, whether a space follows or not.',
    breaks: 'documented',
    clauses: ['influxdb#S3-13'],
    change: replace(({ parse }) => ({
      parse: (value) => {
        const [, rest] = /^Token([^\s].*)$/.exec(value) ?? []
        return rest === undefined ? parse(value) : { word: 'Token', rest }
      },
    })),
  },
  {
    id: 'influxdb-no-word',
    does: 'Takes a token that stands alone.',
    breaks: 'documented',
    clauses: ['influxdb#S3-13'],
    change: replace(({ parse }) => ({
      parse: (value) => parse(value) ?? { word: 'Token', rest: value },
    })),
  },
  {
    id: 'influxdb-token-prefix',
    does: 'Looks a token up by its first characters.',
    breaks: 'documented',
    clauses: ['influxdb#S3-12', 'influxdb#S3-13'],
    change: replace(
      afterWord(({ token }, rest) =>
        rest.length >= 8 && token.startsWith(rest.slice(0, 8)) && rest.length < token.length
          ? token
          : rest,
      ),
    ),
  },
  {
    id: 'influxdb-token-extended',
    does: 'Compares as many characters as the stored token has.',
    breaks: 'documented',
    clauses: ['influxdb#S3-12', 'influxdb#S3-13'],
    change: replace(afterWord(({ token }, rest) => (rest.startsWith(token) ? token : rest))),
  },
  {
    id: 'influxdb-token-letter-case',
    does: 'Compares tokens without regard to letter case.',
    breaks: 'documented',
    clauses: ['influxdb#S3-12', 'influxdb#S3-13'],
    change: replace(
      afterWord(({ token }, rest) => (rest.toLowerCase() === token.toLowerCase() ? token : rest)),
    ),
  },
  {
    id: 'influxdb-token-empty',
    does: 'Takes the word Token alone.',
    breaks: 'documented',
    clauses: ['influxdb#S3-12', 'influxdb#S3-13'],
    change: replace(({ parse, token }) => ({
      parse: (value) => (value === 'Token' ? { word: value, rest: token } : parse(value)),
    })),
  },
  {
    id: 'influxdb-basic-not-encoded',
    does: 'Reads Basic credentials as they stand where they are no Base64.',
    breaks: 'documented',
    clauses: ['influxdb#S3-03', 'influxdb#S3-04'],
    change: replace(({ decode }) => ({ decode: (rest) => decode(rest) ?? rest })),
  },
  {
    id: 'influxdb-basic-without-colon',
    does: 'Takes whatever ends in a token, where Basic credentials have no colon.',
    breaks: 'documented',
    clauses: ['influxdb#S3-04'],
    change: replace(({ password, token }) => ({
      password: (text) => password(text) ?? (text.endsWith(token) ? token : undefined),
    })),
  },
  {
    id: 'influxdb-basic-password-letter-case',
    does: 'Compares the token in a Basic password without regard to letter case.',
    breaks: 'documented',
    clauses: ['influxdb#S3-07'],
    change: replace(({ password, token }) => ({
      password: (text) => {
        const given = password(text)
        return given?.toLowerCase() === token.toLowerCase() ? token : given
      },
    })),
  },
  {
    id: 'influxdb-signs-in-by-post',
    does: 'Signs in by POST alone, as the open-source server does.',
    breaks: 'may',
    clauses: ['influxdb#S3-08'],
    change: replace(({ respond }) => ({
      respond: (policy, request) =>
        request.method === 'GET' && policy.place(request.target) === 'signin'
          ? Promise.resolve(policy.refuse('refused'))
          : respond(policy, request),
    })),
  },
  {
    id: 'influxdb-authorizations-open',
    does: 'Lists its tokens to everybody.',
    breaks: 'documented',
    clauses: ['influxdb#S3-16'],
    change: replace(({ guarded }) => ({
      guarded: (place) => place !== 'authorizations' && guarded(place),
    })),
  },
  {
    id: 'influxdb-authorizations-missing',
    does: 'Has nothing at the path that its documentation names for tokens.',
    breaks: 'documented',
    clauses: ['influxdb#S3-16'],
    change: replace(({ place }) => ({
      place: (target) => {
        const found = place(target)
        return found === 'authorizations' ? 'none' : found
      },
    })),
  },
]

/** Wrong through and through. */
export const influxUniversal: readonly Variation<InfluxChange>[] = [
  {
    id: 'influxdb-any-token',
    does: 'Takes any text for a token.',
    clauses: [],
    change: replace(() => ({ sameToken: (given) => given !== '' })),
  },
]

/** How relatives of the service answer, where the page leaves it open. */
export const influxBenign: readonly Variation<InfluxChange>[] = [
  {
    id: 'influxdb-benign-malformed-400',
    does: 'Answers 400 to a word that it does not know, as the Core server of version 3 does.',
    clauses: [],
    change: replace(({ refuse }) => ({
      refuse: (verdict) =>
        verdict === 'malformed'
          ? jsonReply(400, { error: 'Authorization header was malformed' })
          : refuse(verdict),
    })),
  },
  {
    id: 'influxdb-benign-bearer',
    does: 'Takes the word Bearer for Token, as every relative of the service does.',
    clauses: [],
    change: replace(({ isToken }) => ({ isToken: (word) => word === 'Bearer' || isToken(word) })),
  },
  {
    id: 'influxdb-benign-basic-everywhere',
    does: 'Takes the token by Basic at every path.',
    clauses: [],
    change: replace(() => ({ takesBasic: () => true })),
  },
]
