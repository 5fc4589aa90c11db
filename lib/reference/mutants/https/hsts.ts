/** Strict-Transport-Security that is wrong, or in the wrong place. */
import type { Reply } from '../../http/types.ts'
import { hsts as usual } from '../../https/policy.ts'
import { withField, without } from '../types.ts'
import { type HttpsChange, type HttpsDefect, overTls, plain } from './types.ts'

const NAME = 'Strict-Transport-Security'

const says = (value: string): HttpsChange =>
  overTls((reply) => withField(without(reply, NAME), NAME, value))

const onlyOn = (status: (status: number) => boolean): HttpsChange =>
  overTls((reply: Reply) => (status(reply.status) ? reply : without(reply, NAME)))

const everywhere = 'rfc6797#7.1-sts-on-secure-responses'
const grammar = 'rfc6797#6.1-sts-grammar'
const age = 'rfc6797#6.1.1-max-age-required'

export const hsts: readonly HttpsDefect[] = [
  {
    id: 'hsts-absent',
    does: 'Sends no Strict-Transport-Security.',
    breaks: 'may',
    clauses: [everywhere],
    change: overTls((reply) => without(reply, NAME)),
  },
  {
    id: 'hsts-commas',
    does: 'Parts the directives of Strict-Transport-Security by commas.',
    breaks: 'must',
    clauses: [grammar],
    change: overTls((reply) =>
      withField(without(reply, NAME), NAME, `max-age=63072000; includeSubDomains, preload`),
    ),
  },
  {
    id: 'hsts-quotes-open',
    does: 'Opens a quoted value in Strict-Transport-Security and does not close it.',
    breaks: 'must',
    clauses: [grammar],
    change: says('max-age=63072000; includeSubDomains; report="'),
  },
  {
    id: 'hsts-twice-in-line',
    does: 'Names includeSubDomains twice.',
    breaks: 'must',
    clauses: ['rfc6797#6.1-directives-once'],
    change: says(`${usual}; includeSubDomains`),
  },
  {
    id: 'hsts-without-max-age',
    does: 'Leaves max-age out of Strict-Transport-Security.',
    breaks: 'must',
    clauses: [age],
    change: says('includeSubDomains'),
  },
  {
    id: 'hsts-max-age-words',
    does: 'Writes max-age in words.',
    breaks: 'must',
    clauses: [age],
    change: says('max-age=two-years; includeSubDomains'),
  },
  {
    id: 'hsts-subdomains-with-value',
    does: 'Gives includeSubDomains a value.',
    breaks: 'must',
    clauses: ['rfc6797#6.1.2-includesubdomains-valueless'],
    change: says('max-age=63072000; includeSubDomains=true'),
  },
  {
    id: 'hsts-two-lines',
    does: 'Sends Strict-Transport-Security in two lines.',
    breaks: 'must',
    clauses: ['rfc6797#7.1-single-sts-field'],
    change: overTls((reply) => withField(reply, NAME, 'max-age=31536000')),
  },
  {
    id: 'hsts-zero',
    does: 'Tells browsers to forget that it wants TLS.',
    breaks: 'may',
    clauses: ['house#hsts-lasts'],
    change: says('max-age=0; includeSubDomains'),
  },
  {
    id: 'hsts-short',
    does: 'Lets Strict-Transport-Security hold for a day.',
    breaks: 'may',
    clauses: ['house#hsts-lasts'],
    change: says('max-age=86400; includeSubDomains'),
  },
  {
    id: 'hsts-without-subdomains',
    does: 'Leaves subdomains out of Strict-Transport-Security.',
    breaks: 'may',
    clauses: ['house#hsts-lasts'],
    change: says('max-age=63072000'),
  },
  {
    id: 'hsts-on-success-only',
    does: 'Sends Strict-Transport-Security with answers of success alone.',
    breaks: 'should',
    clauses: [everywhere],
    change: onlyOn((status) => status < 400),
  },
  {
    id: 'hsts-on-refusals-only',
    does: 'Sends Strict-Transport-Security with refusals alone.',
    breaks: 'should',
    clauses: [everywhere],
    change: onlyOn((status) => status >= 400),
  },
  {
    id: 'hsts-in-cleartext',
    does: 'Sends Strict-Transport-Security without TLS too.',
    breaks: 'must',
    clauses: ['rfc6797#7.2-no-sts-over-http'],
    change: plain(async (request, origin, policy, next) =>
      withField(await next(request, origin, policy), NAME, usual),
    ),
  },
]
