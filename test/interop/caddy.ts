import { join } from 'node:path'
import { accounts } from './accounts.ts'
import type { Recipe } from './servers.ts'

/** What bcrypt makes of the passwords at its lowest cost; its usual one takes a second for each. */
const hashes: Readonly<Record<keyof typeof accounts, string>> = {
  default: '$2b$04$hiojMKqjiuvMlxUqft752./7CPX68orPTZ2r4HzFYHR5pLwbchmve',
  'plus-slash': '$2b$04$bCAjq0H/7uqrMncpIj1h.uaJT/ppGPBidAsB59x77mEgxNeY7hcJu',
  colon: '$2b$04$RlWudCdLs4kLV5lKtfYOXuNITyBBeBoGuSOY5w9zJWmj8oyqx6hlG',
  utf8: '$2b$04$LNgzvXO9XdhGFYg5QFPb4ejJsfWSEfnLf8gitsWBWvyA1e7YhsclG',
  long: '$2b$04$klP800vOGPMSnC58Hk/N3OQZyNW9YOMSns6hYHxJ4Mezz0U6/22XC',
}

const users = Object.entries(hashes)
  .map(([name, hash]) => `    ${accounts[name as keyof typeof accounts].user} ${hash}`)
  .join('\n')

/** Debian's Caddy with `basicauth` and `file_server`; everything it writes goes to the folder. */
export const caddy: Recipe = {
  program: '/usr/bin/caddy',
  package: 'caddy',
  arguments: (folder) => ['run', '--config', join(folder, 'conf'), '--adapter', 'caddyfile'],
  configuration: (folder, port) => `
{
  admin off
  auto_https off
}
http://127.0.0.1:${port} {
  root * ${folder}/site
  header /protected Content-Type application/json
  basicauth /protected* {
${users}
  }
  file_server
}
`,
  environment: (folder) => ({
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, 'tmp'),
    XDG_DATA_HOME: join(folder, 'tmp'),
  }),
}
