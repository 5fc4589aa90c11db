/** Real servers that end TLS, well and badly configured, each with an http door beside it. */

import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Authority, AuthorityContent } from '../../lib/x509/authority.ts'
import { createAuthority, issue } from '../../lib/x509/authority.ts'
import { accounts } from './accounts.ts'
import { freePort, type RealServer, type Recipe, start } from './servers.ts'

/** A server that listens on https, and what a client has to trust. */
export interface SecureServer extends Pick<RealServer, 'port' | 'stop'> {
  readonly url: string
  readonly publicUrl: string
  readonly httpUrl: string
  readonly ca: string
}

/** What a configuration can name: files in the folder, and the two ports. */
interface Place {
  readonly folder: string
  readonly port: number
  readonly http: number
}

/** A kind of server with two doors. */
export interface SecureRecipe extends Omit<Recipe, 'configuration' | 'arguments'> {
  readonly arguments: (place: Place) => readonly string[]
  readonly configuration: (place: Place) => string
  /** The certificate, where it is not a good one on P-256. */
  readonly certificate?: () => AuthorityContent & { readonly hosts?: readonly string[] }
}

const rsa = (bits: number): AuthorityContent => ({
  key: generateKeyPairSync('rsa', { modulusLength: bits }).privateKey,
})

const asRoot = process.getuid?.() === 0

const nginxWith = (
  tls: string,
  header: string,
  location: string,
  certificate?: SecureRecipe['certificate'],
): SecureRecipe => ({
  program: '/usr/sbin/nginx',
  package: 'nginx-light',
  ...(certificate === undefined ? {} : { certificate }),
  arguments: ({ folder }) => [
    '-p',
    folder,
    '-c',
    join(folder, 'conf'),
    '-e',
    join(folder, 'errors'),
  ],
  configuration: ({ folder, port, http }) => `
daemon off;
${asRoot ? 'user root root;' : ''}
worker_processes 1;
pid ${folder}/pid;
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path ${folder}/tmp;
  proxy_temp_path ${folder}/tmp;
  fastcgi_temp_path ${folder}/tmp;
  uwsgi_temp_path ${folder}/tmp;
  scgi_temp_path ${folder}/tmp;
  default_type text/plain;
  server {
    listen 127.0.0.1:${http};
    return ${location.replaceAll('PORT', String(port))};
  }
  server {
    listen 127.0.0.1:${port} ssl;
    server_name localhost;
    ssl_certificate ${folder}/chain.pem;
    ssl_certificate_key ${folder}/key.pem;
    ${tls}
    ${header}
    root ${folder}/site;
    location = /protected {
      auth_basic "Reference";
      auth_basic_user_file ${folder}/passwords;
      default_type application/json;
    }
  }
}
`,
})

/** As it would be recommended. */
export const nginxGood: SecureRecipe = nginxWith(
  'ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20; ssl_prefer_server_ciphers on; ssl_ecdh_curve X25519:P-256;',
  'add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;',
  '308 https://localhost:PORT$uri',
)

/** With early data switched on, which its authors warn of. */
export const nginxEarly: SecureRecipe = nginxWith(
  'ssl_protocols TLSv1.3; ssl_early_data on;',
  '',
  '308 https://localhost:PORT$uri',
)

/** As it is often found: add_header without always, and $host in the redirect. */
export const nginxUsual: SecureRecipe = nginxWith(
  '',
  'add_header Strict-Transport-Security "max-age=31536000";',
  '301 https://$host:PORT$request_uri',
  () => rsa(2048),
)

/** As it was set up long ago, and never looked at again. */
export const nginxOld: SecureRecipe = nginxWith(
  'ssl_protocols TLSv1 TLSv1.1 TLSv1.2; ssl_ciphers ALL:!aNULL@SECLEVEL=0; ssl_prefer_server_ciphers off;',
  '',
  '302 http://$host/start',
  () => ({ ...rsa(2048), until: new Date(Date.now() - 86_400_000) }),
)

const hashOf: Readonly<Record<string, string>> = {
  default: '$2b$04$hiojMKqjiuvMlxUqft752./7CPX68orPTZ2r4HzFYHR5pLwbchmve',
}

export const caddySecure: SecureRecipe = {
  program: '/usr/bin/caddy',
  package: 'caddy',
  arguments: ({ folder }) => ['run', '--config', join(folder, 'conf'), '--adapter', 'caddyfile'],
  configuration: ({ folder, port, http }) => `
{
  admin off
  auto_https off
}
http://localhost:${http} {
  bind 127.0.0.1
  redir https://localhost:${port}{path} permanent
}
https://localhost:${port} {
  bind 127.0.0.1
  tls ${folder}/chain.pem ${folder}/key.pem
  header Strict-Transport-Security "max-age=63072000; includeSubDomains"
  root * ${folder}/site
  header /protected Content-Type application/json
  basicauth /protected* {
    ${accounts.default.user} ${hashOf.default}
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

export const haproxy: SecureRecipe = {
  program: '/usr/sbin/haproxy',
  package: 'haproxy',
  arguments: ({ folder }) => ['-db', '-f', join(folder, 'conf')],
  configuration: ({ folder, port, http }) => `
global
  maxconn 256
defaults
  mode http
  timeout client 10s
  timeout connect 2s
  timeout server 10s
userlist people
  user ${accounts.default.user} insecure-password ${accounts.default.password}
frontend plain
  bind 127.0.0.1:${http}
  http-request redirect location https://localhost:${port}%[path] code 308
frontend secure
  bind 127.0.0.1:${port} ssl crt ${folder}/both.pem alpn http/1.1
  http-after-response set-header Strict-Transport-Security "max-age=63072000; includeSubDomains"
  http-request auth realm Reference if { path /protected } !{ http_auth(people) }
  http-request return status 200 content-type application/json string '{"ok":true}' if { path /protected }
  http-request return status 200 content-type text/plain string 'Open.' if { path /public }
  http-request return status 404 content-type text/plain string 'Nothing.'
`,
}

/** OpenSSL's own server, which knows no passwords: only its TLS can be looked at. */
const openssl = (
  words: readonly string[],
  certificate?: SecureRecipe['certificate'],
): SecureRecipe => ({
  program: '/usr/bin/openssl',
  package: 'openssl',
  ...(certificate === undefined ? {} : { certificate }),
  arguments: ({ folder, port }) => [
    's_server',
    '-accept',
    `127.0.0.1:${port}`,
    '-cert',
    join(folder, 'chain.pem'),
    '-key',
    join(folder, 'key.pem'),
    '-www',
    '-quiet',
    ...words,
  ],
  configuration: () => '',
})

/** Everything that OpenSSL 3 can still be made to speak. */
export const opensslAnything: SecureRecipe = openssl(
  ['-cipher', 'ALL:COMPLEMENTOFALL:eNULL:@SECLEVEL=0', '-legacy_renegotiation'],
  () => ({ ...rsa(1024), hash: 'sha1' }),
)

export const openssl13: SecureRecipe = openssl(['-tls1_3'])

/** Static RSA and CBC in TLS 1.2 alone. */
export const openssl12: SecureRecipe = openssl(
  ['-tls1_2', '-cipher', 'AES128-SHA:AES256-SHA256:DHE-RSA-AES128-SHA:ECDHE-RSA-AES128-SHA'],
  () => ({ ...rsa(2048), hosts: ['other.example.test'] }),
)

const authorityFiles = (folder: string, authority: Authority, recipe: SecureRecipe): void => {
  const { hosts = ['localhost', '127.0.0.1'], ...content } = recipe.certificate?.() ?? {}
  const { key, chain } = issue(authority, hosts, content)
  writeFileSync(join(folder, 'key.pem'), key, { mode: 0o600 })
  writeFileSync(join(folder, 'chain.pem'), chain)
  writeFileSync(join(folder, 'both.pem'), chain + key, { mode: 0o600 })
}

/** Starts a server on two free ports with a certificate of an authority made for it. */
export const startSecure = async (recipe: SecureRecipe): Promise<SecureServer> => {
  const authority = createAuthority('Interop authority')
  const http = await freePort()
  let place: Place | undefined
  const server = await start({
    ...recipe,
    configuration: (folder, port) => {
      place = { folder, port, http }
      authorityFiles(folder, authority, recipe)
      return recipe.configuration(place)
    },
    arguments: (folder) => recipe.arguments(place ?? { folder, port: 0, http }),
  })
  const base = `https://localhost:${server.port}`
  return {
    port: server.port,
    url: `${base}/protected`,
    publicUrl: `${base}/public`,
    httpUrl: `http://localhost:${http}`,
    ca: authority.pem,
    stop: server.stop,
  }
}

/** The servers that know passwords, by the names of their records. */
export const judged: Readonly<Record<string, SecureRecipe>> = {
  'nginx-https': nginxGood,
  'nginx-https-usual': nginxUsual,
  'nginx-https-old': nginxOld,
  'caddy-https': caddySecure,
  haproxy,
}

/** All whose TLS can be looked at. */
export const looked: Readonly<Record<string, SecureRecipe>> = {
  ...judged,
  'openssl-anything': opensslAnything,
  'openssl-tls12': openssl12,
  'openssl-tls13': openssl13,
}
