import type { ClientHello } from '../host/hello.ts'
import type { HostedHello } from '../model/case.ts'
import type { Check } from './check.ts'

const TLS_12 = 0x0303

/** True for one who may come to speak TLS 1.2 or what was before it. */
export function reachesDown({ versions }: ClientHello): boolean {
  return versions.some((version) => version <= TLS_12)
}

interface Look {
  readonly wanted: string
  /** Who of those that said hello it is wanted of. */
  readonly of: (hello: ClientHello) => boolean
  readonly says: (hello: ClientHello) => boolean
}

const looks: Readonly<Record<HostedHello, Look>> = {
  'renegotiation-info': {
    wanted: 'hellos that say renegotiation_info',
    of: reachesDown,
    says: ({ renegotiation }) => renegotiation,
  },
  'sha-256': {
    wanted: 'hellos that take signatures with SHA-256',
    of: () => true,
    says: ({ sha256 }) => sha256,
  },
}

/** What the target said when it came for the hosted key set by https. */
export const hello: Check<HostedHello> = (name, { hellos = [] }) => {
  const { wanted, of, says } = looks[name]
  const looked = hellos.filter(of)
  if (looked.length === 0) {
    return { check: 'hello', wanted, got: 'no hello that could be read', holds: 'unknown' }
  }
  const short = looked.filter((each) => !says(each)).length
  const got = short === 0 ? 'in each hello' : `not in ${short} of ${looked.length}`
  return { check: 'hello', wanted, got, holds: short === 0 }
}
