// The commands that talk to a server; it is the reference server in this process.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Report } from '../../model/report.ts'
import { reportShape } from '../../notation/report-shape.ts'
import { validate } from '../../notation/validate.ts'
import { type Reference, startReference } from '../../reference/start.ts'
import { command, deferred, withFolder } from '../fake.test.support.ts'

const demo = ['demo', '--system', 'generic']

const reportIn = (folder: string): Report =>
  JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))

const withServer = async (
  work: (server: Reference, folder: string) => Promise<void>,
): Promise<void> => {
  const server = await startReference({ system: 'generic', seed: 'live-test' })
  try {
    await withFolder((folder) => work(server, folder))
  } finally {
    await server.close()
  }
}

/** A port on which nothing listens. */
const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise<void>((resolve) => void server.close(() => resolve()))
  return typeof address === 'object' && address !== null ? address.port : 0
}

test('demo judges the built-in server and leaves report, page and journal for its owner alone', () =>
  withFolder(async (folder) => {
    const only = ['--only', 'basic-wrong-password,anonymous-401']
    const { code, out, err } = await command([...demo, ...only, '--out', folder, '--seed', '7'])
    assert.equal(code, 0, err)
    assert.match(out, /2 results {3}2 passed/u)
    assert.match(out, /^ {2}conforms {2,}report: \S+index\.html$/mu)
    assert.equal(err, '')
    assert.deepEqual(readdirSync(folder).sort(), ['index.html', 'journal.jsonl', 'report.json'])
    for (const name of readdirSync(folder))
      assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600)
    const report = reportIn(folder)
    assert.deepEqual(validate(reportShape, report), [])
    assert.equal(report.seed, '7')
    assert.equal(report.options.strict, false)
    const journal = readFileSync(join(folder, 'journal.jsonl'), 'utf8').trimEnd().split('\n')
    assert.deepEqual([...new Set(journal.map((line) => JSON.parse(line).type))].sort(), [
      'end',
      'exchange',
      'finding',
      'plan',
      'result',
      'start',
    ])
  }))

test('demo --mutant fails, and its command repeats the failure', () =>
  withFolder(async (folder) => {
    const words = ['demo', '--mutant', 'password-any-case', '--out', folder]
    const first = await command([...words, '--only', 'basic-password-letter-case'])
    assert.equal(first.code, 1)
    const again = reportIn(folder).results.find(({ verdict }) => verdict === 'fail')?.reproduce
    assert.match(
      again?.command ?? '',
      /^npx http-auth-conformance demo --system generic --mutant password-any-case --only basic-password-letter-case --seed \d+$/u,
    )
    const repeated = again?.command.split(' ').slice(2) ?? []
    assert.equal((await command([...repeated, '--out', folder])).code, 1)
  }))

test('the first reporter named goes to stdout, every other one to its file', () =>
  withFolder(async (folder) => {
    const words = [...demo, '--only', 'anonymous-401', '--out', folder, '--reporter']
    const json = await command([...words, 'json'])
    assert.equal(JSON.parse(json.out).schema, '1.0')
    const line = await command([...words, 'line,json'])
    assert.match(line.out, /^ {2}✓ generic .*\n$/u)
    assert.deepEqual(await command([...words, 'jsn']), {
      code: 2,
      out: '',
      err: 'conformance: --reporter does not know "jsn". Did you mean json?\n',
    })
  }))

test('what means nothing is said before anything is sent or written', () =>
  withFolder(async (folder) => {
    const out = ['--out', join(folder, 'out')]
    for (const [words, sentence] of [
      [
        ['--only', 'anonymous-40'],
        '--only "anonymous-40" matches no case, suite or clause. Did you mean anonymous-401?',
      ],
      [
        ['--only', 'anonymous-401,zzz'],
        '--only "zzz" matches no case, suite or clause. See `npx http-auth-conformance list`.',
      ],
      [
        ['--mutant', 'password-any-cas'],
        'There is no mutant "password-any-cas". Did you mean password-any-case?',
      ],
      [
        ['--mutant', 'zzz'],
        'There is no mutant "zzz". See `npx http-auth-conformance list --mutants`.',
      ],
      [['--system', 'genric'], 'There is no built-in server "genric". Did you mean generic?'],
      [
        ['--system', 'zzz'],
        'There is no built-in server "zzz". There is generic, bearer, https, singlestore, singlestore-helios, freesewing, influxdb-cloud-serverless.',
      ],
    ] as const)
      assert.deepEqual(await command(['demo', ...words, ...out]), {
        code: 2,
        out: '',
        err: `conformance: ${sentence}\n`,
      })
    assert.deepEqual(readdirSync(folder), [])
  }))

test('patterns mean ids, suites and clauses; one that leaves nothing out is remarked on', () =>
  withFolder(async (folder) => {
    const words = [...demo, '--dry', '--out', folder].filter((word) => word !== '--dry')
    const only = ['--only', 'anonymous-401@basic,rfc9110#11.4-*,ANONYMOUS-REFUSED']
    const { code, err } = await command([...words, ...only, '--skip', 'zzz'])
    assert.equal(code, 0)
    assert.equal(err, 'conformance: --skip "zzz" leaves nothing out.\n')
  }))

test('run judges a server and repeats no secret anywhere', () =>
  withServer(async (server, folder) => {
    const { user, password } = server.accounts.default
    const environment = {
      CONFORMANCE_USER: `${user}:${password}`,
      CONFORMANCE_HEADER_X_TENANT: 'tenant-secret-value',
    }
    const words = [
      '--target',
      server.url,
      '--public',
      server.publicUrl,
      '--only',
      'basic,challenge',
    ]
    const { code, out, err } = await command([...words, '--out', folder], { environment })
    assert.equal(code, 0, out + err)
    const encoded = Buffer.from(`${user}:${password}`).toString('base64')
    for (const text of [
      out,
      err,
      ...readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')),
    ])
      for (const secret of [password, encoded, 'tenant-secret-value'])
        assert.ok(!text.includes(secret))
    assert.ok(server.log.length > 10)
    const { options, target, results } = reportIn(folder)
    assert.deepEqual(options.accounts, ['default'])
    assert.deepEqual(options.headers, ['X-Tenant'])
    assert.deepEqual(target.capabilities, ['basic', 'public-url'])
    assert.ok(
      results.every(({ reproduce }) =>
        reproduce.command.startsWith(
          `npx http-auth-conformance --target ${server.url} --public ${server.publicUrl} --only `,
        ),
      ),
    )
  }))

test('run takes a suite of the user along', () =>
  withServer(async (server, folder) => {
    const file = join(folder, 'mine.json')
    const { code: exported } = await command(['export', '--out', join(folder, 'all')])
    assert.equal(exported, 0)
    const text = readFileSync(join(folder, 'all', 'suites', 'basic.json'), 'utf8')
    const suite = JSON.parse(text)
    const own = { ...suite, id: 'mine', cases: [{ ...suite.cases[0], id: 'my-own-case' }] }
    writeFileSync(file, JSON.stringify(own))
    const { user, password } = server.accounts.default
    const words = ['--target', server.url, '--user', `${user}:${password}`, '--suite', file]
    const out = join(folder, 'out')
    const { code, err } = await command([...words, '--only', 'mine', '--out', out])
    assert.equal(code, 0, err)
    const [result] = reportIn(out).results
    assert.equal(result?.case, 'my-own-case')
    assert.match(result?.reproduce.command ?? '', / --suite \S+mine\.json /u)
  }))

test('run --dry-run prints the plan and sends nothing', () =>
  withServer(async (server, folder) => {
    const words = ['--target', server.url, '--user', 'a:b', '--dry-run', '--only', 'basic']
    const { code, out } = await command([...words, '--out', join(folder, 'out')])
    assert.equal(code, 0)
    assert.match(out, /^Would judge \d+ variations with about \d+ requests\.\n/u)
    assert.match(out, /^Would fail to log in \d+ times, in \d+ variations\.$/mu)
    assert.match(out, /^Left out:\n {2}.*Give --/mu)
    assert.match(out, /\nNothing was sent\.\n$/u)
    assert.deepEqual(server.log, [])
    assert.deepEqual(readdirSync(folder), [])
    const far = ['--target', 'https://api.example.test', '--dry-run', '--only', 'anonymous-401']
    assert.match((await command(far)).out, /requests, at least \d+ seconds?\.\n/u)
  }))

test('a server that is not there cannot be judged', () =>
  withFolder(async (folder) => {
    const url = `http://127.0.0.1:${await freePort()}/`
    const { code, out } = await command(['--target', url, '--out', folder])
    assert.equal(code, 3)
    assert.match(out, /could not judge/u)
    const doctor = await command(['doctor', '--target', url])
    assert.equal(doctor.code, 3)
    assert.match(doctor.out, /^ {2}✗ 127\.0\.0\.1:\d+ could not be asked/mu)
    assert.match(doctor.out, /Cannot be judged like this\.\n$/u)
  }))

test('a user without a password is asked for one, where somebody can answer', () =>
  withServer(async (server, folder) => {
    const { user, password } = server.accounts.default
    const words = [
      '--target',
      server.url,
      '--user',
      user,
      '--only',
      'anonymous-401',
      '--out',
      folder,
    ]
    const asked: string[] = []
    const { code, out, err } = await command(words, {
      askSecret: async (question) => {
        asked.push(question)
        return password
      },
    })
    assert.equal(code, 0, out + err)
    assert.deepEqual(asked, [`Password of ${user}: `])
    assert.deepEqual(reportIn(folder).options.accounts, ['default'])
    assert.equal(
      (await command(words, { askSecret: async () => '' })).err,
      'conformance: No password was entered.\n',
    )
    const nobody = await command(words)
    assert.equal(nobody.code, 2)
    assert.match(nobody.err, /no terminal to ask for a password\. Give NAME:PASSWORD/u)
  }))

test('an interrupted run says so, keeps what it has and ends with 130', () =>
  withFolder(async (folder) => {
    const sockets = new Set<{ destroy: () => void }>()
    const arrived = deferred<undefined>()
    const mute = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('data', () => arrived.resolve(undefined))
    })
    await new Promise<void>((resolve) => void mute.listen(0, '127.0.0.1', resolve))
    const address = mute.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const url = `http://127.0.0.1:${port}/`
    const interrupt = (stop: () => void): void => void arrived.promise.then(stop)
    try {
      const { code } = await command(['--target', url, '--out', folder], { interrupt })
      assert.equal(code, 130)
      assert.equal(reportIn(folder).interrupted, true)
      assert.match(readFileSync(join(folder, 'journal.jsonl'), 'utf8'), /^\{"type":"start"/u)
      assert.equal((await command(['doctor', '--target', url], { interrupt })).code, 130)
    } finally {
      for (const socket of sockets) socket.destroy()
      mute.close()
    }
  }))

test('progress is for terminals', () =>
  withFolder(async (folder) => {
    const words = [...demo, '--only', 'anonymous-401', '--out', folder, '--no-color']
    const { err, out } = await command(words, { isTerminal: true })
    assert.match(err, /\r\u001b\[K {2}preflight/u)
    assert.match(err, /\r\u001b\[K {2}1 of 1 {3}anonymous-401/u)
    assert.match(err, /\r\u001b\[K$/u)
    assert.doesNotMatch(out, /\u001b/u)
    const coloured = await command(words.slice(0, -1), { isTerminal: true })
    assert.match(coloured.out, /\u001b\[/u)
  }))

test('doctor says what holds, and what to do about what does not', () =>
  withServer(async (server) => {
    const { user, password } = server.accounts.default
    const words = ['doctor', '--target', server.url]
    const well = await command([
      ...words,
      '--user',
      `${user}:${password}`,
      '--public',
      server.publicUrl,
    ])
    assert.equal(well.code, 0, well.err)
    assert.match(well.out, /^ {2}✓ Granted and refused answers are/mu)
    assert.match(well.out, /Ready to be judged\.\n$/u)
    const ill = await command([...words, '--user', `${user}:not-the-password`])
    assert.equal(ill.code, 3)
    assert.match(ill.out, /^ {2}✗ .*were refused \(401\)/mu)
    assert.ok(!ill.out.includes('not-the-password'))
    const json = await command([...words, '--json'])
    assert.deepEqual(Object.keys(JSON.parse(json.out)), ['target', 'preflight'])
  }))

test('serve tells where it is and whom it lets in, until it is interrupted', async () => {
  const ready = deferred<() => void>()
  const printed: { text: string } = { text: '' }
  const served = command(['serve', '--mutant', 'password-any-case', '--expose'], {
    interrupt: (stop) => ready.resolve(stop),
    watch: (out) => {
      printed.text = out
    },
  })
  const stop = await ready.promise
  const url = printed.text.match(/protected +(\S+)/u)?.[1] ?? ''
  assert.equal((await fetch(url)).status, 401)
  const [, user, password] = printed.text.match(/^ {2}default +(\w+):(\S+)$/mu) ?? []
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  assert.equal((await fetch(url, { headers: { authorization } })).status, 200)
  const port = new URL(url).port
  const second = await command(['serve', '--port', port])
  assert.deepEqual(second, {
    code: 2,
    out: '',
    err: `conformance: --port: cannot listen on ${port} (EADDRINUSE).\n`,
  })
  stop()
  const { code, out, err } = await served
  assert.equal(code, 0)
  assert.match(out, /^generic with password-any-case: /u)
  assert.match(out, /\nJudge it with: npx http-auth-conformance --target http:\/\/127\.0\.0\.1:/u)
  assert.equal(err, 'conformance: reachable from other machines, and broken on purpose.\n')
  await assert.rejects(fetch(url))
})

test('serve of tokens tells where the keys are, and how to have them judged', async () => {
  const ready = deferred<() => void>()
  const served = command(['serve', '--system', 'bearer'], {
    interrupt: (stop) => ready.resolve(stop),
  })
  const stop = await ready.promise
  stop()
  const { code, out } = await served
  assert.equal(code, 0)
  const [, keys] = out.match(/^ {2}key set {5}(http:\/\/127\.0\.0\.1:\d+\/jwks\.json)$/mu) ?? []
  assert.ok(keys !== undefined, out)
  assert.ok(out.includes(` --key-set ${keys}\n`), out)
})

test('serve of an API by name tells how to have it judged, and that can be done', async () => {
  const ready = deferred<() => void>()
  const printed: { text: string } = { text: '' }
  const served = command(['serve', '--system', 'freesewing'], {
    interrupt: (stop) => ready.resolve(stop),
    watch: (out) => {
      printed.text = out
    },
  })
  const stop = await ready.promise
  const [, told = ''] =
    printed.text.match(/^Judge it with: npx http-auth-conformance (.+)$/mu) ?? []
  assert.match(told, / --profile freesewing .* --http-url http:\/\/127\.0\.0\.1:\d+$/u)
  const { code, out } = await command(['doctor', ...told.split(' ').slice(0, -2)])
  stop()
  await served
  assert.equal(code, 0, out)
  assert.match(out, /Signed in at \/signin/u)
})

test('demo of several servers gives one line each and a page that leads to their reports', () =>
  withFolder(async (folder) => {
    const { code, out } = await command([
      'demo',
      '--system',
      'all',
      '--only',
      'anonymous-401',
      '--out',
      folder,
    ])
    assert.equal(code, 0)
    assert.match(
      out,
      /^ {2}✓ generic .*\n {2}✓ bearer .*\n {2}✓ https .*\n(?: {2}✓ [a-z-]+ .*\n){4}$/u,
    )
    const page = readFileSync(join(folder, 'index.html'), 'utf8')
    for (const system of ['generic', 'bearer', 'https']) {
      assert.ok(page.includes(`href="${system}/index.html"`), system)
      assert.equal(reportIn(join(folder, system)).target.profile, 'generic')
    }
  }))
