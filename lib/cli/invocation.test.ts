import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Invocation, readInvocation } from './invocation.ts'
import { UsageError } from './usage-error.ts'

interface Around {
  readonly env?: Record<string, string>
  readonly files?: Record<string, string>
}

const read = (words: readonly string[], { env = {}, files = {} }: Around = {}): Invocation =>
  readInvocation(words, {
    environment: env,
    readFile: (path) => {
      const content = files[path]
      if (content === undefined) throw Object.assign(new Error('no'), { code: 'ENOENT' })
      return content
    },
  })

const target = ['--target', 'https://api.example.test/me']

const run = (
  words: readonly string[],
  around?: Around,
): Extract<Invocation, { command: 'run' }> => {
  const found = read([...target, ...words], around)
  assert.ok(found.command === 'run')
  return found
}

const refuses = (
  words: readonly string[],
  around: Around,
  code: UsageError['code'],
  sentence: string,
  hint?: string,
): void =>
  assert.throws(
    () => read(words, around),
    (error) => {
      assert.ok(error instanceof UsageError, String(error))
      assert.equal(error.message, sentence)
      assert.equal(error.code, code)
      if (hint !== undefined) assert.equal(error.hint, hint)
      return true
    },
  )

test('a target alone is a run with every default', () => {
  assert.deepEqual(run([]), {
    command: 'run',
    target: {
      url: new URL('https://api.example.test/me'),
      profile: 'generic',
      supplied: { accounts: {}, tokens: {} },
      fields: [],
      notices: [],
      connection: { insecure: false, resolve: [] },
    },
    run: { timeoutMs: 10_000, only: [], skip: [], allow: [], strict: false, concurrency: 1 },
    gate: { failOn: [{ verdict: 'fail', from: 'low' }], maxInconclusive: { percent: 10 } },
    output: { reporters: ['terminal'], out: 'reports/latest' },
    suiteFiles: [],
    dryRun: false,
    repeat: ['--target', 'https://api.example.test/me'],
    notices: [],
  })
})

test('an argument outranks the environment, which outranks the configuration file', () => {
  const files = {
    'c.json': '{"timeout": 3, "only": ["c"], "account": {"colon": "c:c", "utf8": "c:c"}}',
  }
  const env = {
    CONFORMANCE_TIMEOUT: '2',
    CONFORMANCE_ONLY: 'e',
    CONFORMANCE_ACCOUNT_COLON: 'e:e',
    CONFORMANCE_ACCOUNT_LONG: 'e:e',
  }
  const conf = ['--config', 'c.json']
  const near = run([...conf, '--timeout', '1', '--only', 'a', '--account', 'long=a:a'], {
    env,
    files,
  })
  assert.equal(near.run.timeoutMs, 1)
  assert.deepEqual(near.run.only, ['a'])
  assert.deepEqual(near.target.supplied.accounts, {
    long: { user: 'a', password: 'a' },
    colon: { user: 'e', password: 'e' },
    utf8: { user: 'c', password: 'c' },
  })
  assert.equal(run(conf, { env, files }).run.timeoutMs, 2)
  assert.deepEqual(run(conf, { env, files }).run.only, ['e'])
  assert.equal(run(conf, { files }).run.timeoutMs, 3)
  assert.deepEqual(run(conf, { files }).run.only, ['c'])
})

test('the configuration file can be named by a variable, and is read only when named', () => {
  const files = { 'c.json': '{"seed": "7"}' }
  assert.equal(run([], { env: { CONFORMANCE_CONFIG: 'c.json' }, files }).run.seed, '7')
  assert.equal(run([], { files }).run.seed, undefined)
})

test('reads every credential option', () => {
  const { target: found } = run([
    '--user',
    'alice:open:sesame',
    '--account',
    'utf8=ä:ö',
    '--account',
    'empty=nobody:',
    '--scheme',
    'Token=s=1',
    '--bearer',
    'abc.def',
    '--header',
    'X-Tenant:  é ',
  ])
  assert.deepEqual(found.supplied, {
    accounts: {
      default: { user: 'alice', password: 'open:sesame' },
      utf8: { user: 'ä', password: 'ö' },
      empty: { user: 'nobody', password: '' },
    },
    tokens: { Token: 's=1' },
    bearer: 'abc.def',
  })
  assert.deepEqual(found.fields, [['X-Tenant', '\xc3\xa9']])
})

test('secrets come from files, without the line break that ends one', () => {
  const files = { u: 'alice:x\n', a: 'colon=a:b:c\r\nutf8=d:e\n', h: 'A: 1', b: 't' }
  const words = [
    '--user-file',
    'u',
    '--account-file',
    'a',
    '--header-file',
    'h',
    '--bearer-file',
    'b',
  ]
  const { target: found } = run(words, { files })
  assert.deepEqual(found.supplied.accounts, {
    default: { user: 'alice', password: 'x' },
    colon: { user: 'a', password: 'b:c' },
    utf8: { user: 'd', password: 'e' },
  })
  assert.deepEqual(found.fields, [['A', '1']])
  assert.equal(found.supplied.bearer, 't')
  const named = run([], { env: { CONFORMANCE_USER_FILE: 'u' }, files })
  assert.equal(named.target.supplied.accounts.default?.user, 'alice')
})

test('a file of a farther place is not even read where an argument counts', () => {
  const env = { CONFORMANCE_USER_FILE: 'gone' }
  assert.equal(run(['--user', 'a:b'], { env }).target.supplied.accounts.default?.user, 'a')
})

test('a user without a password is asked for one', () => {
  assert.equal(run(['--user', 'alice']).target.askFor, 'alice')
  assert.deepEqual(run(['--user', 'alice']).target.supplied.accounts, {})
})

test('reads how a run goes, what closes the gate and where results go', () => {
  const found = run([
    ...['--only', 'basic,rfc7617', '--only', 'x', '--skip', 'y', '--allow', 'heavy,intrusive'],
    ...['--strict', '--dry-run', '--concurrency', '4', '--rate', '5', '--login-budget', '0'],
    ...['--seed', '7', '--witness', 'status=200', '--witness', 'pointer=/a/~1b'],
    ...['--fail-on', 'warn:high,note', '--max-inconclusive', '5%', '--reporter', 'json,line'],
    ...['--out', 'o', '--suite', 'a.json', '--suite', 'b.json', '--timeout', '500'],
  ])
  assert.deepEqual(found.run, {
    timeoutMs: 500,
    only: ['basic', 'rfc7617', 'x'],
    skip: ['y'],
    allow: ['heavy', 'intrusive'],
    strict: true,
    concurrency: 4,
    rate: 5,
    loginBudget: 0,
    seed: '7',
    witness: { status: 200, pointer: '/a/~1b' },
  })
  assert.deepEqual(found.gate, {
    failOn: [
      { verdict: 'fail', from: 'low' },
      { verdict: 'warn', from: 'high' },
      { verdict: 'note', from: 'low' },
    ],
    maxInconclusive: { percent: 5 },
  })
  assert.deepEqual(found.output, { reporters: ['json', 'line'], out: 'o' })
  assert.deepEqual(found.suiteFiles, ['a.json', 'b.json'])
  assert.equal(found.dryRun, true)
})

test('a list that says from where failures count replaces the rule that all do', () => {
  assert.deepEqual(run(['--fail-on', 'fail:high']).gate.failOn, [{ verdict: 'fail', from: 'high' }])
  assert.deepEqual(run(['--max-inconclusive', '0']).gate.maxInconclusive, { count: 0 })
})

test('reads how the generic request is made', () => {
  assert.deepEqual(run(['--method', 'PUT']).target.operation, { method: 'PUT' })
  assert.deepEqual(run(['--data', '{"a":1}']).target.operation, {
    method: 'POST',
    body: { type: 'application/json', text: '{"a":1}' },
  })
  assert.deepEqual(run(['--data', 'a=1', '--method', 'PATCH']).target.operation, {
    method: 'PATCH',
    body: { type: 'application/x-www-form-urlencoded', text: 'a=1' },
  })
})

test('reads how connections are made', () => {
  const pem = '-----BEGIN CERTIFICATE-----\n'
  const found = run(
    [
      ...['--ca', 'ca.pem', '--servername', 'other.example.test', '--insecure'],
      ...['--resolve', 'API.example.test:443:[::1]', '--resolve', '[::1]:80:127.0.0.1'],
      ...['--public', 'https://api.example.test/health'],
      ...['--key-set', 'https://api.example.test/keys'],
      ...['--http-url', 'http://api.example.test:8080/me?a=b'],
    ],
    { files: { 'ca.pem': pem } },
  )
  assert.deepEqual(found.target.connection, {
    insecure: true,
    ca: pem,
    servername: 'other.example.test',
    resolve: [
      { host: 'api.example.test', port: 443, address: '::1' },
      { host: '::1', port: 80, address: '127.0.0.1' },
    ],
  })
  assert.equal(found.target.publicUrl?.pathname, '/health')
  assert.equal(found.target.keySetUrl?.pathname, '/keys')
  assert.equal(found.target.httpUrl?.href, 'http://api.example.test:8080/')
})

test('what repeats a run holds no secret, no selection and no output', () => {
  const found = run(
    [
      ...['--user', 'alice:hunter2', '--only', 'x', '--seed', '1', '--out', 'o', '--strict'],
      ...['--data=--1', '--skip', 'z', '--timeout', '9', '--allow', 'heavy'],
    ],
    { env: { CONFORMANCE_BEARER: 'hunter2', CONFORMANCE_INSECURE: '0', CONFORMANCE_RATE: '3' } },
  )
  assert.deepEqual(found.repeat, [
    ...['--target', 'https://api.example.test/me', '--data=--1', '--timeout', '9'],
    ...['--allow', 'heavy', '--rate', '3', '--strict'],
  ])
})

test('credentials may go where nobody else can read them', () => {
  const user = ['--user', 'a:b']
  for (const url of [
    'https://api.example.test',
    'http://127.0.0.1:8080',
    'http://localhost',
    'http://a.localhost',
    'http://[::1]:1',
  ])
    assert.equal(read(['--target', url, ...user]).command, 'run')
  for (const words of [
    ['--target', 'http://api.example.test', '--allow', 'cleartext-secret'],
    ['--target', 'http://api.example.test', '--resolve', 'api.example.test:80:127.0.0.1'],
    ['--target', 'https://api.example.test', '--insecure', '--allow', 'heavy,cleartext-secret'],
    ['--target', 'https://127.0.0.1', '--insecure'],
  ])
    assert.equal(read([...words, ...user]).command, 'run')
  assert.equal(read(['--target', 'http://api.example.test']).command, 'run')
})

const clear = 'Credentials would travel in cleartext to a host that is not this machine.'
const outside = 'A configuration file names the target, and a secret comes from outside that file.'
const overHttp = ['--target', 'http://api.example.test']

const refused: readonly (readonly [
  string,
  readonly string[],
  Around,
  UsageError['code'],
  string,
  string?,
])[] = [
  [
    'no target',
    [],
    {},
    'no-target',
    'No server is named: neither --target nor CONFORMANCE_TARGET has a URL.',
  ],
  [
    'a target variable that a pipeline left empty',
    ['doctor'],
    { env: { CONFORMANCE_TARGET: '' } },
    'no-target',
    'No server is named: neither --target nor CONFORMANCE_TARGET has a URL.',
  ],
  ['an empty target', ['--target='], {}, 'bad-value', '--target is empty.'],
  [
    'a target without a scheme',
    ['--target', 'api.example.test'],
    {},
    'bad-value',
    '--target is not a URL that begins with https:// or http://.',
  ],
  [
    'another scheme',
    ['--target', 'ftp://api.example.test'],
    {},
    'bad-value',
    '--target is not a URL that begins with https:// or http://.',
  ],
  [
    'secrets in a URL',
    [],
    { env: { CONFORMANCE_TARGET: 'https://alice:hunter2@api.example.test' } },
    'secret-in-url',
    'CONFORMANCE_TARGET carries credentials inside the URL, where logs and reports would show them.',
    'Give them with --user, CONFORMANCE_USER or --user-file.',
  ],
  [
    'a fragment',
    ['--target', 'https://api.example.test/#a'],
    {},
    'bad-value',
    '--target has a fragment, which is never sent.',
  ],
  [
    'a public URL elsewhere',
    [...target, '--public', 'https://other.example.test'],
    {},
    'bad-value',
    '--public is not on the origin of the target.',
  ],
  [
    'a key set elsewhere',
    [...target, '--key-set', 'https://api.example.test:8443/keys'],
    {},
    'bad-value',
    '--key-set is not on the origin of the target.',
  ],
  [
    'a key set that is no URL',
    [...target, '--key-set', 'keys'],
    {},
    'bad-value',
    '--key-set is not a URL that begins with https:// or http://.',
  ],
  ['cleartext', [...overHttp, '--user', 'a:b'], {}, 'cleartext-secret', clear],
  ['a token in cleartext', [...overHttp, '--scheme', 'T=b'], {}, 'cleartext-secret', clear],
  ['a field in cleartext', [...overHttp, '--header', 'A: b'], {}, 'cleartext-secret', clear],
  [
    'cleartext where a name of this machine leads away',
    ['--target', 'http://localhost', '--user', 'a:b', '--resolve', 'localhost:80:192.0.2.1'],
    {},
    'cleartext-secret',
    clear,
    'Use https, or say --allow cleartext-secret.',
  ],
  [
    'credentials without a verified certificate',
    [...target, '--insecure', '--bearer', 'x'],
    {},
    'unverified-certificate',
    'With --insecure, credentials would go to whoever answers.',
    'Name the certificate with --ca, or say --allow cleartext-secret.',
  ],
  [
    'a configured target for a secret from the environment',
    ['--config', 'c.json'],
    { env: { CONFORMANCE_USER: 'a:b' }, files: { 'c.json': '{"target":"https://evil.test"}' } },
    'secret-origin',
    outside,
    'Give the target with --target or CONFORMANCE_TARGET.',
  ],
  [
    'a configured target for a variable the file points to',
    ['--config', 'c.json'],
    {
      env: { CONFORMANCE_X: 'a:b' },
      files: { 'c.json': '{"target":"https://evil.test","user":{"$env":"CONFORMANCE_X"}}' },
    },
    'secret-origin',
    outside,
  ],
  [
    'a configured target for a file the file points to',
    ['--config', 'c.json'],
    { files: { 'c.json': '{"target":"https://evil.test","bearer-file":"id"}', id: 'key' } },
    'secret-origin',
    outside,
  ],
  [
    'a configured target that is itself a variable',
    ['--config', 'c.json', '--user', 'a:b'],
    {
      env: { CONFORMANCE_X: 'https://evil.test' },
      files: { 'c.json': '{"target":{"$env":"CONFORMANCE_X"}}' },
    },
    'secret-origin',
    outside,
  ],
  [
    'a configured way for a foreign secret',
    [...target, '--config', 'c.json', '--user', 'a:b'],
    { files: { 'c.json': '{"resolve":"api.example.test:443:192.0.2.1"}' } },
    'secret-origin',
    '"resolve" in c.json steers where a secret goes that comes from outside that file.',
    'Give this option on the command line.',
  ],
  [
    'a configured door for a foreign secret',
    [...target, '--config', 'c.json', '--user', 'a:b', '--allow', 'cleartext-secret'],
    { files: { 'c.json': '{"http-url":"http://other.example.test"}' } },
    'secret-origin',
    '"http-url" in c.json steers where a secret goes that comes from outside that file.',
    'Give this option on the command line.',
  ],
  [
    'a configured permission for a foreign secret',
    [...overHttp, '--config', 'c.json', '--user', 'a:b'],
    { files: { 'c.json': '{"allow":"heavy,cleartext-secret"}' } },
    'secret-origin',
    '"allow" in c.json steers where a secret goes that comes from outside that file.',
  ],
  [
    'an empty user',
    [...target, '--user', ''],
    {},
    'empty-secret',
    '--user is empty.',
    'A secret that is missing in a pipeline expands to nothing; leave the option out to run without.',
  ],
  [
    'a user of two empty halves',
    [...target, '--user', ':'],
    {},
    'empty-secret',
    '--user is empty.',
  ],
  [
    'an empty secret variable',
    target,
    { env: { CONFORMANCE_BEARER: '' } },
    'empty-secret',
    'CONFORMANCE_BEARER is empty.',
  ],
  [
    'an empty account',
    [...target, '--account', 'colon='],
    {},
    'empty-secret',
    '--account (colon) is empty.',
  ],
  [
    'an empty account variable',
    target,
    { env: { CONFORMANCE_ACCOUNT_COLON: ':' } },
    'empty-secret',
    'CONFORMANCE_ACCOUNT_COLON (colon) is empty.',
  ],
  [
    'an empty file',
    [...target, '--user-file', 'u'],
    { files: { u: '\n' } },
    'empty-secret',
    '--user-file is empty.',
  ],
  [
    'a field without a value',
    target,
    { env: { CONFORMANCE_HEADER_X_KEY: '' } },
    'empty-secret',
    'CONFORMANCE_HEADER_X_KEY has no value for X-Key.',
  ],
  ['an empty pattern', [...target, '--only', ''], {}, 'bad-value', '--only is empty.'],
  [
    'an empty member of a list',
    [...target, '--only', 'a,,b'],
    {},
    'bad-value',
    '--only has an empty member in its list.',
  ],
  [
    'an option twice',
    [...target, '--user', 'a:b', '--user', 'c:d'],
    {},
    'given-twice',
    '--user was given twice.',
  ],
  [
    'a secret and its file',
    [...target, '--user', 'a:b', '--user-file', 'u'],
    { files: { u: 'a:b' } },
    'given-twice',
    '--user and --user-file exclude each other.',
  ],
  [
    'an account twice',
    [...target, '--account', 'colon=a:b', '--account', 'colon=c:d'],
    {},
    'given-twice',
    '--account was given twice.',
  ],
  [
    'the default account twice',
    [...target, '--user', 'a:b', '--account', 'default=c:d'],
    {},
    'given-twice',
    '--user is the account default, which was given as an account too.',
  ],
  [
    'two files of headers',
    [...target, '--header-file', 'a', '--header-file', 'b'],
    {},
    'given-twice',
    '--header-file was given twice.',
  ],
  [
    'a file that is not there',
    [...target, '--user-file', 'gone'],
    {},
    'unreadable-file',
    '--user-file: cannot read gone (ENOENT).',
  ],
  [
    'a user file of two lines',
    [...target, '--user-file', 'u'],
    { files: { u: 'a:b\nc:d\n' } },
    'bad-value',
    '--user-file: the file has more than one line.',
  ],
  [
    'an account without a colon',
    [...target, '--account', 'colon=hunter2'],
    {},
    'bad-value',
    '--account has no colon after the user-id.',
  ],
  [
    'an account name in capitals',
    [...target, '--account', 'Plus_Slash=a:b'],
    {},
    'bad-value',
    '--account wants a name of small letters, digits and hyphens before =.',
    'Well-known names: default, plus-slash, colon, utf8, long, api-key, other.',
  ],
  [
    'an account variable without a name',
    target,
    { env: { CONFORMANCE_ACCOUNT: 'a:b' } },
    'bad-value',
    'CONFORMANCE_ACCOUNT wants a name of small letters, digits and hyphens before =.',
  ],
  [
    'a line break in a password',
    [...target, '--user', 'a:b\n'],
    {},
    'bad-value',
    '--user holds a control character, such as a line break.',
  ],
  [
    'Basic as a scheme word',
    [...target, '--scheme', 'basic=abc'],
    {},
    'bad-value',
    '--scheme is not for basic.',
    'Use --user.',
  ],
  [
    'a scheme that is no word',
    [...target, '--scheme', 'a b=c'],
    {},
    'bad-value',
    '--scheme wants WORD=SECRET.',
  ],
  [
    'a bearer token with its word',
    [...target, '--bearer', 'Bearer abc'],
    {},
    'bad-value',
    '--bearer holds a blank, which no bearer token has.',
    'Give the token alone, without the word Bearer.',
  ],
  [
    'a field line that is none',
    [...target, '--header', 'X Tenant: 7'],
    {},
    'bad-value',
    "--header wants 'Name: value'.",
  ],
  [
    'a second line in a field',
    [...target, '--header', 'A: b\r\nHost: evil'],
    {},
    'bad-value',
    "--header wants 'Name: value'.",
  ],
  [
    'the Authorization field',
    [...target, '--header', 'authorization: Basic eDp5'],
    {},
    'bad-value',
    '--header cannot set authorization.',
    'Credentials are given with --user, --bearer or --scheme.',
  ],
  [
    'a method of another profile',
    [...target, '--profile', 'influxdb', '--method', 'GET'],
    {},
    'bad-value',
    '--method is for the generic profile; influxdb names its own requests.',
  ],
  [
    'a method in small letters',
    [...target, '--method', 'post'],
    {},
    'bad-value',
    '--method wants a method in capitals.',
  ],
  [
    'a certificate that is none',
    [...target, '--ca', 'ca'],
    { files: { ca: 'key' } },
    'bad-value',
    '--ca: ca holds no PEM certificate.',
  ],
  [
    'an http door that speaks TLS',
    [...target, '--http-url', 'https://api.example.test'],
    {},
    'bad-value',
    '--http-url wants a URL that begins with http://.',
  ],
  [
    'an http door beside http',
    ['--target', 'http://127.0.0.1/', '--http-url', 'http://127.0.0.1:81'],
    {},
    'bad-value',
    '--http-url is the http door beside an https target, and the target is not on https.',
  ],
  [
    'a server name that is none',
    [...target, '--servername', 'a b'],
    {},
    'bad-value',
    '--servername wants a host name.',
  ],
  ...['a:443', 'a:443:b', 'a:99999:127.0.0.1', '::1:80:127.0.0.1'].map(
    (text) =>
      [
        `the address ${text}`,
        [...target, '--resolve', text],
        {},
        'bad-value',
        '--resolve wants HOST:PORT:ADDR, with ADDR an IP address.',
      ] as const,
  ),
  ...['status=20', 'text=', 'pointer=a', 'pointer=/~2', 'header=x', 'x'].map(
    (text) =>
      [
        `the witness ${text}`,
        [...target, '--witness', text],
        {},
        'bad-value',
        '--witness wants status=NNN, text=… or pointer=/a/b.',
      ] as const,
  ),
  [
    'two witnesses of a kind',
    [...target, '--witness', 'text=a', '--witness', 'text=b'],
    {},
    'given-twice',
    '--witness names one kind of witness twice.',
  ],
  [
    'an unknown risk',
    [...target, '--allow', 'heavi'],
    {},
    'unknown-name',
    '--allow does not know "heavi".',
    'Did you mean heavy?',
  ],
  [
    'an unknown verdict',
    [...target, '--fail-on', 'everything'],
    {},
    'unknown-name',
    '--fail-on does not know "everything".',
    'It knows fail, warn, note, skip, inconclusive.',
  ],
  [
    'an unknown severity',
    [...target, '--fail-on', 'warn:hih'],
    {},
    'unknown-name',
    '--fail-on does not know "hih".',
    'Did you mean high?',
  ],
  [
    'a rule of three parts',
    [...target, '--fail-on', 'warn:high:x'],
    {},
    'bad-value',
    '--fail-on wants VERDICT or VERDICT:SEVERITY.',
  ],
  ...['-1', '101%', 'ten', '%'].map(
    (text) =>
      [
        `the limit ${text}`,
        [...target, `--max-inconclusive=${text}`],
        {},
        'bad-value',
        '--max-inconclusive wants a number, or a percentage such as 10%.',
      ] as const,
  ),
  [
    'no time at all',
    [...target, '--timeout', '0'],
    {},
    'bad-value',
    '--timeout wants a whole number of milliseconds from 1 to 600000.',
  ],
  [
    'half a request',
    [...target, '--rate', '0.5'],
    {},
    'bad-value',
    '--rate wants a whole number of requests from 1 to 100000.',
  ],
  [
    'a seed of several words',
    [...target, '--seed', 'a b'],
    {},
    'bad-value',
    '--seed wants a number or a short word.',
  ],
  [
    'explain without an id',
    ['explain'],
    {},
    'missing-operand',
    'explain needs the id of a case.',
    'See `npx http-auth-conformance list`.',
  ],
]

for (const [what, words, around, code, sentence, hint] of refused)
  test(`refuses ${what}`, () => refuses(words, around, code, sentence, hint))

test('no sentence repeats a secret', () => {
  for (const [, words, around] of refused) {
    try {
      read(words, around)
    } catch (error) {
      assert.ok(error instanceof UsageError)
      assert.doesNotMatch(`${error.message} ${error.hint}`, /hunter2|eDp5/u)
    }
  }
})

test('reads the commands that need no server', () => {
  assert.deepEqual(read(['--version']), { command: 'version', notices: [] })
  assert.deepEqual(read(['--help']), { command: 'help', notices: [] })
  assert.deepEqual(read(['demo', '--help']), { command: 'help', of: 'demo', notices: [] })
  assert.deepEqual(read(['list', '--mutants', '--json', '--no-color']), {
    command: 'list',
    mutants: true,
    suiteFiles: [],
    json: true,
    color: false,
    notices: [],
  })
  assert.deepEqual(read(['explain', 'an-id', '--target', 'https://a.test/', '--seed', '7']), {
    command: 'explain',
    id: 'an-id',
    url: new URL('https://a.test/'),
    profile: 'generic',
    suiteFiles: [],
    seed: '7',
    json: false,
    repeat: ['--target', 'https://a.test/'],
    notices: [],
  })
  assert.deepEqual(read(['coverage', '--profile', 'generic']), {
    command: 'coverage',
    profile: 'generic',
    json: false,
    notices: [],
  })
  assert.deepEqual(read(['export', '--out', 'o']), { command: 'export', out: 'o', notices: [] })
  assert.deepEqual(read(['serve', '--system', 'generic', '--mutant', 'm', '--port', '80']), {
    command: 'serve',
    system: 'generic',
    mutant: 'm',
    port: 80,
    expose: false,
    notices: [],
  })
})

test('demo and doctor are read like a run', () => {
  const demo = read(['demo', '--mutant', 'm', '--only', 'x'], {
    env: { CONFORMANCE_USER: 'never:read', CONFORMANCE_STRICT: '1' },
  })
  assert.ok(demo.command === 'demo')
  assert.equal(demo.mutant, 'm')
  assert.equal(demo.run.strict, true)
  const doctor = read(['doctor', ...target, '--user', 'a:b', '--color', '--json'])
  assert.ok(doctor.command === 'doctor')
  assert.equal(doctor.color, true)
  assert.equal(doctor.json, true)
})

test('remarks on what looks misspelt', () => {
  const { notices } = run(['--account', 'plus-slahs=a:b'], { env: { CONFORMANCE_ONYL: 'x' } })
  assert.deepEqual(notices, [
    'CONFORMANCE_ONYL is not read by this tool; CONFORMANCE_ONLY is.',
    'No built-in case uses the account plus-slahs; plus-slash is a well-known name.',
  ])
  assert.deepEqual(run(['--account', 'api-key=a:b', '--account', 'tenant=a:b']).notices, [])
})
