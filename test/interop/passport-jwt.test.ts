// A verifier of tokens, set up as its manual shows and judged as a user would judge it.
import { holdTokensToRecord } from './hold-tokens.ts'

await holdTokensToRecord('passport-jwt')
