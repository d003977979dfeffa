import { commandScopesOf } from '../../../hub/contract/live/page-scopes.ts'
import type { Scope } from '../../../hub/contract/live/scopes.ts'
import { sessionState } from './account.ts'

/** What command says of an area, as far as who looks may hear it (commandScopesOf). */
export function commandScopes(area: string): readonly Scope[] {
  const state = sessionState()
  return state.kind === 'in' ? commandScopesOf(state.session, area) : []
}
