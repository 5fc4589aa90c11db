/** JSON Pointer (RFC 6901): names one place in a JSON value. */

/**
 * The value a pointer names, or undefined where there is none or the pointer is not one. Only own
 * members count, and `-` (the element after the last) names nothing.
 */
export function pointerGet(value: unknown, pointer: string): unknown {
  const steps = pointerSteps(pointer)
  if (steps === undefined) return undefined
  let found = value
  for (const step of steps) {
    if (typeof found !== 'object' || found === null) return undefined
    if (Array.isArray(found) && !/^(?:0|[1-9]\d*)$/.test(step)) return undefined
    if (!Object.hasOwn(found, step)) return undefined
    found = (found as Readonly<Record<string, unknown>>)[step]
  }
  return found
}

/** The pointer to a place reached by these member names and indexes. */
export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((step) => `/${String(step).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('')
}

/** The member names and indexes a pointer is made of, or undefined where it is not a pointer. */
export function pointerSteps(pointer: string): string[] | undefined {
  if (pointer === '') return []
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return undefined
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'))
}
