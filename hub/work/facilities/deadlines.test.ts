import ICAL from 'ical.js'
import { expect, it } from 'vitest'
import { calendarOf } from './deadlines.ts'

const NOW = Date.parse('2021-11-11T03:00:00Z')
const deadlines = {
  facility: 7,
  name: 'รพ. ชื่อยาวมากจนต้องพับบรรทัด; ตึก 2, ชั้น 3 \\ ปีกตะวันออก',
  kind: 'โรงพยาบาล',
  next: Date.parse('2021-11-11T04:30:00Z'),
  everyMinutes: 120,
  now: NOW,
}

it('is read by a parser that is not ours: name, first deadline, and how often it comes again', () => {
  const calendar = new ICAL.Component(ICAL.parse(calendarOf(deadlines)))
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
  const lines = calendarOf(deadlines).split('\r\n')
  expect(lines.at(-1)).toBe('')
  for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  expect(lines.join('')).not.toContain('�')
})

it('half hours come by the minute', () => {
  expect(calendarOf({ ...deadlines, everyMinutes: 90 })).toContain('RRULE:FREQ=MINUTELY;INTERVAL=90')
})
