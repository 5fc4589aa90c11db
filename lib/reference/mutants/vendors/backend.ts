/** FreeSewing backends that break a sentence of their documentation. */
import type { BackendPolicy } from '../../freesewing/types.ts'
import { type Reply, valuesOf } from '../../http/types.ts'
import type { Defect, Variation } from '../types.ts'

export type BackendChange = (policy: BackendPolicy) => BackendPolicy

const replace =
  (make: (policy: BackendPolicy) => Partial<BackendPolicy>): BackendChange =>
  (policy) => ({ ...policy, ...make(policy) })

const withoutToken = (reply: Reply): Reply => {
  const { token, ...rest } = JSON.parse(reply.body)
  return { ...reply, body: `${JSON.stringify(rest)}\n` }
}

/** One defect each. */
export const backendDefects: readonly Defect<BackendChange>[] = [
  {
    id: 'freesewing-token-on-key',
    does: 'Takes tokens where the path says key.',
    breaks: 'documented',
    clauses: ['freesewing#S2-03', 'freesewing#S2-05'],
    change: replace(() => ({ takes: ({ kind }) => (kind === 'key' ? ['key', 'jwt'] : [kind]) })),
  },
  {
    id: 'freesewing-key-on-jwt',
    does: 'Takes API keys where the path says jwt.',
    breaks: 'documented',
    clauses: ['freesewing#S2-03', 'freesewing#S2-04'],
    change: replace(() => ({ takes: ({ kind }) => (kind === 'jwt' ? ['jwt', 'key'] : [kind]) })),
  },
  {
    id: 'freesewing-open-whoami',
    does: 'Has one endpoint that forgets to ask for credentials.',
    breaks: 'documented',
    clauses: ['freesewing#S2-01'],
    change: replace(() => ({ guarded: ({ name }) => name !== 'whoami' })),
  },
  {
    id: 'freesewing-whoami-without-keys',
    does: 'Has an endpoint that takes no API key though its path says key.',
    breaks: 'documented',
    clauses: ['freesewing#S2-05'],
    change: replace(({ takes }) => ({
      takes: (endpoint) =>
        endpoint.name === 'whoami' && endpoint.kind === 'key' ? [] : takes(endpoint),
    })),
  },
  {
    id: 'freesewing-whoami-without-tokens',
    does: 'Has an endpoint that takes no token though its path says jwt.',
    breaks: 'documented',
    clauses: ['freesewing#S2-04'],
    change: replace(({ takes }) => ({
      takes: (endpoint) =>
        endpoint.name === 'whoami' && endpoint.kind === 'jwt' ? [] : takes(endpoint),
    })),
  },
  {
    id: 'freesewing-signin-lets-anybody',
    does: 'Gives a token whatever the password.',
    breaks: 'documented',
    clauses: ['freesewing#S2-06'],
    change: replace(() => ({ samePassword: () => true })),
  },
  {
    id: 'freesewing-signin-other-member',
    does: 'Gives out a token that it does not take itself.',
    breaks: 'documented',
    clauses: ['freesewing#S2-07'],
    change: replace(({ signedIn }) => {
      let times = 0
      return {
        signedIn: (policy, username) => {
          times += 1
          const reply = signedIn(policy, username)
          // The first log-in is that of the run itself, which has nothing to test with otherwise.
          return times > 1 ? withoutToken(reply) : reply
        },
      }
    }),
  },
  {
    id: 'freesewing-any-word',
    does: 'Takes a token after any word.',
    breaks: 'documented',
    clauses: ['freesewing#S2-02', 'freesewing#S2-08'],
    change: replace(() => ({ bearer: (value) => /\S+\s+(\S+)/.exec(value)?.[1] })),
  },
  {
    id: 'freesewing-word-unparted',
    does: 'Takes a token that follows the word Bearer without a space.',
    breaks: 'documented',
    clauses: ['freesewing#S2-08'],
    change: replace(({ bearer }) => ({
      bearer: (value) => bearer(value) ?? /^Bearer(\S+)$/.exec(value)?.[1],
    })),
  },
  {
    id: 'freesewing-secret-letter-case',
    does: 'Compares the secret of an API key without regard to letter case.',
    breaks: 'documented',
    clauses: ['freesewing#S2-10'],
    change: replace(({ sameSecret }) => ({
      sameSecret: (given, stored) => sameSecret(given.toLowerCase(), stored.toLowerCase()),
    })),
  },
  {
    id: 'freesewing-session-cookie',
    does: 'Starts a session with each request that is granted.',
    breaks: 'documented',
    clauses: ['freesewing#S2-12'],
    change: replace(() => ({ extra: [['Set-Cookie', 'connect.sid=s%3Ax; Path=/; HttpOnly']] })),
  },
]

/** Backends that differ in what the documentation leaves open. */
export const backendBenign: readonly Variation<BackendChange>[] = [
  {
    id: 'freesewing-benign-created',
    does: 'Answers a log-in with 201, as its reference says.',
    clauses: [],
    change: replace(({ signedIn }) => ({
      signedIn: (policy, username) => ({ ...signedIn(policy, username), status: 201 }),
    })),
  },
]

/** Wrong through and through. */
export const backendUniversal: readonly Variation<BackendChange>[] = [
  {
    id: 'freesewing-dies-of-unknown-keys',
    does: 'Ends its process at a key that it does not know, as the original does.',
    clauses: [],
    change: replace(({ respond }) => ({
      respond: (policy, request) => {
        const [value = ''] = valuesOf(request.fields, 'authorization')
        const [, encoded = ''] = /^\S*Basic\S* (\S+)/i.exec(value) ?? []
        const [key = '', secret = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
        const unknown = key !== '' && secret !== '' && policy.keys.every((one) => one.key !== key)
        const onKey = policy.endpoint(request.target)?.kind === 'key'
        return unknown && onKey
          ? Promise.resolve({ status: 500, fields: [], body: '', instead: 'die' })
          : respond(policy, request)
      },
    })),
  },
]
