// Debian's Apache httpd with mod_auth_basic, judged as a user would judge it.
import { holdToRecord } from './hold.ts'
import { apache } from './servers.ts'

holdToRecord('apache', apache)
