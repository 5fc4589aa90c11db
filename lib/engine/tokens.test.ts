// Runs with bearer tokens: what rests on which token, what is told of them, and who follows their URLs.
import assert from 'node:assert/strict'
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { createKeyring } from '../credentials/jwt/keyring.ts'
import { makeJwt } from '../credentials/jwt/make.ts'
import { generateKey } from '../jose/keys.ts'
import type { JwtFault, Line, SendCase, Suite } from '../model/case.ts'
import type { Supplied } from '../model/profile.ts'
import type { Report, ReportResult } from '../model/report.ts'
import { randomFrom } from '../text/random.ts'
import { planConformance } from './index.ts'
import { answer, inputFor, type RunChange, run, serve } from './servers.test.support.ts'

const because = ['rfc6750#1.3-token-validated-before-serving'] as const
const denied: Line = { must: { access: 'denied' }, because }
const granted: Line = { must: { access: 'granted' }, because }
const untouched: Line = { should: { callback: 'untouched' }, severity: 'high', because }

const key = generateKey({ kty: 'EC', crv: 'P-256' }, 'engine')
const publicKey = createPublicKey(key)
const signingKey = {
  key: String(key.export({ type: 'pkcs8', format: 'pem' })),
  kid: 'k1',
  issuer: 'https://issuer.test/',
  audience: 'api',
} as const

const nowSeconds = (): number => Math.floor(Date.now() / 1000)

/** A token that the server issued, so many seconds before it expires. */
const issue = (lifetime: number, claims: JwtFault['claims'] = {}): string =>
  makeJwt(
    {
      keyring: createKeyring({ accounts: {}, tokens: {}, signingKey }, 'issuer'),
      account: 'default',
      moment: { now: nowSeconds(), exact: true },
      random: randomFrom('issuer', String(lifetime)),
    },
    { claims: { sub: 'somebody', exp: { $now: lifetime }, ...claims } },
  ).token

const supplied = (more: Partial<Supplied>): Supplied => ({ accounts: {}, tokens: {}, ...more })

const jwt = (id: string, but: JwtFault, more: Partial<SendCase> = {}): SendCase => ({
  id,
  title: `Refuses ${id}`,
  severity: 'high',
  send: { to: 'protected', with: { valid: 'jwt', but } },
  expect: [denied],
  harm: 'H.',
  fix: 'F.',
  ...more,
})

const suiteOf = (...cases: readonly [SendCase, ...SendCase[]]): readonly Suite[] => [
  { id: 'suite', title: 'Suite', about: 'About.', cases },
]

const json = (segment: string | undefined): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(Buffer.from(segment ?? '', 'base64url').toString())
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

interface Seen {
  readonly token: string | undefined
  readonly header: Record<string, unknown>
  readonly claims: Record<string, unknown>
  readonly signed: boolean
}

const isSignedBy = (token: string, verifier: KeyObject): boolean => {
  const [header, payload, signature = ''] = token.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  if (bytes.length !== 64 || token.split('.').length !== 3) return false
  const covered = Buffer.from(`${header}.${payload}`)
  return verify('sha256', covered, { key: verifier, dsaEncoding: 'ieee-p1363' }, bytes)
}

const seenIn = (head: string): Seen => {
  const token = /^authorization: *Bearer +(\S+) *\r$/im.exec(head)?.[1]
  const [header, payload] = (token ?? '').split('.')
  return {
    token,
    header: json(header),
    claims: json(payload),
    signed: token !== undefined && isSignedBy(token, publicKey),
  }
}

const page = (date = new Date()): string =>
  answer('200 OK', ['Content-Type: application/json'], '{"ok":true}', date)
const refusal = (date = new Date()): string =>
  answer('401 Unauthorized', ['WWW-Authenticate: Bearer realm="x"'], 'no', date)

const inTime = ({ claims }: Seen, now: number): boolean => Number(claims.exp) > now

interface Judged {
  readonly report: Report
  readonly seen: readonly Seen[]
  readonly result: (id: string) => ReportResult
}

/** Runs a suite against a server that takes the tokens that `takes` says. */
const judge = async (
  t: TestContext,
  given: Supplied,
  suites: readonly Suite[],
  takes: (seen: Seen) => boolean = (seen) => seen.signed && inTime(seen, nowSeconds()),
  change: RunChange & { readonly date?: () => Date } = {},
): Promise<Judged> => {
  const seen: Seen[] = []
  const date = change.date ?? ((): Date => new Date())
  const url = await serve(t, (head) => {
    const one = seenIn(head)
    seen.push(one)
    return takes(one) ? page(date()) : refusal(date())
  })
  const { report } = await run({ url, supplied: given }, { ...change, suites })
  return {
    report,
    seen,
    result: (id) => report.results.find((each) => each.id === id) ?? assert.fail(`no result ${id}`),
  }
}

const expired = jwt('expired', { claims: { exp: { $now: -600 } } })
const tampered = jwt('tampered', { claims: { admin: true }, signature: 'kept' })

test('one issued token is learned of once, as text and as a signed token', async (t) => {
  const bearer = issue(3600)
  const { report, seen } = await judge(t, supplied({ bearer }), suiteOf(tampered))
  assert.equal(report.verdict, 'conforms')
  assert.deepEqual(report.target.offers, ['bearer', 'jwt'])
  assert.deepEqual(report.target.capabilities, ['bearer', 'jwt', 'issued-token'])
  const first = seen.slice(0, 6)
  assert.deepEqual(
    first.map(({ token }) =>
      token === undefined ? 'none' : token === bearer ? 'valid' : 'stranger',
    ),
    ['none', 'stranger', 'valid', 'valid', 'stranger', 'none'],
  )
  // Of the two strangers one is the token with another signature, the other is no token at all.
  const [garbage, spoilt] = [first[1], first[4]]
  assert.deepEqual(spoilt?.claims, json(bearer.split('.')[1]))
  assert.deepEqual(garbage?.header, {})
  assert.equal(report.preflight.filter(({ id }) => id.startsWith('told-apart')).length, 1)
  const ids = report.results.map(({ id }) => id)
  assert.ok(ids.includes('stranger-refused-bearer') && ids.includes('stranger-refused-jwt'))
})

test('tokens are signed anew for each exchange, by the clock of the server', async (t) => {
  const ahead = 5000
  const { report, seen } = await judge(
    t,
    supplied({ signingKey }),
    suiteOf(expired, jwt('typed', { header: { typ: 'x' } }, { expect: [granted] })),
    (one) => one.signed && inTime(one, nowSeconds() + ahead),
    { date: () => new Date(Date.now() + ahead * 1000) },
  )
  assert.deepEqual(report.results.map(({ id, verdict }) => [id, verdict]).sort(), [
    ['anonymous-refused', 'pass'],
    ['expired', 'pass'],
    ['stranger-refused-bearer', 'pass'],
    ['stranger-refused-jwt', 'pass'],
    ['typed', 'pass'],
  ])
  const signed = seen.filter((one) => one.signed)
  assert.equal(new Set(signed.map(({ claims }) => claims.jti)).size, signed.length)
  for (const { claims } of signed) {
    assert.deepEqual([claims.iss, claims.aud], [signingKey.issuer, signingKey.audience])
  }
  const past = signed.find(({ claims }) => Number(claims.exp) < nowSeconds() + ahead)
  assert.ok(past, 'the expired token came')
  assert.ok(Math.abs(Number(past.claims.exp) - (nowSeconds() + ahead - 600)) < 60)
})

test('a token of the key and one that was issued are learned of apart', async (t) => {
  const given = supplied({ bearer: issue(3600), signingKey })
  const { report } = await judge(t, given, suiteOf(expired), (one) => one.claims.sub === 'somebody')
  // The issued one is granted; what the key signs copies its claims, so that it is, too.
  const told = report.preflight.filter(({ id }) => id.startsWith('told-apart'))
  assert.equal(told.length, 2)
})

test('where only what the key signs is refused, the rest is judged all the same', async (t) => {
  const bearer = issue(3600)
  const given = supplied({ bearer, signingKey })
  const opaque: SendCase = {
    ...jwt('cut', {}),
    send: { to: 'protected', with: { valid: 'bearer', but: { token: { dropLast: 4 } } } },
  }
  const { report, result } = await judge(
    t,
    given,
    suiteOf(expired, opaque),
    ({ token }) => token === bearer,
  )
  assert.equal(result('cut').verdict, 'pass')
  assert.equal(result('expired').verdict, 'inconclusive')
  assert.equal(result('expired').reason?.code, 'credential-refused')
  const finding = report.preflight.find(({ id }) => id === 'credential-granted')
  assert.match(finding?.say ?? '', /^The valid jwt credentials were refused \(401\)/)
  assert.match(finding?.hint ?? '', /--signing-key, --kid, --issuer, --audience/)
})

test('a refused token that has expired, or is not yet valid, is explained', async (t) => {
  const hintFor = async (bearer: string): Promise<string | undefined> => {
    const { report } = await judge(t, supplied({ bearer }), suiteOf(tampered), () => false)
    assert.equal(report.verdict, 'could-not-judge')
    assert.equal(report.preflight.filter(({ id }) => id === 'credential-granted').length, 1)
    assert.ok(report.preflight.every(({ id }) => id !== 'token-life'))
    return report.preflight.find(({ id }) => id === 'credential-granted')?.hint
  }
  assert.match(
    (await hintFor(issue(-7200))) ?? '',
    /^The token expired 2 hours ago by the server's clock: give a fresh one with --bearer TOKEN\.$/,
  )
  assert.match(
    (await hintFor(issue(7200, { nbf: { $now: 900 } }))) ?? '',
    /^The token becomes valid in 15 minutes by the server's clock\.$/,
  )
  assert.match((await hintFor('opaque-token')) ?? '', /^Check --bearer TOKEN/)
})

test('says whether the token lives as long as the run', async (t) => {
  const lifeOf = async (given: Supplied): Promise<readonly unknown[]> => {
    const { report } = await judge(t, given, suiteOf(tampered))
    const life = report.preflight.filter(({ id }) => id === 'token-life')
    return life.map(({ holds, say }) => [holds, say.replace(/\d+/g, 'N')])
  }
  assert.deepEqual(await lifeOf(supplied({ bearer: issue(7200) })), [
    [true, 'The token expires in N hours and the run takes about N seconds.'],
  ])
  assert.deepEqual(await lifeOf(supplied({ signingKey })), [])
  const { report } = await judge(t, supplied({ bearer: issue(30) }), suiteOf(tampered), undefined, {
    options: { rate: 20 },
  })
  const life = report.preflight.find(({ id }) => id === 'token-life')
  assert.match(life?.say ?? '', /^The token expires in (?:29|30) seconds and the run/)
})

test('a token that expires on the way is no lock', async (t) => {
  const bearer = issue(600)
  const stopped = async (ahead: number): Promise<Report> => {
    let asked = 0
    const { report } = await judge(
      t,
      supplied({ bearer }),
      suiteOf(tampered),
      ({ token }) => {
        asked += 1
        return token === bearer && asked <= 6
      },
      { date: () => new Date(Date.now() + ahead * 1000) },
    )
    return report
  }
  // The clock of the server is past the end of the token when it begins to refuse it.
  const late = await stopped(700)
  assert.deepEqual(
    late.headlines.map(({ code }) => code),
    ['token-expired'],
  )
  assert.match(late.headlines[0]?.say ?? '', /^The token expired during the run; give one/)
  const early = await stopped(0)
  assert.deepEqual(
    early.headlines.map(({ code }) => code),
    ['locked'],
  )
})

test('a pass over tampering proves that nobody gets past, and is no decided clause', async (t) => {
  const given = supplied({ signingKey })
  const about = jwt('about', { signature: { bytes: 'zeros' } }, { about: 'signature' })
  const { report, result } = await judge(t, given, suiteOf(tampered, about, expired))
  assert.equal(result('tampered').proves, 'no-bypass')
  assert.equal(result('about').proves, undefined)
  assert.equal(result('expired').proves, undefined)
  assert.equal(report.coverage.decided, 1)
  const broken = await judge(t, given, suiteOf(tampered), ({ claims, header, signed }) =>
    signed ? true : claims.admin === true && header.alg === 'ES256',
  )
  assert.equal(broken.result('tampered').verdict, 'fail')
  assert.equal(broken.result('tampered').proves, undefined)
})

test('issuer and audience rest on the word of the operator', async (t) => {
  const wrong = jwt('issuer', { claims: { iss: 'https://evil.test/' } })
  const takes = (one: Seen): boolean => one.signed && one.claims.iss === signingKey.issuer
  const { result } = await judge(t, supplied({ signingKey }), suiteOf(wrong), takes)
  assert.equal(result('issuer').verdict, 'pass')
  assert.deepEqual(result('issuer').rests, [
    "the operator's word that the server expects this issuer",
  ])
  const silent = supplied({ signingKey: { key: signingKey.key } })
  const without = await judge(t, silent, suiteOf(wrong), ({ signed }) => signed)
  assert.equal(without.result('issuer').verdict, 'skip')
  assert.deepEqual(without.result('issuer').reason, {
    code: 'not-supplied',
    say: 'Needs the issuer that the server expects.',
    option: '--issuer I',
  })
})

test('garbage that passes for a token is one finding, and unverified signatures are one', async (t) => {
  const given = supplied({ bearer: issue(3600) })
  const cut: SendCase = {
    ...jwt('cut', {}),
    send: { to: 'protected', with: { valid: 'bearer', but: { token: { dropLast: 4 } } } },
  }
  const bare: SendCase = {
    ...jwt('bare', {}),
    send: { to: 'protected', with: { valid: 'bearer', but: { scheme: { word: 'JWT' } } } },
  }
  const anything = await judge(
    t,
    given,
    suiteOf(tampered, cut, bare),
    ({ token }) => token !== undefined,
  )
  const verdicts = ({ report }: Judged): readonly string[] =>
    report.results.map(({ id, verdict }) => `${id} ${verdict}`).sort()
  assert.deepEqual(verdicts(anything), [
    'anonymous-refused pass',
    'bare skip',
    'cut skip',
    'stranger-refused-bearer fail',
    'tampered skip',
  ])
  const decoded = await judge(
    t,
    given,
    suiteOf(tampered, cut, bare),
    ({ header }) => header.alg === 'ES256',
  )
  assert.deepEqual(verdicts(decoded), [
    'anonymous-refused pass',
    'bare pass',
    'cut skip',
    'stranger-refused-bearer pass',
    'stranger-refused-jwt fail',
    'tampered skip',
  ])
})

const jku = jwt(
  'jku',
  { header: { jku: { $callback: 'jwks' } }, signature: { key: 'foreign' } },
  { expect: [denied, untouched] },
)

/** A server that fetches what `jku` names before it answers. */
const fetching = async (
  t: TestContext,
  suites: readonly Suite[],
  believes: boolean,
  fetches: (url: string) => boolean = () => true,
): Promise<Report> => {
  const { createServer } = await import('node:http')
  const server = createServer((request, response) => {
    const one = seenIn(`Authorization: ${request.headers.authorization ?? ''}\r`)
    const url = one.header.jku
    const follow = typeof url === 'string' && fetches(url)
    const reply = (ok: boolean): void => {
      response.writeHead(ok ? 200 : 401, ok ? {} : { 'WWW-Authenticate': 'Bearer' })
      response.end(ok ? '{"ok":true}' : 'no')
    }
    if (!follow) reply(one.signed)
    else
      fetch(url).then(
        ({ ok }) => reply(ok && believes),
        () => reply(false),
      )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const { port } = server.address() as { readonly port: number }
  const url = new URL(`http://127.0.0.1:${port}/`)
  const { report } = await run({ url, supplied: supplied({ bearer: issue(3600) }) }, { suites })
  return report
}

test('a server that follows a URL in a token is told by its fetch', async (t) => {
  const believing = await fetching(t, suiteOf(jku), true)
  const [fail] = believing.results.filter(({ id }) => id === 'jku')
  assert.equal(fail?.verdict, 'fail')
  const looking = await fetching(t, suiteOf(jku), false)
  const [warn] = looking.results.filter(({ id }) => id === 'jku')
  assert.equal(warn?.verdict, 'warn')
  const line = warn?.lines.find(({ level }) => level === 'should')
  assert.deepEqual([line?.wanted, line?.got], ['no request to the listener', 'GET jwks'])
  assert.ok(looking.target.capabilities.includes('callback'))
  // The way to the listener is nobody's business.
  assert.doesNotMatch(JSON.stringify(looking.results), /127\.0\.0\.1:\d+\/[0-9a-f]{32}/)
})

test('that nothing was fetched decides nothing, unless the server is known to reach us', async (t) => {
  const other = jwt(
    'other',
    { header: { jku: { $callback: 'issuer' } }, signature: { key: 'foreign' } },
    { expect: [denied, untouched] },
  )
  const quiet = await fetching(t, suiteOf(jku), true, () => false)
  const [unseen] = quiet.results.filter(({ id }) => id === 'jku')
  assert.equal(unseen?.verdict, 'pass')
  assert.deepEqual(unseen?.rests, ['whether the URL was fetched could not be seen'])
  assert.deepEqual(
    unseen?.lines.map(({ holds }) => holds),
    [true, 'unknown'],
  )
  const choosy = await fetching(t, suiteOf(other, { ...jku, severity: 'low' }), true, (url) =>
    url.endsWith('/issuer'),
  )
  const [seen] = choosy.results.filter(({ id }) => id === 'jku')
  assert.deepEqual(
    seen?.lines.map(({ holds }) => holds),
    [true, true],
  )
  assert.deepEqual(seen?.rests, [])
  const alone = { ...jku, expect: [untouched] } as const
  const nothing = await fetching(t, suiteOf(alone), true, () => false)
  const [doubt] = nothing.results.filter(({ id }) => id === 'jku')
  assert.equal(doubt?.verdict, 'inconclusive')
  assert.equal(doubt?.reason?.code, 'callback-not-reached')
})

test('elsewhere a listener of this machine is of no use, and the option is named', () => {
  const left = (url: string, listen?: { readonly host: string }): readonly unknown[] => {
    const input = inputFor(
      { url: new URL(url), supplied: supplied({ bearer: issue(3600) }) },
      { suites: suiteOf(jku) },
    )
    return planConformance({ ...input, ...(listen === undefined ? {} : { listen }) }).left
  }
  assert.deepEqual(left('http://127.0.0.1:1/'), [])
  assert.deepEqual(left('https://api.example.test/', { host: '0.0.0.0' }), [])
  assert.deepEqual(left('https://api.example.test/'), [
    {
      id: 'jku',
      verdict: 'skip',
      say: 'Needs a listener that the server can reach.',
      option: '--jwks-listen HOST:PORT',
    },
  ])
})

test('what is missing names its option, and what changes nothing says so', async (t) => {
  const cases = suiteOf(
    expired,
    jwt('confused', { header: { alg: 'HS256' }, signature: { key: { publicKeyAs: 'pem-spki' } } }),
    jwt('same', { claims: { sub: { $valid: 'sub' } }, signature: 'kept' }),
    jwt('stolen', { signature: { from: 'other' } }),
  )
  const { result } = await judge(t, supplied({ bearer: issue(3600) }), cases)
  assert.equal(result('expired').reason?.option, '--signing-key FILE')
  assert.equal(result('confused').reason?.option, '--public-key FILE')
  assert.equal(result('stolen').reason?.option, '--account other=TOKEN')
  assert.equal(result('same').verdict, 'inconclusive')
  assert.match(result('same').reason?.say ?? '', /another token would show it/)
})

const typed = (more: Partial<SendCase>): SendCase => ({
  ...jwt('typed', {}),
  send: { to: 'protected', with: { valid: 'bearer' } },
  ...more,
})

test('the token of the issuer is judged as it is, though a key could sign others', async (t) => {
  const line = (claim: string): Line => ({
    should: { access: 'granted', issued: { claims: [claim] } },
    because,
  })
  const suites = suiteOf(
    typed({ id: 'expires', expect: [line('exp')] }),
    typed({ id: 'scoped', expect: [line('scope')] }),
  )
  const bearer = issue(3600)
  const { result, seen } = await judge(t, supplied({ bearer, signingKey }), suites)
  assert.equal(result('expires').verdict, 'pass')
  assert.equal(result('scoped').verdict, 'warn')
  assert.equal(result('scoped').lines[0]?.got, 'no scope')
  assert.ok(seen.some(({ token }) => token === bearer))
})

test('what is said of an issued token is left out where there is none, or another kind', async (t) => {
  const when = { issued: { typ: { anyOf: ['at+jwt'] } } } as const
  const suites = suiteOf(typed({ expect: [{ ...granted, when }] }))
  const reason = async (given: Partial<Supplied>) =>
    (await judge(t, supplied(given), suites)).result('typed').reason
  assert.deepEqual(await reason({ signingKey }), {
    code: 'not-supplied',
    say: 'Needs a JSON Web Token as its issuer made it.',
    option: '--bearer TOKEN',
  })
  assert.deepEqual(await reason({ bearer: issue(3600) }), {
    code: 'does-not-apply',
    say: 'Says something only where the token that was issued has the typ at+jwt, and that is not so.',
  })
})

test('what a profile does not take is left out in words', async (t) => {
  const { result } = await judge(
    t,
    supplied({ bearer: issue(3600) }),
    suiteOf(tampered),
    undefined,
    { profile: { accepts: ['bearer'] } },
  )
  assert.deepEqual(result('tampered').reason, {
    code: 'not-taken',
    say: 'Any protected URL takes no jwt credentials, says the profile.',
  })
})

test('nothing that was sent or signed stands in what is written', async (t) => {
  const bearer = issue(3600)
  const given = supplied({ bearer, bearers: { other: issue(1800) }, signingKey })
  const echoing = await serve(t, (head) => {
    const { token = '', signed } = seenIn(head)
    const body = JSON.stringify({ ok: signed, token, key: signingKey.key })
    return signed
      ? answer('200 OK', ['Content-Type: application/json'], body)
      : answer('401 Unauthorized', [`WWW-Authenticate: Bearer realm="${token}"`], body)
  })
  const suites = suiteOf(expired, tampered, jwt('stolen', { signature: { from: 'other' } }))
  const { report, journal } = await run({ url: echoing, supplied: given }, { suites })
  const written = JSON.stringify(report) + journal.join('')
  const secrets = [bearer, ...Object.values(given.bearers ?? {})]
  for (const token of secrets) {
    const [, , signature = ''] = String(token).split('.')
    assert.equal(signature.length, 86)
    assert.ok(!written.includes(signature), 'a signature')
  }
  assert.ok(!written.includes(signingKey.key.split('\n')[1] ?? '?'), 'the key')
  assert.doesNotMatch(written, /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{80}/)
})
