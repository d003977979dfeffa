import { expect, test } from 'vitest'
import { parseAllowedCores, parseCoreTimes, parseCpuSeconds, parseMemory, readCpuSeconds, readMemory } from './proc.ts'

test('CPU seconds are utime + stime, whatever the command is called', () => {
  const rest = 'S 1 2 3 4 5 6 7 8 9 10 1234 566 0 0 20 0 11 0'
  expect(parseCpuSeconds(`4711 (node) ${rest}`)).toBe(18)
  expect(parseCpuSeconds(`4711 (a) b (c) ${rest}`)).toBe(18)
  expect(() => parseCpuSeconds('garbage')).toThrow(SyntaxError)
})

test('a core is idle when it waits for disks, too; cpu1 is not cpu10', () => {
  const stat = 'cpu  9 9 9 9 9 9 9 9\ncpu10 1 1 1 1 1 1 1 1\ncpu1 100 0 50 700 300 0 5 25 0 0\nintr 1'
  expect(parseCoreTimes(stat, 1)).toEqual({ idle: 10, stolen: 0.25 })
  expect(() => parseCoreTimes(stat, 2)).toThrow(SyntaxError)
})

test('private memory is what no other process shares', () => {
  const rollup = 'Rss:                1708 kB\nPrivate_Clean:        64 kB\nPrivate_Dirty:       112 kB\n'
  expect(parseMemory(rollup)).toEqual({ rss: 1708 * 1024, private: 176 * 1024 })
  expect(() => parseMemory('Rss: 1 kB')).toThrow(SyntaxError)
})

test('allowed cores are read from ranges and single numbers', () => {
  expect(parseAllowedCores('Name:\tx\nCpus_allowed_list:\t0-2,5\n')).toEqual([0, 1, 2, 5])
  expect(parseAllowedCores('Cpus_allowed_list:\t3\n')).toEqual([3])
})

test('the kernel this runs on speaks the same language', () => {
  expect(readCpuSeconds(process.pid)).toBeGreaterThan(0)
  expect(readMemory(process.pid).private).toBeGreaterThan(1_000_000)
})
