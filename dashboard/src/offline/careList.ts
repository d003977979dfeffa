import type { Answer } from '../api/http.ts'
import { deviceNow } from '../clock.ts'
import { createVault, keyStorage, takeKey } from './vault.ts'

/** Somebody at home, by the number of their case; no name. */
export type AtHome = Answer<'GET /api/care'>['people'][number]
/** `day`: the Bangkok day of which `uncalled` speaks */
export type CareList = { readonly day: string; readonly people: readonly AtHome[] }

const PREFIX = 'jitasa.record.care.'

const vault = (account: string) => createVault(takeKey(keyStorage(window), account, deviceNow()))

/** Keeps the list of an account on this phone, sealed by the account's key: signing out makes it unreadable. */
export function keepCareList(account: string, list: CareList): void {
  const sealed = vault(account).seal(list)
  keyStorage(window).setItem(PREFIX + account, btoa(String.fromCharCode(...sealed)))
}

/** @returns the list as this phone last heard of it */
export function keptCareList(account: string): CareList | undefined {
  const text = keyStorage(window).getItem(PREFIX + account)
  if (text === null) return undefined
  return vault(account).open(Uint8Array.from(atob(text), (char) => char.charCodeAt(0))) as CareList | undefined
}
