import { expect, it } from 'vitest'
import type { Session } from '../api/session.ts'
import { forgetFacilities, type KeptFacility, keepFacility, keptFacility } from './facility.ts'

function memory(): Storage {
  const items = new Map<string, string>()
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  } as Storage
}

const session = (id: string) => {
  const account = { id, key: 'k', name: 'Somchai Test', label: 'Hospital 1', drill: false }
  return {
    signedIn: true,
    account,
    role: 'facility_staff',
    areas: ['5001'],
    facility: 1,
    may: [],
    oidc: null,
    half: null,
    factorFrom: null,
  } as const satisfies Session
}
const known = (id: string, at = 1): KeptFacility => ({
  at,
  day: '2021-11-11',
  facility: {
    id,
    kind: 'hospital',
    district: '5001',
    nameTh: 'รพ.',
    nameEn: 'Hospital',
    lat: null,
    lon: null,
    reportedAt: null,
    hours: null,
  },
  beds: [],
  units: [],
  stock: [],
})

it('what was last known of a facility is there for the account that looked at it, without their name', () => {
  const storage = memory()
  keepFacility(() => storage, session('a'), known('1'))
  keepFacility(() => storage, session('a'), known('1', 2))
  expect(keptFacility(() => storage, '1')).toMatchObject({
    at: 2,
    session: { account: { id: 'a', name: 'Hospital 1' } },
  })
  expect(keptFacility(() => storage, '2')).toBeNull()
  expect(storage.getItem('jitasa.facilities')).not.toContain('Somchai')
})

it('another account begins anew, ten are kept, and signing out leaves none', () => {
  const storage = memory()
  for (let id = 1; id <= 12; id++) keepFacility(() => storage, session('a'), known(String(id)))
  expect(keptFacility(() => storage, '3')).not.toBeNull()
  expect(keptFacility(() => storage, '2')).toBeNull()
  keepFacility(() => storage, session('b'), known('20'))
  expect(keptFacility(() => storage, '3')).toBeNull()
  forgetFacilities(() => storage)
  expect(keptFacility(() => storage, '20')).toBeNull()
})

it('a phone that keeps nothing, or something else, knows nothing and breaks nothing', () => {
  const broken = () => {
    throw new Error('no storage')
  }
  expect(keepFacility(broken, session('a'), known('1'))).toBe(false)
  expect(keptFacility(broken, '1')).toBeNull()
  const storage = memory()
  storage.setItem('jitasa.facilities', '{')
  expect(keptFacility(() => storage, '1')).toBeNull()
})
