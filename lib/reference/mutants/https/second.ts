/** Servers of one service that are not alike. */
import { issue } from '../../../x509/authority.ts'
import { also } from './channels.ts'
import { channel, type HttpsDefect, identity, second } from './types.ts'

const DAY = 86_400_000

const clauses = ['rfc9325#3.9-equivalent-servers'] as const

export const seconds: readonly HttpsDefect[] = [
  {
    id: 'second-speaks-tls-10',
    does: 'Speaks TLS 1.0 and 1.1 at its second address.',
    breaks: 'should',
    clauses,
    change: second(channel({ ...also('ECDHE+AES'), minVersion: 'TLSv1' })),
  },
  {
    id: 'second-without-tls-13',
    does: 'Speaks no TLS 1.3 at its second address.',
    breaks: 'should',
    clauses,
    change: second(channel({ maxVersion: 'TLSv1.2' })),
  },
  {
    id: 'second-suite-null',
    does: 'Takes suites that encrypt nothing at its second address.',
    breaks: 'should',
    clauses,
    change: second(channel(also('ECDHE-ECDSA-NULL-SHA'))),
  },
  {
    id: 'second-certificate-expired',
    does: 'Has renewed its certificate at its first address alone.',
    breaks: 'should',
    clauses,
    change: second(
      identity((by, hosts) =>
        issue(by, hosts, {
          from: new Date(Date.now() - 90 * DAY),
          until: new Date(Date.now() - DAY),
        }),
      ),
    ),
  },
]
