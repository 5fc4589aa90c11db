import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { suites } from '../../suites/index.ts'
import type { Send } from '../model/case.ts'
import type { Target } from '../model/profile.ts'
import { controlOf, kindOf, sendsOf } from '../notation/derive.ts'
import { variationsOf } from '../notation/expand.ts'
import { accountsFrom } from '../reference/accounts.ts'
import { randomFrom } from '../text/random.ts'
import { build } from './build.ts'
import { curlFor, variableFor } from './curl.ts'
import { bytesOfSpans } from './spans.ts'
import { targetOf } from './targets.test.support.ts'

/** A request as a server reads it: what curl and this tool write by habit is left out. */
interface Seen {
  readonly start: string
  readonly fields: readonly string[]
}

const habits = /^(?:user-agent|accept|host|connection|content-length):/i

const seenOf = (head: string): Seen => {
  const [start = '', ...fields] = head.split('\r\n')
  const told = fields.filter((line) => line !== '' && !habits.test(line))
  // Curl writes no space after the colon of a field without a value, and none is meant.
  return { start, fields: told.map((line) => line.replace(/^(\S+:) $/, '$1')).sort() }
}

const ended = (child: ReturnType<typeof spawn>): Promise<number | null> =>
  new Promise((resolve) => child.on('exit', resolve))

/** Runs commands one after another in one shell against a server that keeps each request's head. */
const capture = async (
  commandsFor: (url: URL) => readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<readonly string[]> => {
  const heads: string[] = []
  const server = createServer((socket) => {
    let text = ''
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      if (!text.includes('\r\n\r\n')) return
      heads.push(text.slice(0, text.indexOf('\r\n\r\n')))
      text = ''
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  // A test that fails before the shell is started must not be kept alive by the server.
  server.unref()
  const commands = commandsFor(new URL(`http://127.0.0.1:${port}/protected?a=1`))
  const child = spawn('sh', ['-eu'], {
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', HOME: '/nonexistent', ...environment },
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let complaints = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk.toString('utf8')
  })
  child.stdin?.end(`${commands.map((each) => `${each} -s -S --noproxy '*'`).join('\n')}\n`)
  const code = await ended(child)
  await new Promise((resolve) => server.close(resolve))
  assert.equal(code, 0, complaints)
  assert.equal(complaints, '')
  assert.equal(heads.length, commands.length)
  return heads
}

const accounts = accountsFrom('curl')

const targetAt = (url: URL, change: Partial<Target> = {}): Target =>
  targetOf({
    url,
    supplied: {
      accounts: {
        ...accounts,
        unprivileged: { user: 'DemoNobody', password: 'Demo-Nothing-1' },
        shell: { user: '$HOME "`id`"', password: "'$(id)\\ %s !" },
      },
      tokens: { ApiKey: 'api-key-secret' },
      bearer: 'bearer-secret-1',
    },
    ...change,
  })

const environment: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(targetAt(new URL('http://h.test')).supplied.accounts).map(([name, account]) => [
      variableFor(name),
      `${account?.user}:${account?.password}`,
    ]),
  ),
  CONFORMANCE_SCHEME_APIKEY: 'api-key-secret',
  CONFORMANCE_BEARER: 'bearer-secret-1',
  CONFORMANCE_HEADER_X_TENANT: 'tenant-secret',
}

interface Asked {
  readonly id: string
  readonly send: Send
}

/** Every exchange of the suites, and its control. */
const exchanges: readonly Asked[] = suites.flatMap((suite) =>
  suite.cases
    .flatMap((each) => variationsOf(suite, each))
    .flatMap(({ id, case: each, send }) => {
      const sends = send === undefined ? sendsOf(each).map((step) => step.send) : [send]
      return sends.flatMap((one) => [
        { id, send: one },
        { id: `${id} (control)`, send: controlOf(one, kindOf(one.with) ?? 'basic') },
      ])
    }),
)

const builtFor = (target: Target, send: Send): Seen => {
  const built = build({
    target,
    send,
    kind: 'basic',
    random: randomFrom('1', 'curl'),
    agent: 'agent/1',
  })
  if ('missing' in built) assert.fail(built.missing)
  const { request } = built
  const lines = request.fields.map(
    (line) => `${bytesOfSpans(line.name)}: ${bytesOfSpans(line.value)}`,
  )
  return seenOf(
    [
      `${request.method} ${bytesOfSpans(request.target)} ${request.version ?? 'HTTP/1.1'}`,
      ...lines,
    ].join('\r\n'),
  )
}

/** Runs the command of each exchange that has one; gives what each side sends. */
const compare = async (
  asked: readonly Asked[],
  change: Partial<Target> = {},
): Promise<readonly (readonly [id: string, curl: Seen, own: Seen])[]> => {
  const own: (readonly [string, Seen])[] = []
  const heads = await capture((url) => {
    const target = targetAt(url, change)
    return asked.flatMap(({ id, send }) => {
      const command = curlFor(target, send, 'basic')
      if (command === undefined) return []
      own.push([id, builtFor(target, send)])
      return [command]
    })
  }, environment)
  return own.map(([id, seen], index) => [id, seenOf(heads[index] ?? ''), seen] as const)
}

const hasChance = (send: Send): boolean => /"other"|"stranger"/.test(JSON.stringify(send))

test('every printed curl command sends what the tool itself sends', async () => {
  const certain = exchanges.filter(({ send }) => send.to !== 'public' && !hasChance(send))
  const unique = [...new Map(certain.map((each) => [JSON.stringify(each.send), each])).values()]
  const found = await compare(unique)
  assert.ok(found.length > 60, `${found.length} commands`)
  for (const [id, curl, own] of found) assert.deepEqual(curl, own, id)
})

test('passwords that mean something to a shell reach curl as they are', async () => {
  const sends: readonly Asked[] = [
    { id: 'plain', send: { to: 'protected', with: { valid: 'basic', account: 'shell' } } },
    {
      id: 'faulted',
      send: {
        to: 'protected',
        with: {
          valid: 'basic',
          account: 'shell',
          but: { password: { append: 'x' }, base64: 'padding-absent' },
        },
      },
    },
    {
      id: 'not-encoded',
      send: {
        to: 'protected',
        with: { valid: 'basic', account: 'shell', but: { base64: 'not-encoded' } },
      },
    },
  ]
  const found = await compare(sends)
  assert.equal(found.length, sends.length)
  for (const [id, curl, own] of found) assert.deepEqual(curl, own, id)
})

test('tokens go under the word they were given for', async () => {
  const sends: readonly Asked[] = [
    { id: 'token', send: { to: 'protected', with: { valid: 'token' } } },
    {
      id: 'lower',
      send: { to: 'protected', with: { valid: 'token', but: { scheme: { letters: 'lower' } } } },
    },
    { id: 'named', send: { to: 'protected', with: { valid: 'token', account: 'ApiKey' } } },
    { id: 'bearer', send: { to: 'protected', with: { valid: 'bearer' } } },
    {
      id: 'separator',
      send: { to: 'protected', with: { valid: 'bearer', but: { separator: '  ', after: ',' } } },
    },
  ]
  const found = await compare(sends)
  assert.equal(found.length, sends.length)
  for (const [id, curl, own] of found) assert.deepEqual(curl, own, id)
})

test('what is random is another value of the same form in the same place', async () => {
  const chance = exchanges.filter(({ send }) => send.to !== 'public' && hasChance(send))
  const strangers: readonly Asked[] = (['basic', 'token', 'bearer'] as const).map((stranger) => ({
    id: stranger,
    send: { to: 'protected', with: { stranger } },
  }))
  const found = await compare([...chance, ...strangers])
  assert.ok(found.length >= 5)
  const authorization = ({ fields }: Seen): string =>
    fields.find((line) => line.startsWith('Authorization')) ?? ''
  const parts = (seen: Seen): { scheme: string; user: string; password: string } => {
    const [, scheme = '', text = ''] = authorization(seen).split(' ')
    const [user = '', ...rest] = Buffer.from(text, 'base64').toString('latin1').split(':')
    return { scheme, user, password: rest.join(':') }
  }
  const known = Object.values(accounts)
  for (const [id, curl, own] of found) {
    assert.equal(curl.start, own.start, id)
    assert.equal(curl.fields.length, own.fields.length, id)
    const [a, b] = [parts(curl), parts(own)]
    assert.equal(a.scheme, b.scheme, id)
    if (a.scheme !== 'Basic') continue
    for (const account of known) {
      assert.equal(a.user === account.user, b.user === account.user, id)
      assert.equal(a.password === account.password, b.password === account.password, id)
    }
  }
})

test('an operation with a method, fields and content is sent whole, tenant field included', async () => {
  const { profile } = targetOf()
  const operation = {
    method: 'POST',
    path: '/it',
    fields: [['X-Kind', "it's"]] as const,
    body: { type: 'application/json', text: '{"a":"$b"}' },
  }
  const change: Partial<Target> = {
    profile: { ...profile, operations: { protected: operation } },
    fields: [['X-Tenant', 'tenant-secret']],
  }
  const found = await compare(
    [
      { id: 'post', send: { to: 'protected', with: { valid: 'basic' } } },
      { id: 'options', send: { to: 'protected', with: 'nothing', but: { method: 'OPTIONS' } } },
    ],
    change,
  )
  assert.equal(found.length, 2)
  for (const [id, curl, own] of found) assert.deepEqual(curl, own, id)
})

test('no command is printed where curl would send other bytes', () => {
  const target = targetAt(new URL('http://h.test/'))
  const none: readonly Send[] = [
    { to: 'nowhere', with: 'nothing' },
    { to: 'protected', with: { valid: 'jwt' } },
    { to: 'protected', with: { valid: 'basic', but: { scheme: 'absent' } } },
    { to: 'protected', with: { valid: 'basic', but: { scheme: { letters: 'swapped' } } } },
    { to: 'protected', with: { valid: 'basic', but: { scheme: { word: 'Ba\0sic' } } } },
    { to: 'protected', with: { valid: 'basic', but: { scheme: { word: '$(id)' } } } },
    { to: 'protected', with: { valid: 'basic', but: { userPass: 'no-colon' } } },
    { to: 'protected', with: { valid: 'basic', but: { charset: 'nfd' } } },
    { to: 'protected', with: { valid: 'basic', but: { beforeColon: ' ' } } },
    { to: 'protected', with: { valid: 'basic', but: { separator: '\t' } } },
    { to: 'protected', with: { valid: 'basic', but: { after: '$(id)' } } },
    { to: 'protected', with: { valid: 'basic', but: { base64: 'trailing-bits' } } },
    { to: 'protected', with: { valid: 'basic', but: { password: { letters: 'upper' } } } },
    { to: 'protected', with: { valid: 'basic', but: { password: { append: '$(id)' } } } },
    { to: 'protected', with: { valid: 'basic', but: { password: { onlyFirst: 3 } } } },
    { to: 'protected', with: { valid: 'bearer', but: { token: { dropLast: 1 } } } },
    { to: 'protected', with: { authorization: { $bytes: 'ff' } } },
    { to: 'protected', with: 'nothing', but: { host: 'absent' } },
    { to: 'protected', with: 'nothing', but: { fields: [{ name: 'X', value: { $bytes: '00' } }] } },
    { to: 'protected', with: 'nothing', but: { fields: [{ name: 'a\r\nB', value: 'c' }] } },
  ]
  for (const send of none)
    assert.equal(curlFor(target, send, 'basic'), undefined, JSON.stringify(send))
})

test('no command holds a secret', () => {
  const target = targetAt(new URL('http://h.test/'), { fields: [['X-Tenant', 'tenant-secret']] })
  const secrets = Object.values(target.supplied.accounts).flatMap((account) => [
    account?.password ?? '',
    Buffer.from(`${account?.user}:${account?.password}`).toString('base64'),
  ])
  for (const { id, send } of exchanges) {
    const command = curlFor(target, send, 'basic') ?? ''
    for (const secret of [...secrets, 'tenant-secret', 'api-key-secret', 'bearer-secret-1']) {
      assert.ok(!command.includes(secret), id)
    }
  }
})

test('variables are those that the command line reads', () => {
  assert.equal(variableFor('default'), 'CONFORMANCE_USER')
  assert.equal(variableFor('plus-slash'), 'CONFORMANCE_ACCOUNT_PLUS_SLASH')
  assert.equal(variableFor('api-key'), 'CONFORMANCE_ACCOUNT_API_KEY')
})
