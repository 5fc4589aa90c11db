import type { Report } from '../model/index.ts'
import { hostile } from './fixtures/hostile.ts'
import {
  acceptsEveryone,
  bareUnauthorized,
  conforming,
  crash,
  refusesEveryone,
  softened,
} from './fixtures/plain.ts'
import { many, varied } from './fixtures/varied.ts'

/** Reports made by hand, one per kind of run a reader may meet; golden outputs are named by them. */
export const fixtures: Readonly<Record<string, Report>> = {
  conforming,
  softened,
  'accepts-everyone': acceptsEveryone,
  'refuses-everyone': refusesEveryone,
  'bare-401': bareUnauthorized,
  crash,
  hostile,
  varied,
  many,
}
