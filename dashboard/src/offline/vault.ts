import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { bytesToUtf8, managedNonce, randomBytes, utf8ToBytes } from '@noble/ciphers/utils.js'

/** The key of an account's records on this phone, while it is signed in here. */
export type Vault = {
  seal(value: unknown): Uint8Array
  /** @returns `undefined` for what another key has sealed: of a session that has ended */
  open(sealed: Uint8Array): unknown
}

/** Without a word from the hub that the account is signed in, the key goes, and with it what it sealed. */
export const KEY_DAYS = 14
const DAY_MS = 86_400_000
const KEY_BYTES = 32
const PREFIX = 'jitasa.record.key.'

type KeptKey = { readonly key: string; readonly until: number }

const cipher = managedNonce(xchacha20poly1305)

export function createVault(key: Uint8Array): Vault {
  return {
    seal: (value) => cipher(key).encrypt(utf8ToBytes(JSON.stringify(value))),
    open(sealed) {
      try {
        return JSON.parse(bytesToUtf8(cipher(key).decrypt(sealed)))
      } catch {
        // The tag is wrong: not this key's. There is nothing to say to anybody, and nothing to be read.
        return undefined
      }
    },
  }
}

/**
 * Where keys are kept. Records must open without a network after a reload, so the key is on this phone too: what it
 * gives is an end. Deleting a row leaves its bytes in the files of the browser's database; deleting the key makes
 * every copy of them unreadable. A page over plain http has no offline shell to come back to, and anybody on the network
 * could read its key out of it: there the key ends with the tab.
 */
export function keyStorage(page: {
  isSecureContext: boolean
  localStorage: Storage
  sessionStorage: Storage
}): Storage {
  return page.isSecureContext ? page.localStorage : page.sessionStorage
}

/** The account's key, or a new one. `now`: ms since 1970 */
export function takeKey(storage: Storage, account: string, now: number): Uint8Array {
  const kept = readKey(storage, account)
  if (kept !== undefined && kept.until > now) return Uint8Array.from(atob(kept.key), (char) => char.charCodeAt(0))
  const key = randomBytes(KEY_BYTES)
  write(storage, account, { key: btoa(String.fromCharCode(...key)), until: now + KEY_DAYS * DAY_MS })
  return key
}

/** The hub has said that the account is signed in: its key holds for KEY_DAYS from now. */
export function renewKey(storage: Storage, account: string, now: number): void {
  const kept = readKey(storage, account)
  if (kept !== undefined && kept.until > now) write(storage, account, { ...kept, until: now + KEY_DAYS * DAY_MS })
}

export function dropKey(storage: Storage, account: string): void {
  storage.removeItem(PREFIX + account)
}

function readKey(storage: Storage, account: string): KeptKey | undefined {
  const text = storage.getItem(PREFIX + account)
  return text === null ? undefined : (JSON.parse(text) as KeptKey)
}

function write(storage: Storage, account: string, kept: KeptKey): void {
  storage.setItem(PREFIX + account, JSON.stringify(kept))
}
