// The commands that send nothing.
import assert from 'node:assert/strict'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { clauses } from '../../../suites/clauses/index.ts'
import { suites } from '../../../suites/index.ts'
import { linesOf } from '../../notation/derive.ts'
import { variationsOf } from '../../notation/expand.ts'
import { bearerMutants, httpsMutants, mutants, vendorMutants } from '../../reference/start.ts'
import { command, withFolder } from '../fake.test.support.ts'
import type { ListedMutant } from '../mutants.ts'
import type { Coverage } from './coverage.ts'
import type { ListedCase } from './list.ts'

const supplied = {
  id: 'mine',
  title: 'Mine',
  about: 'A suite of my own.',
  cases: [
    {
      id: 'my-case',
      title: 'Refuses a request without credentials',
      severity: 'high',
      send: { to: 'protected', with: 'nothing' },
      expect: [{ must: { access: 'denied' }, because: ['rfc7617#2-service-only-when-validated'] }],
      harm: 'Anyone can read it.',
      fix: 'Ask for credentials.',
    },
  ],
}

test('list --json has every case, preflight first', async () => {
  const { code, out } = await command(['list', '--json'])
  const listed: readonly ListedCase[] = JSON.parse(out)
  assert.equal(code, 0)
  assert.equal(listed[0]?.id, 'anonymous-refused')
  const own = listed.filter(({ suite }) => suite !== 'preflight')
  assert.deepEqual(
    own.map(({ id, suite }) => [suite, id]),
    suites.flatMap((suite) => suite.cases.map(({ id }) => [suite.id, id])),
  )
  for (const [at, each] of suites
    .flatMap((suite) => suite.cases.map((one) => ({ suite, one })))
    .entries()) {
    const found = own[at]
    assert.deepEqual(
      found?.results,
      variationsOf(each.suite, each.one).map(({ id }) => id),
    )
    assert.ok(linesOf(each.one)[0]?.because.every((id) => found?.clauses.includes(id)))
    assert.ok((found?.levels.length ?? 0) > 0)
  }
})

test('list in words names every case within the width', async () => {
  const { out } = await command(['list'])
  for (const suite of suites)
    for (const { id } of suite.cases) assert.match(out, new RegExp(`^  ${id}( |$)`, 'mu'))
  for (const line of out.split('\n')) assert.ok([...line].length <= 80, line)
})

test('list --mutants --json says what each mutant does and breaks', async () => {
  const { code, out } = await command(['list', '--mutants', '--json'])
  const listed: readonly ListedMutant[] = JSON.parse(out)
  const every = [...mutants, ...bearerMutants, ...httpsMutants, ...vendorMutants]
  assert.equal(code, 0)
  assert.deepEqual(
    listed.map(({ id, system, does, breaks }) => ({ id, system, does, breaks })),
    every.map(({ id, system, does, breaks }) => ({ id, system, does, breaks: breaks ?? null })),
  )
  assert.ok(listed.every(({ caughtBy }) => Array.isArray(caughtBy)))
  const { out: text } = await command(['list', '--mutants'])
  for (const { id } of every) assert.match(text, new RegExp(`^  ${id}( |$)`, 'mu'))
})

test('a supplied suite is listed and explained with the built-in ones', () =>
  withFolder(async (folder) => {
    const file = join(folder, 'mine.json')
    writeFileSync(file, JSON.stringify(supplied))
    assert.match((await command(['list', '--suite', file])).out, /^mine · Mine$/mu)
    assert.match((await command(['explain', 'my-case', '--suite', file])).out, /^my-case · mine/u)
  }))

test('refuses a supplied suite with its first mistake', () =>
  withFolder(async (folder) => {
    const file = join(folder, 'mine.json')
    const [first] = supplied.cases
    writeFileSync(file, JSON.stringify({ ...supplied, cases: [{ ...first, id: 'anonymous-401' }] }))
    const { code, out, err } = await command(['list', '--suite', file])
    assert.equal(code, 2)
    assert.equal(out, '')
    assert.equal(
      err,
      `conformance: ${file} at /cases/0/id: Another case is named "anonymous-401".\n`,
    )
    writeFileSync(file, JSON.stringify({ id: 'mine', colour: 'red' }))
    assert.match(
      (await command(['list', '--suite', file])).err,
      /^conformance: \S+mine\.json.*\(and \d+ more\)\n$/u,
    )
    assert.equal((await command(['list', '--suite', join(folder, 'gone.json')])).code, 2)
  }))

test('every variation of every case can be explained, in words and as JSON', async () => {
  for (const suite of suites)
    for (const each of suite.cases)
      for (const { id } of variationsOf(suite, each)) {
        const { code, out, err } = await command(['explain', id, '--json', '--seed', '7'])
        assert.equal(code, 0, `${id}: ${err}`)
        const found = JSON.parse(out)
        assert.equal(found.id, id)
        assert.equal(found.watches, each.watch !== undefined)
        assert.equal(found.requests.length === 0, found.watches)
        assert.ok(
          found.lines.every((line: { wants: unknown[] }) => line.wants.length > 0),
          id,
        )
        assert.equal(
          found.command,
          `npx http-auth-conformance --target https://api.example.test/protected --only ${id} --seed 7`,
        )
        const text = await command(['explain', id, '--seed', '7'])
        assert.equal(text.code, 0)
        // Whatever a case sends, what is printed stays on its lines.
        assert.doesNotMatch(text.out, /[\x00-\x09\x0b-\x1f\x7f]/u)
      }
})

test('explain shows bytes with labels, the fault, the control and the clause', async () => {
  const { out } = await command([
    'explain',
    'basic-url-safe-alphabet',
    '--target',
    'https://api.test/me',
  ])
  const [sends = '', control = ''] = out.split('  control')
  const label = 'plus-slash: user:password, Base64'
  assert.match(sends, new RegExp(`^ {14}Authorization: Basic ‹${label}, URL-safe alphabet›$`, 'mu'))
  assert.match(sends, /the only fault: the URL-safe alphabet/u)
  assert.match(control, new RegExp(`^ {14}Authorization: Basic ‹${label}›$`, 'mu'))
  assert.match(control, /because {3}RFC 4648 §3\.3/u)
  assert.match(control, /^ {12}https:\/\/www\.rfc-editor\.org\/rfc\/rfc4648/mu)
  assert.match(
    control,
    /^ {2}again {5}npx http-auth-conformance --target https:\/\/api\.test\/me /mu,
  )
  assert.match(control, /^ {12}curl -i https:\/\/api\.test\/me /mu)
})

test('explain marks the fault by colour where there is any', async () => {
  const { out } = await command(['explain', 'basic-url-safe-alphabet', '--color'])
  assert.match(out, /\u001b\[7m‹plus-slash: [^›]*›\u001b\[0m/u)
})

test('explain takes a case for its first variation and names the others', async () => {
  const { out } = await command(['explain', 'BASIC-SCHEME-CASE'])
  assert.match(out, /^basic-scheme-case\/lower · /u)
  assert.match(out, /also {6}.*basic-scheme-case\/upper/u)
  assert.match((await command(['explain', 'challenge-with-every-401'])).out, /looks at every/u)
  assert.match((await command(['explain', 'anonymous-401@basic'])).out, /^anonymous-401 · /u)
})

test('explain suggests an id', async () => {
  assert.deepEqual(await command(['explain', 'basic-scheme-cas']), {
    code: 2,
    out: '',
    err: 'conformance: There is no case "basic-scheme-cas". Did you mean basic-scheme-case?\n',
  })
  assert.match((await command(['explain', 'xyzzy'])).err, /See `npx http-auth-conformance list`/u)
})

test('a profile in a file is used, and one that binds too little says so', () =>
  withFolder(async (folder) => {
    const file = join(folder, 'own.json')
    const profile = {
      id: 'own',
      title: 'My API',
      about: 'One path.',
      operations: { protected: { method: 'GET', path: '/v1/me' } },
      accepts: ['basic'],
    }
    writeFileSync(file, JSON.stringify(profile))
    const words = ['explain', 'basic-wrong-password', '--profile', file]
    assert.match((await command(words)).out, /GET \/protected\/v1\/me HTTP/u)
    assert.equal((await command(['coverage', '--profile', file])).code, 0)
    writeFileSync(file, JSON.stringify({ ...profile, operations: {} }))
    const narrow = await command(words)
    assert.equal(narrow.code, 2)
    writeFileSync(file, '{')
    assert.match((await command(words)).err, /own\.json: Line 1, column 2: /u)
    assert.equal(
      (await command(['explain', 'x', '--profile', 'genric'])).err,
      'conformance: There is no case "x". See `npx http-auth-conformance list`.\n',
    )
    assert.equal(
      (await command(['explain', 'basic-wrong-password', '--profile', 'genric'])).err,
      'conformance: There is no profile "genric". Did you mean generic?\n',
    )
  }))

test('coverage --json has every clause decided or with a reason', async () => {
  const { code, out } = await command(['coverage', '--json'])
  const found: Coverage = JSON.parse(out)
  assert.equal(code, 0)
  assert.deepEqual(
    found.clauses.map(({ id }) => id),
    clauses.map(({ id }) => id),
  )
  for (const { id, cases, reason, decided, mutants: made } of found.clauses) {
    assert.equal(decided, reason === null, id)
    if (decided) assert.ok(cases.length > 0 && made.length > 0, id)
  }
  assert.ok(found.cited > 0 && found.cited < found.total)
  assert.ok(found.decided <= found.cited && found.unobservable > 0)
})

test('coverage in words names each clause, and a profile narrows the cases', async () => {
  const { out } = await command(['coverage'])
  for (const { id } of clauses) assert.ok(out.includes(`${id}   `), id)
  assert.match(out, /\d+ of \d+ requirements are decided/u)
  assert.equal((await command(['coverage', '--profile', 'generic'])).code, 0)
})

test('coverage of a vendor is its page, sentence by sentence, each tested or with a reason', async () => {
  const pages = {
    singlestore: ['singlestore', 15],
    'singlestore-helios': ['singlestore-helios', 16],
    freesewing: ['freesewing', 14],
    'influxdb-cloud-serverless': ['influxdb', 16],
  } as const
  for (const [profile, [product, count]] of Object.entries(pages)) {
    const { code, out } = await command(['coverage', '--profile', profile])
    assert.equal(code, 0)
    const own = clauses.filter(({ id }) => id.startsWith(`${product}#`))
    assert.equal(own.length, count)
    for (const { id } of own) assert.match(out, new RegExp(`^  [✓○-] ${id.split('#')[1]} `, 'mu'))
    assert.match(out, new RegExp(`^${count} sentences: \\d+ are tested`, 'mu'))
    const json = await command(['coverage', '--profile', profile, '--json'])
    const found: Coverage = JSON.parse(json.out)
    const shown = found.clauses.filter(({ id }) => id.startsWith(`${product}#`))
    assert.equal(shown.length, count)
    const bare = shown.filter(({ cases, reason }) => cases.length === 0 && reason === null)
    assert.deepEqual(bare, [])
    // What other vendors say of themselves is left out.
    assert.ok(
      found.clauses.every(
        ({ id, level }) => level !== 'documented' || own.some((one) => one.id === id),
      ),
    )
  }
})

test('export prints one document that holds everything', async () => {
  const { code, out } = await command(['export'])
  const found = JSON.parse(out)
  assert.equal(code, 0)
  assert.deepEqual(found.suites, suites)
  assert.deepEqual(found.clauses, clauses)
  assert.deepEqual(
    found.profiles.map(({ id }: { id: string }) => id),
    ['generic', 'singlestore', 'singlestore-helios', 'freesewing', 'influxdb-cloud-serverless'],
  )
  assert.ok('suite.schema.json' in found.schemas)
})

test('export writes a file each, which can be read back as suites', () =>
  withFolder(async (folder) => {
    const { code, out } = await command(['export', '--out', folder])
    assert.equal(code, 0)
    assert.match(out, /^\d+ files in /u)
    assert.deepEqual(readdirSync(folder).sort(), ['clauses.json', 'profiles', 'schemas', 'suites'])
    const [first] = suites
    assert.deepEqual(
      JSON.parse(readFileSync(join(folder, 'suites', `${first?.id}.json`), 'utf8')),
      first,
    )
    mkdirSync(join(folder, 'elsewhere'))
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'link'))
    assert.equal((await command(['export', '--out', join(folder, 'link')])).code, 2)
    assert.equal(existsSync(join(folder, 'elsewhere', 'clauses.json')), false)
  }))
