import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clauses, vocabulary } from './fixtures/clauses.ts'
import { profile } from './fixtures/profile.ts'
import { sound } from './fixtures/suites.ts'
import { type FileProblem, loadProfile, loadSuite } from './load.ts'

function problemsOf(loaded: object): readonly FileProblem[] {
  assert.ok('problems' in loaded && Array.isArray(loaded.problems))
  return loaded.problems
}

test('Reads a suite from its text', () => {
  const loaded = loadSuite(JSON.stringify(sound), 'own.json', vocabulary)
  assert.ok('suite' in loaded)
  assert.equal(JSON.stringify(loaded.suite), JSON.stringify(sound))
})

test('Reads a profile from its text', () => {
  const loaded = loadProfile(JSON.stringify(profile), 'own.json', clauses)
  assert.ok('profile' in loaded)
  assert.equal(JSON.stringify(loaded.profile), JSON.stringify(profile))
})

test('Says where a text is no JSON', () => {
  const [problem] = problemsOf(loadSuite('{\n  "id": }', 'own.json', vocabulary))
  assert.equal(problem?.file, 'own.json')
  assert.equal(problem?.path, '')
  assert.match(problem?.reason ?? '', /^Line 2, column 9: /)
  assert.match(
    problemsOf(loadProfile('', 'p.json', clauses))[0]?.reason ?? '',
    /^Line 1, column 1:/,
  )
})

test('Names the case, the place and the word that was meant', () => {
  const text = JSON.stringify({ ...sound, cases: [sound.cases[5]] }).replace('"denied"', '"denid"')
  assert.deepEqual(problemsOf(loadSuite(text, 'own.json', vocabulary)), [
    {
      file: 'own.json',
      path: '/cases/0/expect/0/must/access',
      reason:
        'In case "authorization-space-before-colon": Found the text "denid"; ' +
        'allowed here: "granted" or "denied". Did you mean "denied"?',
    },
  ])
})

test('Says what is wrong with a profile', () => {
  const text = JSON.stringify({ ...profile, operatons: {} })
  assert.deepEqual(problemsOf(loadProfile(text, 'own.json', clauses)), [
    {
      file: 'own.json',
      path: '/operatons',
      reason: 'The member "operatons" is not known here; no other is free.',
    },
  ])
})

test('Ids of the suites it will run with are taken', () => {
  const text = JSON.stringify({ ...sound, cases: [sound.cases[5]] })
  assert.deepEqual(problemsOf(loadSuite(text, 'own.json', vocabulary, [sound])), [
    { file: 'own.json', path: '/id', reason: 'Another suite is named "every-kind".' },
    {
      file: 'own.json',
      path: '/cases/0/id',
      reason: 'Another case is named "authorization-space-before-colon".',
    },
  ])
  const other = JSON.stringify({ ...sound, id: 'own', cases: [{ ...sound.cases[5], id: 'own' }] })
  assert.ok('suite' in loadSuite(other, 'own.json', vocabulary, [sound]))
})
