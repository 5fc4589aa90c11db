import type { ValueForm } from '../model/case.ts'
import { isUriReference, webUrlOf } from '../text/uri.ts'

/** How a form is called, and which values have it. */
interface Form {
  readonly say: string
  readonly holds: (value: string) => boolean
}

/** The forms that the value of a parameter can be held to; values come without their quotes. */
export const valueForms: Readonly<Record<ValueForm, Form>> = {
  'plain-ascii': {
    say: 'printable US-ASCII without quotes and backslashes',
    holds: (value) => /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/.test(value),
  },
  'single-spaced': {
    say: 'words with one space between them',
    holds: (value) => !/^ | {2}| $/.test(value),
  },
  'uri-reference': { say: 'a URI reference', holds: isUriReference },
  url: { say: 'an absolute http or https URL', holds: (value) => webUrlOf(value) !== undefined },
}
