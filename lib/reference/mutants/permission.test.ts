import { as, basic, demo, type Row, showDifferences } from '../ask.test.helper.ts'
import { permission } from './permission.ts'

const guest = (mutated: string): Row => ({
  send: as(basic(demo.unprivileged)),
  plain: '403',
  mutated,
})

showDifferences(permission, {
  'unprivileged-401': guest('401'),
  'unprivileged-served': guest('200'),
})
