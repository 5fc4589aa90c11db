import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountsFrom } from './accounts.ts'
import { as, ask, basic, demo, get, request, shown, withServer } from './ask.test.helper.ts'
import { type Reference, startReference } from './start.ts'

test('an unknown mutant is refused by name', async () => {
  await assert.rejects(startReference({ system: 'generic', mutant: 'no-such' }), {
    name: 'RangeError',
    message: 'The reference server "generic" has no mutant "no-such".',
  })
})

test('a port that is taken is an error', async () => {
  await withServer(undefined, async ({ url }) => {
    const port = Number(new URL(url).port)
    await assert.rejects(startReference({ system: 'generic', port }), { code: 'EADDRINUSE' })
  })
})

test('the same seed gives the same accounts, another seed other passwords', async () => {
  const of = async (seed: string): Promise<Reference['accounts']> => {
    const server = await startReference({ system: 'generic', seed })
    await server.close()
    return server.accounts
  }
  assert.deepEqual(await of('a'), accountsFrom('a'))
  assert.notEqual((await of('b')).default.password, (await of('a')).default.password)
})

test('the URLs lead to the pages and every request is logged', async () => {
  await withServer(undefined, async (server) => {
    const headers = { authorization: basic() }
    const page = await fetch(server.url, { headers })
    assert.deepEqual(await page.json(), { resource: 'protected', ok: true })
    assert.equal(page.headers.get('cache-control'), 'private, no-store')
    assert.equal((await fetch(server.siblingUrl, { headers })).status, 200)
    assert.equal(await (await fetch(server.publicUrl)).text(), 'Open to all.\n')
    await ask(server, 'nonsense\r\n\r\n')
    assert.deepEqual(
      server.log.map(({ method, target, status }) => `${method} ${target} ${status}`),
      ['GET /protected 200', 'GET /protected/other 200', 'GET /public 200', 'nonsense  400'],
    )
  })
})

test('closing twice is harmless, and open connections do not delay it', async () => {
  const server = await startReference({ system: 'generic', mutant: 'hangs' })
  const answer = ask(server, as(basic()))
  await answer
  await server.close()
  await server.close()
})

test('refusals for every reason look alike and every answer is dated', async () => {
  await withServer(undefined, async (server) => {
    const tries = [
      get(),
      as('Basic'),
      as('Other abc'),
      as('Basic !'),
      as('Basic bm9jb2xvbg=='),
      as('Basic Tm9ib2R5Ong='),
      as(basic({ ...demo.default, password: 'wrong' })),
    ]
    const answers: string[] = []
    for (const bytes of tries) answers.push(await ask(server, bytes))
    assert.match(
      answers[0] ?? '',
      /\r\nDate: [A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT\r\n/,
    )
    assert.equal(new Set(answers.map((text) => text.replace(/Date: .*/, ''))).size, 1)
  })
})

test('HEAD has the fields of GET and no content', async () => {
  await withServer(undefined, async (server) => {
    for (const line of [`Authorization: ${basic()}`, 'Accept: */*']) {
      const got = await ask(server, get(line))
      const headed = await ask(server, request('HEAD /protected HTTP/1.1', line))
      const dateless = (text: string): string => text.replace(/Date: .*\r\n/, '')
      const [head = ''] = dateless(got).split('\r\n\r\n')
      assert.equal(dateless(headed), `${head}\r\n\r\n`)
    }
  })
})

test('405 and OPTIONS say what is allowed', async () => {
  await withServer(undefined, async (server) => {
    const send = [
      request('DELETE /protected HTTP/1.1', `Authorization: ${basic()}`),
      request('OPTIONS /protected HTTP/1.1'),
      request('POST /public HTTP/1.1'),
    ]
    const allowed = await shown(server, { send, see: 'Allow', plain: '', mutated: '' })
    assert.equal(allowed, Array<string>(3).fill('GET, HEAD, OPTIONS').join(' '))
  })
})
