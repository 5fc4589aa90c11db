import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Clause } from '../../lib/model/clause.ts'
import { aliases } from '../../suites/clauses/aliases.ts'
import { clauses } from '../../suites/clauses/index.ts'
import { undecided } from '../../suites/clauses/undecided.ts'
import { decided } from '../../suites/proof.ts'

const idShape = /^(rfc\d+(?:bis)?)#((?:\d+\.)*\d+)-[a-z0-9]+(?:-[a-z0-9]+)*$/

/** The clauses of the inventory: what vendors document and what the house asks for is counted apart. */
const inventory: readonly Clause[] = clauses.filter(
  ({ basis }) => basis !== 'documented' && basis !== 'house',
)

function parts(id: string): { document: string; section: string } {
  const [, document, section] = idShape.exec(id) ?? []
  assert.ok(document !== undefined && section !== undefined, `malformed id ${id}`)
  return { document, section }
}

function tally(values: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) {
    counts[value] = (counts[value] ?? 0) + 1
  }
  return counts
}

/** How a document is cited and linked: two of them were read as drafts only, one is a draft still. */
function citation(document: string, section: string): { where: string; url: string } {
  if (document === 'rfc8725bis') {
    const draft = 'draft-ietf-oauth-rfc8725bis'
    return { where: `${draft} §${section}`, url: `https://datatracker.ietf.org/doc/${draft}/` }
  }
  const drafted = document === 'rfc9700' || document === 'rfc9728' ? ' (draft)' : ''
  return {
    where: `RFC ${document.slice('rfc'.length)}${drafted} §${section}`,
    url: `https://www.rfc-editor.org/rfc/${document}.html#section-${section}`,
  }
}

function isOneSentence(text: string): boolean {
  return /^[A-Z].*[^.]\.$/.test(text) && !/[.!?;\n]\s/.test(text) && text.length <= 220
}

test('states every clause once, under a well-formed id', () => {
  const ids = clauses.map(({ id }) => id)
  assert.equal(new Set(ids).size, ids.length)
  assert.equal(new Set(ids.map((id) => id.toLowerCase())).size, ids.length)
  assert.equal(new Set(clauses.map(({ says }) => says)).size, clauses.length)
  for (const { id } of inventory) {
    assert.match(id, idShape)
  }
})

test('holds the whole inventory, and counts all of it but drafts and Digest', () => {
  assert.equal(inventory.length, 478)
  assert.equal(inventory.filter(({ uncounted }) => uncounted !== true).length, 436)
  assert.deepEqual(tally(inventory.map(({ area }) => area)), {
    core: 114,
    'digest-optional': 36,
    draft: 6,
    https: 11,
    jwks: 38,
    jwt: 135,
    'oauth-bcp': 7,
    'oauth-bearer': 47,
    'oauth-jwt-at-9068': 11,
    'oauth-metadata': 12,
    'opt-in-intrusive': 8,
    tls: 53,
  })
  for (const { id, area, uncounted } of inventory) {
    assert.equal(uncounted, area === 'draft' || area === 'digest-optional' ? true : undefined, id)
  }
})

test('spreads over the documents, keywords and observabilities of the inventory', () => {
  assert.deepEqual(tally(inventory.map(({ id }) => parts(id).document)), {
    rfc4648: 9,
    rfc6585: 6,
    rfc6750: 47,
    rfc6797: 11,
    rfc7515: 40,
    rfc7517: 30,
    rfc7518: 25,
    rfc7519: 37,
    rfc7616: 30,
    rfc7617: 25,
    rfc7638: 4,
    rfc7797: 3,
    rfc8037: 8,
    rfc8725: 25,
    rfc8725bis: 6,
    rfc9068: 11,
    rfc9110: 73,
    rfc9111: 4,
    rfc9112: 12,
    rfc9325: 53,
    rfc9700: 7,
    rfc9728: 12,
  })
  assert.deepEqual(tally(inventory.map(({ keyword }) => keyword)), {
    MUST: 237,
    'MUST NOT': 47,
    SHOULD: 69,
    'SHOULD NOT': 20,
    MAY: 24,
    BCP: 81,
  })
  assert.equal(inventory.filter(({ observable }) => observable !== 'no').length, 422)
})

test('cites section and address in agreement with the id', () => {
  for (const { id, where, url } of inventory) {
    const { document, section } = parts(id)
    assert.deepEqual({ where, url }, citation(document, section), id)
  }
})

test('takes the level from the keyword and never calls guidance a MUST', () => {
  const levels: Readonly<Record<string, string>> = {
    MUST: 'must',
    'MUST NOT': 'must',
    SHOULD: 'should',
    'SHOULD NOT': 'should',
    BCP: 'should',
    MAY: 'may',
  }
  for (const { id, level, keyword, basis } of inventory) {
    assert.equal(level, levels[keyword], id)
    assert.equal(basis === 'guidance', keyword === 'BCP', id)
  }
})

test('marks as read in a draft exactly what was', () => {
  const drafts = new Set(['rfc8725bis', 'rfc9700', 'rfc9728'])
  for (const { id, source } of inventory) {
    assert.equal(source, drafts.has(parts(id).document) ? 'draft' : 'text', id)
  }
})

test('says each clause in one sentence of our own, without the keywords of the text', () => {
  for (const { id, says } of clauses) {
    assert.ok(isOneSentence(says), `${id}: ${says}`)
    assert.doesNotMatch(says, /\b(?:MUST|SHOULD|SHALL|MAY)\b|\b(?:must|should)\b(?!-)/, id)
  }
})

test('explains why a clause is unobservable, and only then', () => {
  for (const { id, observable, unobservable } of clauses) {
    assert.equal(unobservable !== undefined, observable === 'no', id)
    assert.ok(unobservable === undefined || isOneSentence(unobservable), id)
  }
})

test('says why a clause stays undecided of clauses that show outside and are not decided', () => {
  const shows = new Set<string>(
    clauses.filter(({ observable }) => observable !== 'no').map(({ id }) => id),
  )
  for (const [id, why] of Object.entries(undecided)) {
    assert.ok(shows.has(id), id)
    assert.ok(!Object.hasOwn(decided, id), `${id} is decided`)
    assert.ok(isOneSentence(why), `${id}: ${why}`)
  }
})

test('gives house practices no weight of a text', () => {
  const own = clauses.filter(({ basis }) => basis === 'house')
  assert.ok(own.length > 0)
  for (const { id, level, uncounted, says, area } of own) {
    assert.match(id, /^house#[a-z]+(?:-[a-z]+)*$/)
    assert.deepEqual(
      { level, uncounted, area },
      { level: 'should', uncounted: true, area: 'house' },
    )
    assert.match(says, /, which protects /, `${id} says whom it protects`)
  }
})

test('survives a trip through JSON unchanged', () => {
  assert.deepEqual(JSON.parse(JSON.stringify(clauses)), clauses)
  assert.deepEqual(JSON.parse(JSON.stringify(aliases)), aliases)
})

test('leads every alias straight to a clause', () => {
  const ids = new Set<string>(clauses.map(({ id }) => id))
  const entries = Object.entries(aliases)
  assert.equal(entries.length, 68)
  for (const [alias, canonical] of entries) {
    assert.match(alias, idShape)
    assert.ok(!ids.has(alias), `${alias} is a clause itself`)
    assert.ok(ids.has(canonical), `${alias} leads to ${canonical}, which is no clause`)
  }
})
