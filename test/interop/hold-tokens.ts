/** The tests that hold for every server that verifies tokens, whatever its record says. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, requestOf } from './bare.ts'
import type { NonPass } from './expected.ts'
import { holdAnswer, holdReports } from './hold.ts'
import { judgeRelayed, type Manner, type Relayed } from './judge.ts'
import { requestFrom, sentIn, withoutTokens, withTokens } from './recorded.ts'
import { makeIssuer } from './tokens.ts'
import { algorithmOf, verifierOf } from './verifiers.ts'

/** The bytes of the request that an entry of a record is about, as another run sent them. */
const bytesFor = ({ report, relay }: Relayed, { result: id, exchange }: NonPass): string => {
  const result = report.results.find((each) => each.id === id)
  const n = result?.exchanges.at(exchange ?? -1)
  return sentIn(
    report.exchanges.find((each) => each.n === n),
    relay,
  )
}

/** True for an entry whose request has a token in it. */
const takesToken = ({ lines, target = '' }: NonPass): boolean =>
  [target, ...lines].some((text) => text.includes('{token}'))

/** A record's request, with the token that a run sent where the record has only `{token}`. */
const filled = (entry: NonPass, relayed: Relayed): NonPass => {
  if (!takesToken(entry)) return entry
  const bytes = bytesFor(relayed, entry)
  const { method, target, hosts, lines, content } = entry
  const recorded = JSON.parse(JSON.stringify({ method, target, hosts, lines, content }))
  const sent = requestFrom(withoutTokens(bytes), relayed.relay.port)
  assert.deepEqual(sent, recorded, entry.result)
  return withTokens(entry, bytes)
}

/** A bare socket gets every answer of a record, with the tokens that a relayed run sent. */
export const holdAnswers = async (
  port: number,
  nonPasses: readonly NonPass[],
  manner: Manner,
): Promise<void> => {
  const only = nonPasses.filter(takesToken).map(({ result }) => result)
  const relayed = await judgeRelayed({ port }, '1', { ...manner, only })
  for (const entry of nonPasses) await holdAnswer(port, filled(entry, relayed))
}

/** Judges a server that verifies tokens, and asks it again for all that its record says. */
export const holdTokensToRecord = async (name: string): Promise<void> => {
  const issuer = await makeIssuer(algorithmOf(name) ?? assert.fail(`${name} takes no tokens.`))
  const { bearer } = issuer.supplied
  const manner = { supplied: issuer.supplied }
  const held = holdReports(name, verifierOf(name, issuer), manner)

  test(`${name}: nothing that fails is critical`, () => {
    const critical = held
      .first()
      .results.filter(({ verdict, severity }) => verdict === 'fail' && severity === 'critical')
    assert.deepEqual(
      critical.map(({ id }) => id),
      [],
    )
  })

  test(`${name}: a bare socket gets every answer of the record`, async () => {
    const { port } = held.running()
    await holdAnswers(port, held.expected.nonPasses, manner)
  })

  test(`${name}: a bare socket is granted and refused as any user would expect`, async () => {
    const { port } = held.running()
    const by = (token: string): Promise<string> =>
      ask(port, requestOf(port, { lines: [`Authorization: Bearer ${token}`] }))
    const [header = '', claims = '', signature = ''] = bearer.split('.')
    const spoilt = `${header}.${claims}.${[...signature].reverse().join('')}`
    assert.match(await by(bearer), /^HTTP\/1\.1 200 /)
    assert.match(await by(spoilt), /^HTTP\/1\.1 401 /)
    assert.match(await ask(port, requestOf(port, { lines: [] })), /^HTTP\/1\.1 401 /)
  })
}
