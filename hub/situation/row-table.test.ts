import fc from 'fast-check'
import { expect, test } from 'vitest'
import { timestampMs } from './row-table.ts'

test('a timestamp of PostgreSQL is the millisecond it names, however many digits it has', () => {
  const at = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(at, fc.nat(999), (date, micros) => {
      const [day = '', time = ''] = date.toISOString().replace('Z', '').split('T')
      const fraction = `${time.slice(9)}${String(micros).padStart(3, '0')}`.replace(/0+$/, '')
      const printed = `${day} ${time.slice(0, 8)}${fraction && `.${fraction}`}+00`
      expect(timestampMs(printed)).toBe(date.getTime())
    }),
  )
  expect(timestampMs(null)).toBeNull()
  expect(timestampMs('2021-11-11 08:00:00.5+00')).toBe(Date.parse('2021-11-11T08:00:00.500Z'))
})
