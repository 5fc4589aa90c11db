/** Data APIs that break a sentence of their documentation. */
import { member } from '../../bearer/json.ts'
import { splitUserPass } from '../../generic/basic.ts'
import type { Defect, Variation } from '../types.ts'
import { breaking, type DataApiChange, type Product, replace } from './data-api-ways.ts'

/** The defects of one product. */
export const dataApiDefects = (product: Product): readonly Defect<DataApiChange>[] => {
  const breaks = breaking(product)
  return [
    {
      id: `${product}-any-method`,
      does: 'Takes a token after any word, whatever method it names.',
      ...breaks('01', '09'),
      change: replace(({ isBasic }) => ({ isBearer: (method) => !isBasic(method) })),
    },
    {
      id: `${product}-any-method-for-password`,
      does: 'Takes a user name and password after any word but Bearer.',
      ...breaks('01', '09'),
      change: replace(({ isBearer }) => ({ isBasic: (method) => !isBearer(method) })),
    },
    {
      id: `${product}-password-by-bearer`,
      does: 'Takes an encoded user name and password after Bearer too.',
      ...breaks('10'),
      breaks: 'should',
      change: replace(({ bearer }) => ({
        bearer: (policy, info) =>
          info.includes('.') ? bearer(policy, info) : policy.basic(policy, info),
      })),
    },
    {
      id: `${product}-token-encoded-again`,
      does: 'Takes a token after Bearer in Base64 too.',
      ...breaks('10'),
      breaks: 'may',
      change: replace(({ bearer, decode }) => ({
        bearer: (policy, info) => bearer(policy, decode(info) ?? info),
      })),
    },
    {
      id: `${product}-method-unparted`,
      does: 'Cuts the method off by its length, whether a space follows or not.',
      ...breaks('09'),
      change: replace(({ parse }) => ({
        parse: (value) => {
          const [, method, info] = /^(Basic|Bearer)(\S+)$/i.exec(value) ?? []
          return method && info ? { method, info } : parse(value)
        },
      })),
    },
    {
      id: `${product}-plain-password`,
      does: 'Reads credentials as they stand where they are no Base64.',
      ...breaks('10'),
      change: replace(({ decode }) => ({
        decode: (info) => decode(info) ?? (splitUserPass(info) ? info : undefined),
      })),
    },
    {
      id: `${product}-unsecured-token`,
      does: 'Takes a token that says of itself that it has no signature.',
      ...breaks('04'),
      change: replace(({ bearer, tokenUsers }) => ({
        bearer: (policy, token) => {
          const [header = '', payload = '', signature] = token.split('.')
          const read = (text: string): unknown => {
            try {
              return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
            } catch {
              return undefined
            }
          }
          const [head, claims] = [read(header), read(payload)]
          const isObject = (value: unknown): value is Record<string, string> =>
            typeof value === 'object' && value !== null
          if (isObject(head) && isObject(claims) && signature === '') {
            const user = String(member(claims, 'sub'))
            if (String(head.alg).toLowerCase() === 'none' && tokenUsers.includes(user)) {
              return { user }
            }
          }
          return bearer(policy, token)
        },
      })),
    },
    {
      id: `${product}-setup-by-get`,
      does: 'Fetches the key set for a GET as well.',
      ...breaks('07'),
      change: replace(({ methods, respond }) => ({
        methods: (place) => (place === 'setup' ? ['POST', 'GET'] : methods(place)),
        respond: async (policy, request) => {
          const reply = await respond(policy, request)
          const asked = policy.place(request.target) === 'setup' && request.method === 'GET'
          return asked && reply.status === 200 ? { ...reply, body: '' } : reply
        },
      })),
    },
    {
      id: `${product}-setup-open`,
      does: 'Fetches the key set for anybody who asks.',
      ...breaks('08'),
      change: replace(({ guarded }) => ({
        guarded: (place) => place !== 'setup' && guarded(place),
      })),
    },
    {
      id: `${product}-setup-missing`,
      does: 'Has nothing at the path that its documentation names for key sets.',
      ...breaks('06'),
      change: replace(({ place }) => ({
        place: (target) => {
          const found = place(target)
          return found === 'setup' ? 'none' : found
        },
      })),
    },
    {
      id: `${product}-setup-other-method`,
      does: 'Fetches the key set for a PUT and for nothing else.',
      ...breaks('07'),
      change: replace(({ methods }) => ({
        methods: (place) => (place === 'setup' ? ['PUT'] : methods(place)),
      })),
    },
    {
      id: `${product}-anonymous-403`,
      does: 'Answers 403 to whoever sends no credentials.',
      ...breaks('12'),
      change: replace(({ status }) => ({
        status: (reason) => (reason === 'missing' ? 403 : status(reason)),
      })),
    },
    {
      id: `${product}-no-challenge`,
      does: 'Sends no challenge to whoever sends no credentials.',
      ...breaks('13'),
      change: replace(({ challenges }) => ({
        challenges: (policy, reason) => (reason === 'missing' ? [] : challenges(policy, reason)),
      })),
    },
    {
      id: `${product}-negotiate-only`,
      does: 'Names a method in its challenge to the anonymous that it does not take.',
      ...breaks('13'),
      change: replace(({ challenges }) => ({
        challenges: (policy, reason) =>
          reason === 'missing' ? ['Negotiate'] : challenges(policy, reason),
      })),
    },
  ]
}

/** Data APIs that differ in what the documentation leaves open. */
export const dataApiBenign = (product: Product): readonly Variation<DataApiChange>[] => [
  {
    id: `${product}-benign-public-spec`,
    does: 'Shows its OpenAPI document to everybody.',
    clauses: [],
    change: replace(({ guarded }) => ({ guarded: (place) => place !== 'spec' && guarded(place) })),
  },
  {
    id: `${product}-benign-basic-challenge`,
    does: 'Names Basic alone in its challenge, though it takes tokens too.',
    clauses: [],
    change: replace(({ challenges }) => ({
      challenges: (policy, reason) => challenges(policy, reason).slice(0, 1),
    })),
  },
]
