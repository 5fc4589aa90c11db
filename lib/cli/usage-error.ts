export type UsageCode =
  | 'unknown-option'
  | 'unknown-command'
  | 'wrong-command'
  | 'unexpected-operand'
  | 'missing-operand'
  | 'missing-value'
  | 'unexpected-value'
  | 'given-twice'
  | 'bad-value'
  | 'empty-secret'
  | 'no-target'
  | 'no-credentials'
  | 'secret-in-url'
  | 'cleartext-secret'
  | 'https-only'
  | 'unverified-certificate'
  | 'secret-origin'
  | 'config'
  | 'unreadable-file'
  | 'unknown-name'
  | 'nothing-selected'

/**
 * A mistake of the caller: one sentence, a stable code, and what to do about it. Ends the command
 * with exit code 2 and is never shown with a stack.
 */
export class UsageError extends Error {
  readonly code: UsageCode
  readonly hint?: string

  constructor(code: UsageCode, sentence: string, hint?: string) {
    super(sentence)
    this.name = 'UsageError'
    this.code = code
    if (hint !== undefined) this.hint = hint
  }
}
