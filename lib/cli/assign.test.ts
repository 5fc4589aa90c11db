import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proxyFor, runOptions } from './assign.ts'

test('a proxy never gets what --resolve keeps on this machine', () => {
  const proxies = { HTTP_PROXY: 'http://proxy.example.test:3128' }
  const resolve = [
    { host: 'api.example.test', port: 80, address: '127.0.0.1' },
    { host: 'far.example.test', port: 80, address: '192.0.2.1' },
  ]
  const choose = proxyFor(proxies, resolve)
  const route = (host: string, port = 80) => ({ scheme: 'http', host, port }) as const
  assert.equal(choose(route('API.example.test')), undefined)
  assert.equal(choose(route('api.example.test', 8080))?.host, 'proxy.example.test')
  assert.equal(choose(route('far.example.test'))?.host, 'proxy.example.test')
  assert.equal(proxyFor({}, [])(route('far.example.test')), undefined)
})

test('a seed is made up where none is given, and kept where one is', () => {
  const settings = {
    timeoutMs: 1,
    only: [],
    skip: [],
    allow: [],
    strict: false,
    concurrency: 1,
  } as const
  const limit = { percent: 10 }
  const seeds = [1, 2, 3, 4].map(() => runOptions(settings, limit, 'x').seed)
  assert.ok(seeds.every((seed) => /^\d{1,10}$/u.test(seed)))
  assert.ok(new Set(seeds).size > 1)
  assert.equal(runOptions({ ...settings, seed: '7' }, limit, 'x').seed, '7')
})
