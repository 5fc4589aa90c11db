import type { Missing } from '../credential.ts'

/** Thrown inside the making of a token where the operator did not supply what it takes. */
export class Lack extends Error {
  readonly what: Missing

  constructor(missing: string, option: string) {
    super(missing)
    this.name = 'Lack'
    this.what = { missing, option }
  }
}
