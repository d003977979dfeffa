import type { FacilityKind } from '../../../../hub/contract/vocabulary/facilities.ts'
import type { OperationKind } from '../../../../hub/contract/vocabulary/operation.ts'
import { requestJson } from '../../api/http.ts'
import type { RoleName } from '../../desk/words.ts'

export type Account = {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly username: string | null
  readonly role: RoleName | null
  readonly areas: readonly string[]
  readonly facility: number | null
  readonly label: string | null
  readonly disabled: boolean
  readonly drill: boolean
  readonly createdAt: string
}
/** What a role is bound to. */
export type Binding = { readonly role: RoleName; readonly areas: readonly string[]; readonly facility: number | null }
export type NewAccount = Binding & {
  readonly name: string
  readonly email: string | null
  readonly username: string | null
  readonly label?: string
}
export type Invitation = Binding & {
  readonly id: string
  readonly label: string
  readonly note: string
  readonly createdAt: string
  readonly expiresAt: string
  readonly acceptedAt: string | null
}
export type Screen = {
  readonly id: string
  readonly name: string
  readonly area: string
  readonly disabled: boolean
  readonly since: string
  /** it shows live numbers now */
  readonly on: boolean
  /** when it last did; `null`: never */
  readonly seenAt: string | null
}
export type AuditRow = {
  readonly id: number
  readonly at: string
  readonly actor: string | null
  readonly actorName: string | null
  readonly role: string
  readonly action: string
  readonly resource: string
  /** of an account or a screen */
  readonly resourceName: string | null
  readonly area: string | null
  readonly details: Readonly<Record<string, unknown>>
}

/** Query parameters without those that are empty. */
function query(values: Readonly<Record<string, string>>): string {
  return new URLSearchParams(Object.entries(values).filter(([, value]) => value !== '')).toString()
}

const post = <T>(path: string, body?: unknown) => requestJson<T>(path, { method: 'POST', body })
const put = (path: string, body: unknown) => requestJson<undefined>(path, { method: 'PUT', body })

export function listAccounts(filter: { readonly text: string; readonly role: string }, after: string) {
  return requestJson<{ accounts: Account[]; next: string | null }>(`/api/accounts?${query({ ...filter, after })}`)
}
export type Facility = {
  readonly id: number
  readonly code: string
  readonly kind: FacilityKind
  readonly district: string
  readonly nameTh: string
  readonly nameEn: string
}
/** A few at a time: whoever looks for one narrows the search rather than scrolling. */
const FACILITIES_SHOWN = 6
export async function findFacilities(filter: { readonly area: string; readonly q: string }, cursor: string) {
  type Answer = { readonly facilities: readonly Facility[]; readonly cursor: string | null }
  const asked = query({ ...filter, cursor, limit: String(FACILITIES_SHOWN) })
  const { facilities, cursor: next } = await requestJson<Answer>(`/api/facilities?${asked}`)
  return { items: facilities, next }
}
export function readAccount(id: string) {
  return requestJson<Account & { readonly sessions: number }>(`/api/accounts/${id}`)
}
export function createAccount(account: NewAccount) {
  return post<{ readonly id: string; readonly password: string }>('/api/accounts', account)
}
export function bindAccount(id: string, binding: Binding & { readonly label?: string }) {
  return put(`/api/accounts/${id}/role`, binding)
}
export function setDisabled(id: string, disabled: boolean) {
  return put(`/api/accounts/${id}/disabled`, { disabled })
}
export function resetPassword(id: string) {
  return post<{ readonly password: string }>(`/api/accounts/${id}/password`)
}
export function signOutAccount(id: string) {
  return post<{ readonly sessions: number }>(`/api/accounts/${id}/sign-out`)
}
export function listInvitations() {
  return requestJson<{ readonly invitations: readonly Invitation[] }>('/api/invitations')
}
export function invite(invitation: Binding & { readonly label: string; readonly note: string }) {
  return post<{ readonly id: string; readonly link: string; readonly expiresAt: string }>(
    '/api/invitations',
    invitation,
  )
}
export function withdrawInvitation(id: string) {
  return requestJson<undefined>(`/api/invitations/${id}`, { method: 'DELETE' })
}
export function listScreens() {
  return requestJson<{ readonly screens: readonly Screen[] }>('/api/screens')
}
export function approveScreen(screen: { readonly code: string; readonly name: string; readonly area: string }) {
  return post<{ readonly id: string }>('/api/screens', screen)
}
export function moveScreen(id: string, area: string) {
  return requestJson<undefined>(`/api/screens/${id}/area`, { method: 'PUT', body: { area } })
}
export function removeScreen(id: string) {
  return requestJson<undefined>(`/api/screens/${id}`, { method: 'DELETE' })
}
export type OperationDay = { readonly day: string; readonly kind: OperationKind }
export function setOperation(operation: OperationDay) {
  return requestJson<OperationDay>('/api/operation', { method: 'PUT', body: operation })
}
/** `day`: YYYY-MM-DD; an empty text asks for all */
export type AuditFilter = {
  readonly action: string
  readonly resource: string
  readonly actor: string
  readonly day: string
}
export function readAudit(filter: AuditFilter, before: string) {
  return requestJson<{ rows: AuditRow[]; next: number | null }>(`/api/audit?${query({ ...filter, before })}`)
}
