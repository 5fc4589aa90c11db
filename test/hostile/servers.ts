// The servers and runs of the engine's own tests, for those that cross modules.
export * from '../../lib/engine/servers.test.support.ts'
