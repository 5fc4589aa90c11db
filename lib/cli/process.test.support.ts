// The command line as a process of its own, for tests that end processes.
import { start } from './main.ts'

await start()
