// Debian's nginx with auth_basic, judged as a user would judge it.
import { holdToRecord, holdWhenKilled } from './hold.ts'
import { nginx } from './servers.ts'

holdToRecord('nginx', nginx)

// Before the first case, and in the middle of a bracket.
for (const exchange of [9, 120]) holdWhenKilled('nginx', nginx, exchange)
