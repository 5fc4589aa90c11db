/** What a stand-in's http door can do wrong, and other ways in which it can be right. */
import type { ClauseId, Level } from '../../../model/clause.ts'
import { type Reply, valuesOf } from '../../http/types.ts'
import { jsonReply } from '../../http/write.ts'
import { forbids, type PlainDoor, redirects } from '../../plain.ts'
import type { Defect, Variation } from '../types.ts'

/** Replaces the http door of whatever product. */
export type DoorChange = <P extends { readonly plain?: PlainDoor }>(policy: P) => P

const door =
  (plain: PlainDoor): DoorChange =>
  (policy) => ({ ...policy, plain })

const serves =
  (credentials: RegExp): PlainDoor =>
  async (request, _origin, serve) => {
    const [value = ''] = valuesOf(request.fields, 'authorization')
    if (!credentials.test(value)) return forbids()
    const reply = await serve(request)
    return reply.status < 300 ? reply : forbids()
  }

const asksForPassword = (): Reply =>
  jsonReply(401, { error: 'unauthorized' }, [['WWW-Authenticate', 'Basic realm="Gateway"']])

const asksAlike: PlainDoor = (request, _origin, serve) => {
  const fields = request.fields.filter(([name]) => name.toLowerCase() !== 'authorization')
  return serve({ ...request, fields })
}

const wantsUpgrade = (): Reply =>
  jsonReply(426, { error: 'upgrade-required' }, [
    ['Upgrade', 'TLS/1.2, HTTP/1.1'],
    ['Connection', 'Upgrade'],
  ])

type Wrong = 'takes-credentials' | 'takes-passwords' | 'takes-tokens' | 'asks' | 'asks-alike'

const wrong: Readonly<Record<Wrong, readonly [does: string, plain: PlainDoor]>> = {
  'takes-credentials': [
    'Serves the API without TLS to whoever sends good credentials, and refuses all others.',
    serves(/./),
  ],
  'takes-passwords': [
    'Serves the API without TLS to whoever sends a good password, and refuses all others.',
    serves(/^Basic /),
  ],
  'takes-tokens': [
    'Serves the API without TLS to whoever sends a good token, and refuses all others.',
    serves(/^Bearer /),
  ],
  asks: ['Asks for a password without TLS.', asksForPassword],
  'asks-alike': ['Refuses everybody without TLS as the API refuses the anonymous.', asksAlike],
}

/** Doors that break a product's sentence, each with how loudly that is told. */
export const doorDefects = (
  product: string,
  clause: ClauseId,
  breaks: { readonly [name in Wrong]?: Level },
  /** The variation whose door refuses alike, where the product's usual one does not. */
  besides?: string,
): readonly Defect<DoorChange>[] =>
  (Object.keys(wrong) as Wrong[]).flatMap((name) => {
    const level = breaks[name]
    if (level === undefined) return []
    const [does, plain] = wrong[name]
    return [
      {
        id: `${product}-http-${name}`,
        does,
        breaks: level,
        clauses: [clause],
        ...(besides === undefined ? {} : { besides }),
        change: door(plain),
      },
    ]
  })

type Right = 'shut' | 'redirect' | '403' | '426'

const right: Readonly<Record<Right, readonly [does: string, plain: PlainDoor]>> = {
  shut: ['Has no http door.', 'shut'],
  redirect: ['Redirects everybody without TLS to https.', redirects],
  '403': ['Refuses everybody without TLS with 403.', forbids],
  '426': ['Answers 426 to everybody without TLS.', wantsUpgrade],
}

/** Doors that are right in another way than the product's usual one. */
export const doorBenign = (
  product: string,
  ...names: readonly Right[]
): readonly Variation<DoorChange>[] =>
  names.map((name) => {
    const [does, plain] = right[name]
    return { id: `${product}-benign-http-${name}`, does, clauses: [], change: door(plain) }
  })
