import type { Case, Line, Send } from '../../lib/model/case.ts'
import type { ClauseId } from '../../lib/model/clause.ts'

/**
 * To the http door beside an https target, or to a target that is on http itself: on this machine
 * that is how one develops, and elsewhere everybody on the way can read along.
 */
const sentOpenly = (valid: 'basic' | 'bearer' | 'any'): Send => ({
  to: 'protected',
  with: { valid },
  but: { over: 'no-tls' },
})

const asked: Send = { to: 'protected', with: 'nothing', but: { over: 'cleartext' } }

/** A case on credentials that come without TLS: what they are, and what is wanted of the answer. */
interface Openly {
  readonly id: string
  readonly what: 'password' | 'token' | 'key or token' | 'token or password'
  readonly valid: 'basic' | 'bearer' | 'any'
  readonly line: (wanted: { readonly access: 'denied' }) => Line
  readonly fix: string
}

const openly = ({ id, what, valid, line, fix }: Openly): Case => ({
  id,
  title: `Grants nothing on a ${what} that comes without TLS`,
  severity: 'high',
  send: sentOpenly(valid),
  expect: [line({ access: 'denied' })],
  harm: 'Whoever is on the way reads it and is that user from then on, and the client never notices.',
  fix,
})

const refuseThere =
  'Refuse without TLS whatever comes, or listen there no more, and change what was sent there.'

/**
 * The self-managed Data API has one port, for https or for http, and its page lets http be used outside
 * of production. So another door is not the product's own, and that somebody asks for a password there
 * is only noted. What is granted there shows that the API itself is behind it: that both methods are
 * used together with HTTPS is said of every deployment, and is broken then.
 */
const askedOfSelfManaged: Case = {
  id: 'singlestore-cleartext-challenge',
  title: 'Asks for no password and no token without TLS',
  severity: 'low',
  send: asked,
  expect: [
    {
      may: { challenge: { noneOf: ['Basic', 'Bearer'] } },
      because: ['singlestore#S0-14'],
    },
  ],
  harm: 'Whoever answers the challenge shows the password to everybody on the way.',
  fix: 'Set https_proxy_port and not http_proxy_port, and let what else listens on this host ask for nothing.',
}

const askedOfHelios: Case = {
  id: 'singlestore-helios-cleartext-challenge',
  title: 'Asks for no password and no token without TLS',
  severity: 'high',
  send: asked,
  expect: [
    {
      documented: { challenge: { noneOf: ['Basic', 'Bearer'] } },
      because: ['singlestore-helios#S1-14'],
    },
  ],
  harm: 'Whoever answers the challenge shows the password to everybody on the way.',
  fix: 'Close the http port of the endpoint, or answer there with a redirect to https or with 403.',
}

/** The Data API of both products: a password, a token, and what is asked for. */
export const dataApiWithoutTls = (id: 'singlestore' | 'singlestore-helios'): readonly Case[] => {
  const sentence: ClauseId = id === 'singlestore' ? 'singlestore#S0-14' : 'singlestore-helios#S1-14'
  const line: Openly['line'] = (documented) => ({ documented, because: [sentence] })
  const fix =
    id === 'singlestore'
      ? 'Set https_proxy_port and not http_proxy_port, and pass nothing on to it that came without TLS.'
      : refuseThere
  return [
    openly({ id: `${id}-cleartext-password`, what: 'password', valid: 'basic', line, fix }),
    openly({ id: `${id}-cleartext-token`, what: 'token', valid: 'bearer', line, fix }),
    id === 'singlestore' ? askedOfSelfManaged : askedOfHelios,
  ]
}

/** FreeSewing's page says "should", so that nothing here is more than a warning. */
export const freesewingWithoutTls: readonly Case[] = [
  openly({
    id: 'freesewing-cleartext-credentials',
    what: 'key or token',
    valid: 'any',
    line: (should) => ({ should, because: ['freesewing#S2-11'] }),
    fix: 'Bind the backend to this machine and let a proxy with TLS be the only way to it.',
  }),
  {
    id: 'freesewing-cleartext-challenge',
    title: 'Asks for no key and no token without TLS',
    severity: 'high',
    send: asked,
    // The backend asks for tokens by a 401 alone.
    expect: [
      {
        should: { status: { noneOf: [401] }, challenge: { noneOf: ['Basic', 'Bearer'] } },
        because: ['freesewing#S2-11'],
      },
    ],
    harm: 'Whoever is asked sends the secret, and everybody on the way reads it.',
    fix: 'Let the proxy redirect to https or refuse with 403, and pass nothing on that came without TLS.',
  },
]

/** InfluxDB's page says "always". */
export const influxdbWithoutTls: readonly Case[] = [
  openly({
    id: 'influxdb-cleartext-credentials',
    what: 'token or password',
    valid: 'any',
    line: (documented) => ({ documented, because: ['influxdb#S3-05'] }),
    fix: refuseThere,
  }),
  {
    id: 'influxdb-cleartext-challenge',
    title: 'Asks for no token and no password without TLS',
    severity: 'high',
    send: asked,
    expect: [
      {
        documented: { challenge: { noneOf: ['Token', 'Basic', 'Bearer'] } },
        because: ['influxdb#S3-05'],
      },
      // Its own 401 has no challenge. One that comes without TLS is most likely the API's, which proves less.
      {
        should: { status: { noneOf: [401] } },
        because: ['influxdb#S3-05'],
        severity: 'medium',
      },
    ],
    harm: 'Whoever is asked sends the token, and everybody on the way reads it.',
    fix: 'Close the http port, or answer there with a redirect to https or with 403.',
  },
]
