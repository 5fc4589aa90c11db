// Real servers with https, redirect and HSTS, judged on both doors: what is no pass is on record.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { request } from 'node:https'
import { test } from 'node:test'
import { judgeSecure, type Said, saidOf } from './https-judge.ts'
import { judged, nginxUsual, type SecureServer, startSecure } from './https-servers.ts'

interface Recorded extends Said {
  /** Why this server is told so, in one sentence. */
  readonly why: string
}

const record: Readonly<Record<string, readonly Recorded[]>> = JSON.parse(
  readFileSync(new URL('https.json', import.meta.url), 'utf8'),
)

const started = async (
  recipe: Parameters<typeof startSecure>[0],
  work: (server: SecureServer) => Promise<void>,
): Promise<void> => {
  const server = await startSecure(recipe)
  try {
    await work(server)
  } finally {
    await server.stop()
  }
}

for (const [name, recipe] of Object.entries(judged)) {
  test(`${name}: what is no pass is exactly what the record says`, () =>
    started(recipe, async (server) => {
      const expected = record[name] ?? []
      for (const { why, result } of expected) assert.match(why, /^\S.{20,}\.$/, result)
      const report = await judgeSecure(server)
      assert.equal(report.summary.inconclusive + report.summary.broken, 0, report.say)
      assert.deepEqual(
        saidOf(report),
        expected.map(({ why: _, ...said }) => said),
      )
    }))
}

type Fields = Readonly<Record<string, string | readonly string[] | undefined>>

const fieldsOf = (ask: typeof get | typeof request, url: string, more: object): Promise<Fields> =>
  new Promise((resolve, reject) => {
    const { hostname: _, port, pathname, search } = new URL(url)
    const asked = ask({ host: '127.0.0.1', port, path: pathname + search, ...more }, (answer) => {
      answer.resume()
      resolve(answer.headers)
    })
    asked.on('error', reject)
    asked.end()
  })

test("nginx-https-usual: the record is right, by Node's own client", () =>
  started(nginxUsual, async (server) => {
    const name = 'strict-transport-security'
    const tls = { ca: server.ca, servername: 'localhost', agent: false }
    assert.equal((await fieldsOf(request, server.url, tls))[name], undefined)
    assert.equal((await fieldsOf(request, server.publicUrl, tls))[name], 'max-age=31536000')
    const foreign = { headers: { Host: 'other.invalid' }, agent: false }
    const { location } = await fieldsOf(get, `${server.httpUrl}/protected?a=b`, foreign)
    assert.equal(location, `https://other.invalid:${server.port}/protected?a=b`)
  }))
