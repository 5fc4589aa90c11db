/** The mutants of the server with two doors, family by family. */
import { certificates } from './certificates.ts'
import { channels } from './channels.ts'
import { doors } from './doors.ts'
import { hellos } from './hellos.ts'
import { hsts } from './hsts.ts'
import { redirects } from './redirects.ts'
import { seconds } from './second.ts'
import type { HttpsDefect } from './types.ts'

export { benign } from './benign.ts'

export const narrow: readonly HttpsDefect[] = [
  ...doors,
  ...redirects,
  ...hsts,
  ...certificates,
  ...channels,
  ...hellos,
  ...seconds,
]
