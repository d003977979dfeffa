import { createContext, useContext } from 'solid-js'
import type { RowObject } from '../../../hub/contract/live/rows.ts'
import type { Scope } from '../../../hub/contract/live/scopes.ts'
import type { Province } from '../api/areas.ts'
import type { LiveStore } from '../live/store.ts'

/**
 * What a page follows live, without its numbers: a board shows rows alone, and does not carry the dictionary of indicators for
 * them. Every subject is one.
 */
export type Followed = {
  /** the area of its scope: the nation, or the province it is or lies in */
  readonly home: string
  readonly scope: Scope
  readonly area: string
  /** the province that it is, or lies in */
  readonly province: Province | undefined
  readonly provinces: readonly Province[]
  readonly live: LiveStore
  operation(): RowObject<'operation'> | undefined
  /** the operation's day, `YYYY-MM-DD`; `undefined` before the first delta */
  today(): string | undefined
  loaded(): boolean
}

export const FollowedContext = createContext<Followed>()

export function useFollowed(): Followed {
  const followed = useContext(FollowedContext)
  if (!followed) throw new Error('useFollowed needs a FollowedContext above it')
  return followed
}
