import { type Answer, type AskingBody, ask } from '../../api/http.ts'

export type Account = Answer<'GET /api/accounts'>['accounts'][number]
export type Invitation = Answer<'GET /api/invitations'>['invitations'][number]
export type Screen = Answer<'GET /api/screens'>['screens'][number]
export type ApiKey = Answer<'GET /api/keys'>['keys'][number]
export type AuditRow = Answer<'GET /api/audit'>['rows'][number]
export type Facility = Answer<'GET /api/facilities'>['facilities'][number]
export type OperationDay = Answer<'PUT /api/operation'>
/** What a role is bound to. */
export type Binding = Required<Pick<AskingBody<'PUT /api/accounts/{id}/role'>, 'role' | 'areas' | 'facility'>>

/** A few at a time: whoever looks for one narrows the search rather than scrolling. */
const FACILITIES_SHOWN = 6
export async function findFacilities(filter: { readonly area: string; readonly q: string }, cursor: string) {
  const query = { ...filter, cursor, limit: FACILITIES_SHOWN }
  const { facilities, cursor: next } = await ask('GET /api/facilities', { query })
  return { items: facilities, next }
}
/** `day`: YYYY-MM-DD; an empty text asks for all */
export type AuditFilter = {
  readonly action: string
  readonly resource: string
  readonly actor: string
  readonly day: string
  readonly address: string
}
