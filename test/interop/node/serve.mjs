// Starts one server by its name: accounts and realm as JSON on the command line, the port as the
// first line of output. It ends with its standard input, so that it never outlives who started it.
import { createServer } from 'node:http'

const [name, settings] = process.argv.slice(2)
const host = '127.0.0.1'
const { accounts, realm } = JSON.parse(settings)
const server = await import(`./servers/${name}.mjs`)

const listening = async () => {
  if (server.listen !== undefined) return server.listen({ accounts, realm, host, port: 0 })
  const handler = await server.start({ accounts, realm })
  const http = createServer(handler)
  await new Promise((resolve) => http.listen(0, host, resolve))
  return http.address().port
}

console.log(await listening())
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
