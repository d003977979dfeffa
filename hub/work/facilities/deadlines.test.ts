import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { calendarOf, kindsCalendar } from './deadlines.ts'

const NOW = Date.parse('2021-11-11T03:00:00Z')
const deadlines = {
  uid: 'deadline-7',
  name: 'รพ. ชื่อยาวมากจนต้องพับบรรทัด; ตึก 2, ชั้น 3 \\ ปีกตะวันออก',
  kind: 'โรงพยาบาล',
  next: Date.parse('2021-11-11T04:30:00Z'),
  everyMinutes: 120,
}

it('is read by a parser that is not ours: name, first deadline, and how often it comes again', () => {
  const calendar = new ICAL.Component(ICAL.parse(calendarOf([deadlines], NOW)))
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent')!)
  expect(event.summary).toBe(`รายงาน / Report: ${deadlines.name}`)
  const times = event.iterator()
  const next = () => times.next()?.toJSDate().toISOString()
  expect([next(), next(), next()]).toEqual([
    '2021-11-11T04:30:00.000Z',
    '2021-11-11T06:30:00.000Z',
    '2021-11-11T08:30:00.000Z',
  ])
  expect(event.component.getFirstSubcomponent('valarm')?.getFirstPropertyValue('trigger')?.toString()).toBe('-PT15M')
})

it('has no line of more than 75 octets, and ends each as RFC 5545 does', () => {
  const lines = calendarOf([deadlines], NOW).split('\r\n')
  expect(lines.at(-1)).toBe('')
  for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  expect(lines.join('')).not.toContain('�')
})

it('half hours come by the minute', () => {
  expect(calendarOf([{ ...deadlines, everyMinutes: 90 }], NOW)).toContain('RRULE:FREQ=MINUTELY;INTERVAL=90')
})

describe('the calendar of kinds', () => {
  const hours = new Map([
    ['hospital', 2],
    ['vaccination', 24],
    ['ci', 1.5],
  ])
  const read = (...kinds: Parameters<typeof kindsCalendar>[1]) =>
    new ICAL.Component(ICAL.parse(kindsCalendar(hours, kinds, NOW)))
      .getAllSubcomponents('vevent')
      .map((each) => new ICAL.Event(each))

  it('counts from midnight in Bangkok, and stays the same when it is fetched again', () => {
    const [hospital, site] = read('hospital', 'vaccination')
    expect(hospital?.startDate.toJSDate().toISOString()).toBe('2021-11-11T05:00:00.000Z')
    expect(site?.startDate.toJSDate().toISOString()).toBe('2021-11-11T17:00:00.000Z')
    expect([hospital?.uid, site?.uid]).toEqual([
      'deadline-hospital@jitasa.invalid',
      'deadline-vaccination@jitasa.invalid',
    ])
    const later = ICAL.parse(kindsCalendar(hours, ['hospital'], NOW + 7 * 60 * 60_000))
    const again = new ICAL.Event(new ICAL.Component(later).getFirstSubcomponent('vevent')!)
    expect((again.startDate.toJSDate().getTime() - hospital!.startDate.toJSDate().getTime()) % (2 * 60 * 60_000)).toBe(
      0,
    )
  })

  it('leaves out the kinds that never have to report', () => {
    expect(read('hospital', 'crematorium')).toHaveLength(1)
    expect(read('ci')[0]?.component.getFirstPropertyValue('rrule')?.toString()).toBe('FREQ=MINUTELY;INTERVAL=90')
    expect(read('crematorium')).toEqual([])
  })
})
