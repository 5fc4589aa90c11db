// Starts one server by its name. Its settings stand in a file: accounts, realm, port, and where to
// write why it could not start.
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'

const [name, file] = process.argv.slice(2)
const settings = { host: '127.0.0.1', ...JSON.parse(readFileSync(file, 'utf8')) }

const listening = async () => {
  const server = await import(`./servers/${name}.mjs`)
  if (server.listen !== undefined) return server.listen(settings)
  const http = createServer(await server.start(settings))
  http.listen(settings.port, settings.host)
}

try {
  await listening()
} catch (error) {
  writeFileSync(
    settings.errors,
    `${error.stack}\nWas it installed? npm ci --prefix test/interop/node`,
  )
  process.exit(1)
}

// A test that is killed cannot stop what it has started: it is missed instead.
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) process.exit(0)
}, 500)
