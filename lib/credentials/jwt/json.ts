/** Writes the JSON of a token's header and claims, right or wrong in one known way. */
import { toJwk, toPrivateJwk } from '../../jose/jwk.ts'
import { makeToken, type TokenRecipe } from '../../jose/jwt.ts'
import { type Member, membersOf, withMembers } from '../../jose/members.ts'
import type { JsonChange, MemberValue } from '../../model/case.ts'
import { decodeUtf8 } from '../../text/visible.ts'
import { bytesOf } from '../bytes.ts'
import { changesOf, membersIn, type Part, type Scope } from './values.ts'

/** What a fault says of one of the two JSON texts. */
export interface Written {
  readonly members?: { readonly [member: string]: MemberValue }
  readonly json?: JsonChange
  /** The text of an unused member, to make the JSON longer or its encoding telling. */
  readonly padding?: string
}

/** The octets of header or claims; those of the valid token where nothing is said. */
export function jsonOctets(part: Part, written: Written, scope: Scope): Buffer {
  const { members = {}, json = {}, padding } = written
  if (json.is !== undefined) return framed(replacement(json.is, scope), json)
  const isOriginal =
    Object.keys(members).length === 0 && Object.keys(json).every((name) => FRAMES.includes(name))
  if (isOriginal && padding === undefined) return framed(originalOf(part, scope), json)
  const valid = membersOf(scope.base[part])
  const list = [
    ...membersIn(json.firstMembers ?? {}, part, scope),
    ...withMembers(valid, changesOf(members, part, scope)),
    ...membersIn(json.lastMembers ?? {}, part, scope),
    ...(json.nested === undefined ? [] : [nestedMember(json.nested)]),
    ...(padding === undefined ? [] : [['padding', padding] as const]),
  ]
  return framed(objectText(list, json), json)
}

/** Changes that surround the text and leave its members as they were written. */
const FRAMES: readonly string[] = ['before', 'after', 'wrappedIn']

function originalOf(part: Part, { base }: Scope): Buffer {
  return part === 'header' ? base.headerBytes : base.claimsBytes
}

function framed(text: Buffer, json: JsonChange): Buffer {
  const { before = '', after = '' } = json
  const [first, last] = [before, after].map((each) => Buffer.from(bytesOf(each), 'latin1'))
  return Buffer.concat([first ?? EMPTY, wrapped(text, json.wrappedIn), last ?? EMPTY])
}

const EMPTY = Buffer.alloc(0)

function wrapped(text: Buffer, way: JsonChange['wrappedIn']): Buffer {
  if (way === undefined) return text
  if (way === 'array') return Buffer.concat([Buffer.from('['), text, Buffer.from(']')])
  const latin1 = text.toString('latin1')
  return Buffer.from(JSON.stringify(decodeUtf8(latin1) ?? latin1))
}

/** Octets of our own, or another token in the place of the claims (RFC 7519 §5.2). */
function replacement(is: NonNullable<JsonChange['is']>, scope: Scope): Buffer {
  if (typeof is !== 'object' || !('token' in is)) return Buffer.from(bytesOf(is), 'latin1')
  const { header, signature } = INNER[is.token](scope)
  const claims = { bytes: scope.base.claimsBytes }
  return Buffer.from(makeToken({ header, claims, signature }).token, 'latin1')
}

type Inner = Extract<NonNullable<JsonChange['is']>, { readonly token: string }>['token']

const INNER: Readonly<Record<Inner, (scope: Scope) => Pick<TokenRecipe, 'header' | 'signature'>>> =
  {
    valid: ({ base }) => ({ header: { bytes: base.headerBytes }, signature: base.signature }),
    unsecured: () => ({
      header: { members: membersOf({ alg: 'none' }) },
      signature: { how: 'empty' },
    }),
    'with-own-key': ({ keyring, foreignAlg }) => {
      const key = keyring.foreign(foreignAlg)
      const jwk = key.type === 'secret' ? toPrivateJwk(key) : toJwk(key)
      return {
        header: { members: membersOf({ alg: foreignAlg, jwk }) },
        signature: { how: 'signed', alg: foreignAlg, key },
      }
    },
  }

function nestedMember(depth: number): Member {
  return { name: 'nested', valueText: `${'['.repeat(depth)}${']'.repeat(depth)}` }
}

interface Style {
  readonly open: string
  readonly colon: string
  readonly comma: string
  readonly close: string
}

const PLAIN: Style = { open: '{', colon: ':', comma: ',', close: '}' }
const SPACED: Style = { open: '{\r\n\t', colon: ' : ', comma: ' ,\r\n\t', close: '\r\n}' }

function objectText(list: readonly Member[], json: JsonChange): Buffer {
  const style = json.written === 'spaced' ? SPACED : PLAIN
  const parts = list.map((member) => memberText(member, style, json.written === 'escaped-names'))
  const inner = parts.flatMap((each, at) => (at === 0 ? [each] : [Buffer.from(style.comma), each]))
  const inside = Buffer.from(bytesOf(json.inside ?? ''), 'latin1')
  const text = Buffer.concat([Buffer.from(style.open), ...inner, inside, Buffer.from(style.close)])
  return json.written === 'single-quotes'
    ? Buffer.from(text.toString('latin1').replaceAll('"', "'"), 'latin1')
    : text
}

function memberText(member: Member, { colon }: Style, escaped: boolean): Buffer {
  if ('memberText' in member) return Buffer.from(member.memberText as string)
  const [name, value] =
    'name' in member
      ? [member.name, Buffer.from(member.valueText as string)]
      : [member[0], Buffer.from(JSON.stringify(member[1]))]
  return Buffer.concat([Buffer.from(`${nameText(name, escaped)}${colon}`), value])
}

/** A member name; its first character is written as an escape where that is wanted (RFC 8259 §7). */
function nameText(name: string, escaped: boolean): string {
  if (!escaped || name === '') return JSON.stringify(name)
  const first = name.charCodeAt(0).toString(16).padStart(4, '0')
  return `"\\u${first}${JSON.stringify(name.slice(1)).slice(1)}`
}
