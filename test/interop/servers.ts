/** Real servers on a free port of this machine, each with a configuration of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { passwordFile } from './accounts.ts'

/** A server that is listening. */
export interface RealServer {
  readonly port: number
  readonly url: string
  readonly publicUrl: string
  /** Kills the process and its children, without a chance to finish anything, and sees them dead. */
  readonly kill: () => void
  /** Stops the server and removes its folder. */
  readonly stop: () => Promise<void>
}

/** How a server is started in a folder of its own. */
export interface Recipe {
  readonly program: string
  /** The Debian package that brings it. */
  readonly package: string
  readonly arguments: (folder: string) => readonly string[]
  readonly configuration: (folder: string, port: number) => string
  /** What has to be done once it listens, before anybody asks it. */
  readonly ready?: (port: number) => Promise<void>
  /** Variables that the program needs besides those it inherits. */
  readonly environment?: (folder: string) => Readonly<Record<string, string>>
}

const asRoot = process.getuid?.() === 0

/** Debian's nginx with `auth_basic`; one worker, and the folder for everything it writes. */
export const nginx: Recipe = {
  program: '/usr/sbin/nginx',
  package: 'nginx-light',
  arguments: (folder) => ['-p', folder, '-c', join(folder, 'conf'), '-e', join(folder, 'errors')],
  configuration: (folder, port) => `
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
  types { application/json json; }
  default_type text/plain;
  server {
    listen 127.0.0.1:${port};
    root ${folder}/site;
    location = /protected {
      auth_basic "Reference";
      auth_basic_user_file ${folder}/passwords;
      default_type application/json;
    }
  }
}
`,
}

/** Debian's Apache httpd with `mod_auth_basic` and only the modules that needs. */
export const apache: Recipe = {
  program: '/usr/sbin/apache2',
  package: 'apache2-bin',
  arguments: (folder) => ['-d', folder, '-f', join(folder, 'conf'), '-DFOREGROUND'],
  configuration: (folder, port) => `
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile ${folder}/pid
ErrorLog ${folder}/errors
DefaultRuntimeDir ${folder}
${['mpm_event', 'authn_core', 'authn_file', 'authz_core', 'authz_user', 'auth_basic', 'mime']
  .map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`)
  .join('\n')}
TypesConfig /dev/null
ServerLimit 1
StartServers 1
ThreadsPerChild 8
MaxRequestWorkers 8
DocumentRoot ${folder}/site
<Directory ${folder}/site>
  Require all granted
</Directory>
<Files protected>
  ForceType application/json
  AuthType Basic
  AuthName Reference
  AuthUserFile ${folder}/passwords
  Require valid-user
</Files>
`,
}

/** A port that nobody listens on now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

/** A master that is killed leaves its workers, and they go on serving. */
const childrenOf = (pid: number): readonly number[] => {
  const file = `/proc/${pid}/task/${pid}/children`
  return existsSync(file) ? readFileSync(file, 'utf8').split(' ').filter(Boolean).map(Number) : []
}

/** True while the kernel may still take connections for a process. */
const lives = (pid: number): boolean => {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return false
  const [, state] = /\) (\S)/.exec(readFileSync(file, 'utf8')) ?? []
  return state !== 'Z' && state !== 'X'
}

/** Blocks until all are dead, so that nothing of this process happens in between. */
const killAll = (child: ChildProcess): void => {
  const { pid } = child
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const all = [pid, ...childrenOf(pid)]
  // What has ended in this very moment cannot be killed, and need not be.
  for (const each of all.filter(lives)) process.kill(each, 'SIGKILL')
  const clock = new Int32Array(new SharedArrayBuffer(4))
  // A number may belong to another process by now, and that one is nobody's to wait for.
  for (let left = 400; left > 0 && all.some(lives); left -= 1) Atomics.wait(clock, 0, 0, 5)
}

const gone = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once('exit', () => resolve())
  })

const prepare = (recipe: Recipe, port: number): string => {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-interop-'))
  for (const name of ['site', 'tmp']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'site', 'protected'), '{"resource":"protected","ok":true}\n')
  writeFileSync(join(folder, 'site', 'public'), 'Open to all.\n')
  writeFileSync(join(folder, 'passwords'), passwordFile())
  writeFileSync(join(folder, 'conf'), recipe.configuration(folder, port))
  return folder
}

const untilItListens = async (child: ChildProcess, folder: string, port: number): Promise<void> => {
  for (let tries = 0; tries < 500; tries += 1) {
    if (child.exitCode !== null) break
    if (await listens(port)) return
    await pause(20)
  }
  const errors = join(folder, 'errors')
  const said = existsSync(errors) ? readFileSync(errors, 'utf8') : ''
  throw new Error(`${child.spawnfile} did not start: ${said}`)
}

/**
 * Starts a server.
 * @throws Error with the package to install where the program is missing.
 */
export const start = async (recipe: Recipe): Promise<RealServer> => {
  if (!existsSync(recipe.program)) {
    throw new Error(`${recipe.program} is missing. Install it: apt-get install ${recipe.package}`)
  }
  const port = await freePort()
  const folder = prepare(recipe, port)
  const child = spawn(recipe.program, recipe.arguments(folder), {
    stdio: 'ignore',
    env: { ...process.env, ...recipe.environment?.(folder) },
  })
  const stop = async (): Promise<void> => {
    killAll(child)
    await gone(child)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await untilItListens(child, folder, port)
    await recipe.ready?.(port)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    port,
    url: `http://127.0.0.1:${port}/protected`,
    publicUrl: `http://127.0.0.1:${port}/public`,
    kill: () => killAll(child),
    stop,
  }
}
