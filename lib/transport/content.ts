import type { ContentPhase, Reading } from './reading.ts'

const keep = (reading: Reading, part: Buffer): void => {
  const { content, limits } = reading
  content.bytes += part.length
  const room = limits.bodyCap - content.keptBytes
  if (room <= 0) return
  const kept = part.subarray(0, room)
  content.kept.push(kept)
  content.keptBytes += kept.length
}

/** Takes what content there is at `at` and tells where it stopped; at the limit the answer is over. */
export const takeContent = (
  reading: Reading,
  phase: ContentPhase,
  chunk: Buffer,
  at: number,
): number => {
  const allowed = reading.limits.bodyStop - reading.content.bytes
  const expected = phase === 'close' ? allowed : Math.min(allowed, reading.remaining)
  const part = chunk.subarray(at, at + expected)
  keep(reading, part)
  reading.remaining -= part.length
  if (reading.content.bytes >= reading.limits.bodyStop) {
    reading.state = 'complete'
    reading.stopped = true
    reading.persists = false
  } else if (phase === 'length' && reading.remaining === 0) {
    reading.state = 'complete'
  } else if (phase === 'data' && reading.remaining === 0) {
    reading.phase = 'data-end'
  }
  return at + part.length
}
