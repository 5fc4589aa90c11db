import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RequestFault } from '../model/case.ts'
import type { Job } from './context.ts'
import type { Execution } from './execute.ts'
import { whyUnheard } from './unheard.ts'

const jobWith = (but?: RequestFault): Job =>
  ({ steps: [{ send: { to: 'protected', with: 'nothing', but } }] }) as unknown as Job

const execution = (code: string, size: number): Execution =>
  ({
    performed: [
      {
        exchange: { trouble: { code } },
        built: {
          request: { method: 'GET', target: [{ text: 'x'.repeat(size) }], fields: [] },
        },
      },
    ],
  }) as unknown as Execution

const codeOf = (job: Job, run: Execution): string | undefined => whyUnheard(job, run)?.code

test('Silence at a door without TLS says nothing of what is behind it', () => {
  for (const over of ['cleartext', 'tls-port'] as const) {
    assert.equal(codeOf(jobWith({ over }), execution('timeout', 1)), 'door-silent')
  }
  assert.equal(codeOf(jobWith(), execution('timeout', 1)), undefined)
  assert.equal(codeOf(jobWith({ hello: {} }), execution('timeout', 1)), undefined)
})

test('An answer to a large request may be lost with the connection', () => {
  assert.equal(codeOf(jobWith(), execution('reset', 20_000)), 'answer-lost')
  assert.equal(codeOf(jobWith(), execution('reset', 20)), undefined)
  assert.equal(codeOf(jobWith(), execution('timeout', 20_000)), undefined)
})
