/** Redirects from http that do not lead to the same page over TLS. */
import type { Reply, Request } from '../../http/types.ts'
import { type HttpsDefect, plain } from './types.ts'

const to = (location: string, status = 308): Reply => ({
  status,
  fields: [['Location', location]],
  body: 'Moved.\n',
})

const hostOf = (request: Request): string =>
  request.fields.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? ''

export const redirects: readonly HttpsDefect[] = [
  {
    id: 'http-redirects-to-http',
    does: 'Redirects to another http URL.',
    breaks: 'should',
    clauses: ['house#cleartext-leads-to-tls'],
    change: plain((request) => to(`http://${hostOf(request)}/start`)),
  },
  {
    id: 'http-redirects-relative',
    does: 'Redirects with a Location that is relative, and so stays without TLS.',
    breaks: 'should',
    clauses: ['house#cleartext-leads-to-tls'],
    change: plain(() => to('/start')),
  },
  {
    id: 'http-redirects-in-circle',
    does: 'Redirects to the URL that was asked for.',
    breaks: 'should',
    clauses: ['house#cleartext-leads-to-tls'],
    change: plain((request) => {
      const port = /:\d+$/.exec(hostOf(request))?.[0] ?? ''
      return to(`http://localhost${port}${request.target.path}`)
    }),
  },
  {
    id: 'http-redirects-to-another-host',
    does: 'Redirects to https on another host.',
    breaks: 'should',
    clauses: ['house#cleartext-leads-to-tls'],
    change: plain((request) => to(`https://login.example.test${request.target.path}`)),
  },
  {
    id: 'http-redirects-to-host-field',
    does: 'Redirects to https on whatever host the Host field names.',
    breaks: 'should',
    clauses: ['house#host-field-leads-nowhere'],
    change: plain((request, origin) => {
      const host = hostOf(request).replace(/:\d+$/, '')
      const port = host === 'localhost' ? `:${new URL(origin).port}` : ''
      return to(`https://${host}${port}${request.target.path}`)
    }),
  },
  {
    id: 'http-redirects-with-query',
    does: 'Redirects with the whole query, tokens and all.',
    breaks: 'may',
    clauses: ['rfc9110#17.9-no-credentials-in-uris'],
    change: plain((request, origin) => to(origin + request.rawTarget)),
  },
  {
    id: 'http-redirects-for-now',
    does: 'Redirects with 302, which nobody remembers, though it declares HSTS.',
    breaks: 'should',
    clauses: ['rfc6797#7.2-redirect-to-https'],
    change: plain((request, origin) => to(origin + request.target.path, 302)),
  },
]
