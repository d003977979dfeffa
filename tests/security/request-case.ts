import type pg from 'pg'
import type { Grant } from '../../hub/authorize/grant.ts'
import type { Resource } from '../../hub/authorize/resource.ts'
import type { World } from '../support/rls-rows.ts'
import type { RequestOptions } from './hub.ts'

/** What a request is about: the own place, or a foreign one. */
export type Target = {
  readonly world: World
  readonly pool: pg.Pool
  readonly grant: Grant | null
  /** whether the account holds the case; if not, somebody else does */
  readonly held: boolean
  /** somebody who could take a case of the own place */
  readonly colleague: string
}

export type Prepared = RequestOptions & { readonly path: string }

/** One request to a route, which is answered with one of `allowed` when the table says yes. */
export type RequestCase = {
  readonly allowed: readonly number[]
  /** what the table is asked about; nothing: the route concerns no place */
  readonly resource?: (target: Target) => Resource
  readonly request: (target: Target) => Prepared | Promise<Prepared>
}
