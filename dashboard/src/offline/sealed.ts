import type { KeptDraft } from './drafts.ts'
import { advance, isTaken, type QueuedRecord, type QueueEvent } from './queue.ts'
import type { Vault } from './vault.ts'

/** A record as it stands on the disk: what is personal is sealed, what the queue works with is not. */
export type StoredRecord = Omit<QueuedRecord, 'body' | 'title'> & { readonly sealed: Uint8Array | null }
export type StoredDraft = Omit<KeptDraft, 'title' | 'form'> & { readonly sealed: Uint8Array }

export function sealRecord(vault: Vault, { body, title, ...rest }: QueuedRecord): StoredRecord {
  return { ...rest, sealed: vault.seal({ body, title }) }
}

/** @returns `undefined` when its key is gone */
export function openRecord(vault: Vault, { sealed, ...rest }: StoredRecord): QueuedRecord | undefined {
  if (sealed === null) return { ...rest, body: null, title: '' }
  const personal = vault.open(sealed) as Pick<QueuedRecord, 'body' | 'title'> | undefined
  return personal && { ...rest, ...personal }
}

export function sealDraft(vault: Vault, { title, form, ...rest }: KeptDraft): StoredDraft {
  return { ...rest, sealed: vault.seal({ title, form }) }
}

export function openDraft(vault: Vault, { sealed, ...rest }: StoredDraft): KeptDraft | undefined {
  const personal = vault.open(sealed) as Pick<KeptDraft, 'title' | 'form'> | undefined
  return personal && { ...rest, ...personal }
}

/** The record after an event. Whatever the hub has taken leaves this phone, but for a line that says so. */
export function advanceStored(record: StoredRecord, event: QueueEvent): StoredRecord {
  const state = advance(record.state, event)
  if (state === record.state) return record
  return isTaken(state) ? { ...record, state, sealed: null } : { ...record, state }
}
