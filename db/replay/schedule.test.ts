import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSchedule } from './schedule.ts'

test('actions run in the order of their seconds, within a second in the order they came', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), (seconds) => {
      const schedule = createSchedule()
      const ran: [number, number][] = []
      seconds.forEach((second, i) => {
        schedule.at(second, () => ran.push([second, i]))
      })
      while (Number.isFinite(schedule.next)) schedule.run()
      expect(ran).toEqual(seconds.map((second, i) => [second, i]).sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!))
    }),
  )
})

test('an action may put another into its own second, or a later one', () => {
  const schedule = createSchedule()
  const ran: string[] = []
  schedule.at(5, () => {
    ran.push('first')
    schedule.at(5, () => ran.push('same second'))
    schedule.at(3600, () => ran.push('later'))
  })
  schedule.run()
  expect(ran).toEqual(['first', 'same second'])
  expect(schedule.next).toBe(3600)
  schedule.run()
  expect(schedule.next).toBe(Number.POSITIVE_INFINITY)
})
