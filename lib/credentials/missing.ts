/** What cannot be built because the operator did not supply it. */
export interface Missing {
  readonly missing: string
  readonly option: string
}
