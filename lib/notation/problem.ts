import { pointerOf } from '../text/json-pointer.ts'

/** One mistake in a document: where it stands, what was found, and what is allowed there. */
export interface Problem {
  /** JSON Pointer (RFC 6901) into the document; empty for the document itself. */
  readonly path: string
  /** One sentence, without the path. */
  readonly say: string
  /** The word that was probably meant. */
  readonly suggestion?: string
}

/** A place in a document while it is walked. */
export interface Place {
  readonly path: string
  readonly depth: number
}

/** The root of every document. */
export const root: Place = { path: '', depth: 0 }

/** One step further down. */
export function below(place: Place, key: string | number): Place {
  return { path: `${place.path}${pointerOf([key])}`, depth: place.depth + 1 }
}
