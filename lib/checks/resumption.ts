import type { ChannelWanted, ResumptionFacts } from '../model/channel.ts'
import type { Checked } from './check.ts'

type Finding = Pick<Checked, 'got' | 'holds'>
type Wanted = Pick<ChannelWanted, 'resumption' | 'earlyData'>

const words: Readonly<Record<NonNullable<Wanted['resumption']>, string>> = {
  resumed: 'a session of TLS 1.3 is taken up again',
  'with-new-key': 'a new key for the session',
}

const nothing: Finding = { holds: 'unknown', got: 'no session taken up' }

function resumptionFinding(
  wanted: NonNullable<Wanted['resumption']>,
  { came, newKey }: ResumptionFacts,
): Finding {
  const resumed = came === 'resumed'
  if (wanted === 'resumed') return { holds: resumed, got: resumed ? 'taken up' : 'not taken up' }
  if (!resumed) return nothing
  return { holds: newKey === true, got: newKey ? 'a new key' : 'the key of the ticket alone' }
}

/** Who does not take a ticket takes no early data with it, whatever it offers. */
function earlyDataFinding({ came, earlyData }: ResumptionFacts): Finding {
  if (came !== 'resumed') return nothing
  return earlyData === undefined
    ? { holds: true, got: 'no early data' }
    : { holds: false, got: `early data, up to ${earlyData} bytes` }
}

/** What is wanted of who takes a session up again, in words. */
export const sayResumption = ({ resumption, earlyData }: Wanted): readonly string[] => [
  ...(resumption === undefined ? [] : [words[resumption]]),
  ...(earlyData === undefined ? [] : ['no offer of early data']),
]

/** Looks at what became of a session, one finding for each thing that is wanted of it. */
export const lookAtResumption = (
  { resumption, earlyData }: Wanted,
  facts: ResumptionFacts,
): readonly Finding[] => [
  ...(resumption === undefined ? [] : [resumptionFinding(resumption, facts)]),
  ...(earlyData === undefined ? [] : [earlyDataFinding(facts)]),
]
