import type { Clause } from '../../lib/model/clause.ts'
import { freesewing } from './freesewing.ts'
import { house } from './house.ts'
import { influxdb } from './influxdb.ts'
import { rfc4648 } from './rfc4648.ts'
import { rfc6585 } from './rfc6585.ts'
import { rfc6750 } from './rfc6750.ts'
import { rfc6797 } from './rfc6797.ts'
import { rfc7515 } from './rfc7515.ts'
import { rfc7517 } from './rfc7517.ts'
import { rfc7518 } from './rfc7518.ts'
import { rfc7519 } from './rfc7519.ts'
import { rfc7616 } from './rfc7616.ts'
import { rfc7617 } from './rfc7617.ts'
import { rfc7638 } from './rfc7638.ts'
import { rfc7797 } from './rfc7797.ts'
import { rfc8037 } from './rfc8037.ts'
import { rfc8725 } from './rfc8725.ts'
import { rfc8725bis } from './rfc8725bis.ts'
import { rfc9068 } from './rfc9068.ts'
import { rfc9110 } from './rfc9110.ts'
import { rfc9111 } from './rfc9111.ts'
import { rfc9112 } from './rfc9112.ts'
import { rfc9325 } from './rfc9325.ts'
import { rfc9700 } from './rfc9700.ts'
import { rfc9728 } from './rfc9728.ts'
import { singlestore, singlestoreHelios } from './singlestore.ts'

/** Every clause the suites rest on, each exactly once: of published texts and drafts, and our own. */
export const clauses: readonly Clause[] = [
  ...rfc4648,
  ...rfc6585,
  ...rfc6750,
  ...rfc6797,
  ...rfc7515,
  ...rfc7517,
  ...rfc7518,
  ...rfc7519,
  ...rfc7616,
  ...rfc7617,
  ...rfc7638,
  ...rfc7797,
  ...rfc8037,
  ...rfc8725,
  ...rfc8725bis,
  ...rfc9068,
  ...rfc9110,
  ...rfc9111,
  ...rfc9112,
  ...rfc9325,
  ...rfc9700,
  ...rfc9728,
  ...house,
  ...singlestore,
  ...singlestoreHelios,
  ...freesewing,
  ...influxdb,
]
