import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RequestFault, Send } from '../model/case.ts'
import type { Target } from '../model/profile.ts'
import { type Built, build } from './build.ts'
import type { Missing } from './credential.ts'
import { bytesOfSpans } from './spans.ts'
import { inputOf, targetOf } from './targets.test.support.ts'

const secure = (url: string, more: Partial<Target> = {}): Target =>
  targetOf({ url: new URL(url), ...more })

const found = (target: Target, but: RequestFault, what: Send['with'] = 'nothing') =>
  build(inputOf({ to: 'protected', with: what, but }, { target }))

const placeOf = (made: Built | Missing): string => {
  if ('missing' in made) return `${made.missing}: ${made.option}`
  const { route, target } = made.request
  return `${route.scheme} ${route.host} ${route.port} ${bytesOfSpans(target)}`
}

const cleartext = { over: 'cleartext' } as const
const tlsPort = { over: 'tls-port' } as const
const noTls = { over: 'no-tls' } as const

test('Without TLS a request goes to the same path at the http door, and the query stays at home', () => {
  const at = (url: string, httpUrl?: string): string => {
    const door = httpUrl === undefined ? {} : { httpUrl: new URL(httpUrl) }
    return placeOf(found(secure(url, door), cleartext))
  }
  assert.equal(at('https://a.test/p?key=1'), 'http a.test 80 /p')
  assert.equal(at('https://a.test/p?key=1', 'http://b.test:81'), 'http b.test 81 /p')
  assert.equal(at('https://a.test:8443/p', 'http://a.test:8080'), 'http a.test 8080 /p')
  assert.match(at('https://a.test:8443/p'), /^the URL of its http door: --http-url URL$/)
})

test('The TLS port is the one of the target, whatever door there is', () => {
  const more = { httpUrl: new URL('http://a.test:81') }
  assert.equal(placeOf(found(secure('https://a.test/p', more), tlsPort)), 'http a.test 443 /p')
  assert.equal(placeOf(found(secure('https://a.test:9/p'), tlsPort)), 'http a.test 9 /p')
})

test('What has to do with TLS needs a target that speaks it', () => {
  const faults: readonly RequestFault[] = [
    cleartext,
    tlsPort,
    { tls: 'TLSv1' },
    { hello: {} },
    { look: 'certificate' },
  ]
  for (const but of faults) {
    assert.match(placeOf(found(targetOf(), but)), /^a target on https: --target https:/)
  }
})

test('What is said over TLS alone is not said without', () => {
  const profile = {
    ...targetOf().profile,
    stranger: 'known-user' as const,
    operations: {
      protected: { method: 'POST', path: '', body: { type: 'text/plain', text: 'content-secret' } },
    },
  }
  const target = secure('https://a.test/p', { profile, fields: [['X-Tenant', 'tenant-secret']] })
  const text = (but: RequestFault): string => {
    const made = found(target, but, { stranger: 'basic' })
    if ('missing' in made) return assert.fail(made.missing)
    const { fields, body = [] } = made.request
    const lines = fields.map(({ name, value }) => bytesOfSpans(name) + bytesOfSpans(value))
    const credential = /Basic ([\w+/=]+)/.exec(lines.join('\n'))?.[1] ?? ''
    return [...lines, bytesOfSpans(body), Buffer.from(credential, 'base64').toString()].join('\n')
  }
  for (const secret of ['tenant-secret', 'content-secret', 'Alice']) {
    assert.ok(text({}).includes(secret), secret)
    for (const but of [cleartext, tlsPort]) assert.ok(!text(but).includes(secret), secret)
  }
})

test('A request that lacks what is said over TLS alone is known to lack it', () => {
  const lacks = (url: string, more: Partial<Target>, but: RequestFault = cleartext): unknown => {
    const made = found(secure(url, more), but)
    return 'incomplete' in made && made.incomplete
  }
  const body = { type: 'text/plain', text: 'x' }
  const withBody = (harmless?: true): Partial<Target> => {
    const protect = { method: 'POST', path: '', body, ...(harmless && { harmless }) }
    return { profile: { ...targetOf().profile, operations: { protected: protect } } }
  }
  assert.equal(lacks('https://a.test/p', {}), false)
  assert.equal(lacks('https://a.test/p?a=b', {}), true)
  assert.equal(lacks('https://a.test/p?a=b', {}, {}), false)
  assert.equal(lacks('https://a.test/p', { fields: [['X-Tenant', 'a']] }), true)
  assert.equal(lacks('https://a.test/p', withBody()), true)
  assert.equal(lacks('https://a.test/p', withBody(true)), false)
  assert.equal(lacks('http://a.test/p?a=b', { remote: true, ...withBody() }, noTls), false)
})

test('What a profile says to be harmless is said without TLS too, and nothing of the operator', () => {
  const operation = {
    method: 'POST',
    path: '/query?q=harmless',
    body: { type: 'text/plain', text: 'content' },
  }
  const sent = (more: object, but: RequestFault): string => {
    const profile = { ...targetOf().profile, operations: { protected: { ...operation, ...more } } }
    const made = found(secure('https://a.test/p?key=own', { profile }), but)
    if ('missing' in made) return made.missing
    return `${bytesOfSpans(made.request.target)} ${bytesOfSpans(made.request.body ?? [])}`
  }
  for (const but of [cleartext, tlsPort, noTls]) {
    assert.equal(sent({}, but), '/p/query ')
    assert.equal(sent({ harmless: true }, but), '/p/query?q=harmless content')
    assert.equal(sent({ harmless: true, path: '' }, but), '/p content')
  }
})

test('A target on http is its own door, unless nobody can read along', () => {
  const fields: Target['fields'] = [['X-Tenant', 'own']]
  const at = (more: Partial<Target>): Built | Missing =>
    found(secure('http://a.test/p?key=own', { fields, ...more }), noTls)
  assert.match(placeOf(at({})), /^a target on https, or one that is not on this machine: --target /)
  const made = at({ remote: true })
  assert.equal(placeOf(made), 'http a.test 80 /p?key=own')
  assert.equal('request' in made && made.request.fields.at(-1)?.name[0]?.text, 'X-Tenant')
  assert.equal('fault' in made && made.fault, 'sent in cleartext')
  const other = secure('http://a.test/p', { remote: true })
  assert.match(placeOf(found(other, cleartext)), /^a target on https: /)
  const door = { httpUrl: new URL('http://a.test:81') }
  assert.equal(placeOf(found(secure('https://a.test/p?key=1', door), noTls)), 'http a.test 81 /p')
})

test('A probe is told in words, and has a route of its own', () => {
  const target = secure('https://a.test/p')
  const said = (but: RequestFault): string => {
    const made = found(target, but)
    return 'missing' in made ? assert.fail(made.missing) : made.say
  }
  assert.equal(said({ hello: {} }), 'a usual TLS hello')
  assert.equal(
    said({
      hello: { versions: ['SSLv3'], suites: ['rc4'], groups: ['small'], also: 'compression' },
    }),
    'a TLS hello that offers SSLv3, and the suites rc4, and the groups small, and compression',
  )
  assert.equal(
    said({ hello: { name: 'unknown', protocols: ['x\u001b'] } }),
    'a TLS hello that offers the protocols x\\x1b, and a host name that nobody has',
  )
  assert.equal(said({ look: 'certificate' }), 'a TLS handshake, to see the certificate')
  assert.equal(said({ look: 'ticket' }), 'a TLS handshake, to be given a ticket')
  assert.match(said({ look: 'resumption' }), /^a TLS 1\.3 handshake, and a hello that comes back/)
  assert.match(said({ look: 'nonces' }), /^a TLS 1\.2 handshake with AES-GCM, and two anonymous/)
  assert.match(said({ look: 'addresses' }), /^TLS hellos to every address of the host/)
  const made = found(target, { look: 'certificate' })
  assert.deepEqual('request' in made && made.request.route.probe, { look: 'certificate' })
})
