import type { Missing } from '../missing.ts'

/** Thrown inside the making of a token where the operator did not supply what it takes. */
export class LackError extends Error {
  readonly what: Missing

  constructor(missing: string, option: string) {
    super(missing)
    this.name = 'LackError'
    this.what = { missing, option }
  }
}
