// A server that reads its issuer's key set by URL, set up as its manual shows with shorter waits.
import { holdKeysToRecord } from './hold-keys.ts'

holdKeysToRecord('jose-remote', ['1', '2'])
