/** Makes tokens of every kind for the tests of the bearer server, and shows what mutants differ in. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { get, type Row, shown } from '../ask.test.helper.ts'
import { type BearerReference, bearerMutants, type KeyAlgorithm, startReference } from '../start.ts'
import { makeSignature } from './algorithms.ts'

/** How a token differs from one that the issuer would make now. */
export interface Making {
  /** Laid over the issuer's; undefined takes a member out. */
  readonly header?: Readonly<Record<string, unknown>>
  readonly claims?: Readonly<Record<string, unknown>>
  /** Changes the JSON text, whose characters stand for octets. */
  readonly headerText?: (json: string) => string
  readonly claimsText?: (json: string) => string
  /** Changes the encoded text before it is signed. */
  readonly headerSegment?: (text: string) => string
  readonly payloadSegment?: (text: string) => string
  /** What the trusted key signs with; its own algorithm unless told. */
  readonly signedWith?: string
  /** Instead of a signature by the trusted key. */
  readonly sign?: (input: Buffer, server: BearerReference) => Uint8Array
  /** Changes the octets of the signature. */
  readonly signature?: (bytes: Buffer) => Uint8Array
  /** Changes the whole token. */
  readonly token?: (text: string) => string
}

const same = <T>(value: T): T => value

const latin1 = (value: object): string =>
  Buffer.from(JSON.stringify(value), 'utf8').toString('latin1')

const encoded = (text: string): string => Buffer.from(text, 'latin1').toString('base64url')

/** Text in base64url to the value of its JSON. */
export const decoded = (segment: string | undefined): Record<string, unknown> =>
  JSON.parse(Buffer.from(segment ?? '', 'base64url').toString('utf8'))

/** Seconds since 1970, shifted. */
export const now = (shift = 0): number => Math.floor(Date.now() / 1000) + shift

/** A token of this making. */
export const minted = (server: BearerReference, making: Making = {}): string => {
  const { signingKey } = server
  const { headerText = same, claimsText = same, signature = same, token = same } = making
  const { headerSegment = same, payloadSegment = same } = making
  const { signedWith = signingKey.alg } = making
  const [head, payload] = server.issue().split('.')
  const header = headerText(latin1({ ...decoded(head), ...making.header }))
  const claims = claimsText(latin1({ ...decoded(payload), ...making.claims }))
  const text = `${headerSegment(encoded(header))}.${payloadSegment(encoded(claims))}`
  const input = Buffer.from(text, 'latin1')
  const made = making.sign
    ? making.sign(input, server)
    : makeSignature(signedWith, signingKey.privateKey, input)
  return token(`${text}.${Buffer.from(signature(Buffer.from(made))).toString('base64url')}`)
}

/** The protected page asked for with a token. */
export const bearing = (token: string): string => get(`Authorization: Bearer ${token}`)

/** The protected page asked for with a token of this making. */
export const asking =
  (making: Making) =>
  (server: BearerReference): string =>
    bearing(minted(server, making))

/** A row whose requests need the server's keys. */
export interface BearerRow extends Omit<Row, 'send'> {
  readonly send: (server: BearerReference) => Row['send']
  /** Takes out of what is seen what differs from server to server. */
  readonly tidy?: (seen: string) => string
}

/** A token that the conforming server refuses and the mutant takes. */
export const letIn = (making: Making, plain = '401'): BearerRow => ({
  send: asking(making),
  plain,
  mutated: '200',
})

/** A token that the conforming server takes and the mutant refuses. */
export const keptOut = (making: Making): BearerRow => ({
  send: asking(making),
  plain: '200',
  mutated: '401',
})

/** Runs something against a bearer server and closes it whatever happens. */
export const withBearer = async <T>(
  options: { readonly mutant?: string; readonly keys?: readonly KeyAlgorithm[] },
  use: (server: BearerReference) => Promise<T>,
): Promise<T> => {
  const server = await startReference({ system: 'bearer', refusalDelay: 40, ...options })
  try {
    return await use(server)
  } finally {
    await server.close()
  }
}

/** What a row shows of a bearer server. */
export const seen = async (server: BearerReference, row: BearerRow): Promise<string> => {
  const { tidy = same } = row
  return tidy(await shown(server, { ...row, send: row.send(server) }))
}

/** One test per mutant: the conforming server shows one thing, the mutant another. */
export const showBearerDifferences = (
  family: readonly { readonly id: string }[],
  rows: Readonly<Record<string, BearerRow>>,
): void => {
  test('has a request for every mutant', () => {
    assert.deepEqual(Object.keys(rows).sort(), family.map(({ id }) => id).sort())
  })
  for (const [id, row] of Object.entries(rows)) {
    const { keys } = bearerMutants.find((mutant) => mutant.id === id) ?? {}
    test(`${id} differs on the wire`, async () => {
      const plain = await withBearer(keys ? { keys } : {}, (server) => seen(server, row))
      const mutated = await withBearer({ mutant: id }, (server) => seen(server, row))
      assert.deepEqual({ plain, mutated }, { plain: row.plain, mutated: row.mutated })
      assert.notEqual(row.plain, row.mutated)
    })
  }
}
