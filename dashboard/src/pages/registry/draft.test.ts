import { expect, test } from 'vitest'
import { bodyOf, draftOf, editOf, type Facility, newDraft } from './draft.ts'

const FACILITY: Facility = {
  id: 7,
  version: 3,
  code: '10670',
  kind: 'ci',
  district: '5001',
  nameTh: 'ศูนย์',
  nameEn: 'Centre',
  lat: 18.79,
  lon: 98.98,
  hours: '24/7',
  address: null,
  capacity: '40',
  contacts: [{ desk: 'stores', phone: '+6653936150', note: null }],
  active: true,
  closedAt: null,
  mergedInto: null,
  reportedAt: null,
  dueHours: null,
  may: { register: true, desk: true },
}

test('a facility that was opened and not changed is sent as it is', () => {
  expect(bodyOf(draftOf(FACILITY), false)).toEqual({
    kind: 'ci',
    nameTh: 'ศูนย์',
    nameEn: 'Centre',
    code: '10670',
    hours: '24/7',
    address: null,
    capacity: '40',
    contacts: [{ desk: 'stores', phone: '+6653936150', note: null }],
    place: { area: '5001', point: { lat: 18.79, lon: 98.98 } },
  })
})

test('an office begins in its own province, national command anywhere', () => {
  expect(newDraft('50').place.province).toBe('50')
  expect(newDraft('TH').place.province).toBe('')
  expect(bodyOf(newDraft('5001'), true).place).toEqual({ area: '5001', acceptApart: true })
})

test('a facility whose code is no hospital’s can be edited: its code is not sent, and stays', () => {
  const drill = { ...FACILITY, code: 'replay-50-ci-1' }
  expect(editOf(draftOf(drill), drill, false)).not.toHaveProperty('code')
  expect(editOf({ ...draftOf(drill), code: '10670' }, drill, false)).toMatchObject({ version: 3, code: '10670' })
  expect(editOf({ ...draftOf(drill), code: '' }, drill, false)).toMatchObject({ code: null })
})
