// Debian's Caddy with basicauth and file_server, judged as a user would judge it.
import { caddy } from './caddy.ts'
import { holdToRecord } from './hold.ts'

holdToRecord('caddy', caddy, { seeds: ['1', '2'] })
