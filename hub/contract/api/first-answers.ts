import type { Delta } from '../live/messages.ts'
import type { Scope } from '../live/scopes.ts'

/** The element of a page's document that holds what the page asks for first, as JSON: `FirstAnswer[]`. */
export const FIRST_ANSWERS_ID = 'first-answers'

/** An answer of the API to whoever asked for the document. `path`: with its parameters, as `addressed` writes them */
export type FirstAnswer =
  | { readonly path: string; readonly body: unknown; readonly epoch?: undefined }
  /** a snapshot of a scope, with its X-Situation-Epoch */
  | { readonly path: string; readonly body: Delta; readonly epoch: string }

/** @returns a path with its parameters; those that are empty are left out */
export function addressed(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') given.set(name, String(value))
  return given.size > 0 ? `${path}?${given}` : path
}

export const snapshotPath = (scope: Scope): string => addressed('/api/situation', { scope })
