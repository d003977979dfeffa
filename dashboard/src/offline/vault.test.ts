import { beforeEach, expect, it } from 'vitest'
import { createVault, dropKey, KEY_DAYS, keyStorage, renewKey, takeKey } from './vault.ts'

const DAY_MS = 86_400_000
const NOW = 1_636_600_000_000
const items = new Map<string, string>()
const storage = {
  getItem: (key: string) => items.get(key) ?? null,
  setItem: (key: string, value: string) => void items.set(key, value),
  removeItem: (key: string) => void items.delete(key),
} as unknown as Storage
beforeEach(() => items.clear())

it('what is sealed opens with its key, holds no name in clear, and is nothing to another key', () => {
  const vault = createVault(takeKey(storage, 'me', NOW))
  const sealed = vault.seal({ name: 'คำแก้ว ทดสอบ', phone: '+66812345678' })
  expect(vault.open(sealed)).toEqual({ name: 'คำแก้ว ทดสอบ', phone: '+66812345678' })
  expect(new TextDecoder().decode(sealed)).not.toMatch(/คำแก้ว|66812345678/)
  expect(createVault(takeKey(storage, 'another', NOW)).open(sealed)).toBeUndefined()
})

it('the key stays over a reload, ends with the sign-out, and with days that the hub has not heard of the account', () => {
  const first = takeKey(storage, 'me', NOW)
  expect(takeKey(storage, 'me', NOW + KEY_DAYS * DAY_MS - 1)).toEqual(first)
  renewKey(storage, 'me', NOW + DAY_MS)
  expect(takeKey(storage, 'me', NOW + KEY_DAYS * DAY_MS)).toEqual(first)
  expect(takeKey(storage, 'me', NOW + (KEY_DAYS + 1) * DAY_MS)).not.toEqual(first)
  const second = takeKey(storage, 'me', NOW + (KEY_DAYS + 1) * DAY_MS)
  dropKey(storage, 'me')
  expect(takeKey(storage, 'me', NOW + (KEY_DAYS + 1) * DAY_MS)).not.toEqual(second)
})

it('over plain http the key ends with the tab', () => {
  const [localStorage, sessionStorage] = [{ of: 'disk' }, { of: 'tab' }] as unknown as [Storage, Storage]
  expect(keyStorage({ isSecureContext: true, localStorage, sessionStorage })).toBe(localStorage)
  expect(keyStorage({ isSecureContext: false, localStorage, sessionStorage })).toBe(sessionStorage)
})
