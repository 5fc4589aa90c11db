// A positive control: node-jose before 0.11.0, which trusts the key in a token (CVE-2018-0114).
import { test } from 'node:test'
import { holdGranted, tellOf } from './told.ts'

const told = await tellOf('node-jose-0.10')

test('node-jose 0.10.0: tokens that bring their own key are granted, and a shell sees it', async () => {
  await holdGranted(told, await told.judge('jwt-embedded-key'), [
    'jwt-embedded-key/same-kid',
    'jwt-embedded-key/without-kid',
    'jwt-embedded-key/ec',
    'jwt-embedded-key/rsa',
  ])
})
