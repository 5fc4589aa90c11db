/** The catalogue of mutants, as data for readers and as changes for the server. */
import { base64 } from './base64.ts'
import { benign } from './benign.ts'
import { benignWire } from './benign-wire.ts'
import { challenge } from './challenge.ts'
import { duplicates } from './duplicates.ts'
import { elsewhere } from './elsewhere.ts'
import { fields } from './fields.ts'
import { grantedAnswers } from './granted.ts'
import { messages } from './messages.ts'
import { methods } from './methods.ts'
import { passwords } from './passwords.ts'
import { permission } from './permission.ts'
import { refusal } from './refusal.ts'
import { scheme } from './scheme.ts'
import { sizes } from './sizes.ts'
import { text } from './text.ts'
import type { Change, Mutant, Variation } from './types.ts'
import { universal } from './universal.ts'
import { userPass } from './user-pass.ts'

interface Entry {
  readonly mutant: Mutant
  readonly change: Change
}

const entries = (kind: Mutant['kind'], ...families: (readonly Variation[])[]): readonly Entry[] =>
  families.flat().map(({ change, ...about }) => ({
    mutant: { ...about, system: 'generic', kind },
    change,
  }))

const catalogue: readonly Entry[] = [
  ...entries(
    'narrow',
    base64,
    userPass,
    passwords,
    permission,
    text,
    scheme,
    duplicates,
    elsewhere,
    fields,
    sizes,
    messages,
    challenge,
    refusal,
    methods,
    grantedAnswers,
  ),
  ...entries('universal', universal),
  ...entries('benign', benign, benignWire),
]

/** Every mutant of every reference server, as plain data. */
export const mutants: readonly Mutant[] = catalogue.map(({ mutant }) => mutant)

/** What a mutant changes; undefined where there is none of that name for that system. */
export const changeOf = (system: Mutant['system'], id: string): Change | undefined =>
  catalogue.find(({ mutant }) => mutant.system === system && mutant.id === id)?.change
