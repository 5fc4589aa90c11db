/** Holds what is known of a fetched key set while a site runs. */
import { member } from '../json.ts'
import { servingSet } from './rules.ts'
import type { KeySource, Memory, RemoteRules } from './types.ts'

/** A source that knows nothing yet. */
export const keySource = (rules: RemoteRules): KeySource => {
  let closing = new AbortController()
  let url: string | undefined
  let memory: Memory = {}
  let running: Promise<void> | undefined

  const fetched = async (from: string): Promise<void> => {
    const here = closing
    const before = memory.held
    memory = { ...memory, asked: rules.now() }
    const answer = await rules.get(rules, from, before, here.signal)
    // What comes from a place that is no longer ours is nobody's.
    if (here !== closing) return
    const held = rules.keep(memory.held, answer && rules.read(rules, answer, before))
    const { asked } = memory
    memory = { ...(asked === undefined ? {} : { asked }), ...(held === undefined ? {} : { held }) }
  }

  /** Whoever needs the set while it is on its way waits for that one. */
  const refresh = (from: string): Promise<void> => {
    if (running && rules.joins(memory)) return running
    const mine = fetched(from).finally(() => {
      if (running === mine) running = undefined
    })
    running = mine
    return mine
  }

  return {
    fetchFrom: (place) => {
      closing.abort()
      closing = new AbortController()
      url = place
      memory = {}
      running = undefined
    },
    keysFor: async (header, isKnown) => {
      if (url === undefined) return []
      const kid = member(header, 'kid')
      const isName = kid === undefined || typeof kid === 'string'
      if (isName && !isKnown && rules.needs(rules, memory, kid)) {
        if (running || rules.mayFetch(rules, memory, kid)) {
          const fetching = refresh(url)
          if (rules.waits) await fetching
        }
      }
      return rules.choose(servingSet(rules, memory)?.keys ?? [], header, isKnown)
    },
    close: () => closing.abort(),
  }
}
