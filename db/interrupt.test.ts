import { expect, test } from 'vitest'
import { Interrupted, onSignal, orAborted, REPEAT_MS } from './interrupt.ts'

test('the first signal stops, its echo within a second is ignored, one after that forces', () => {
  expect(onSignal(undefined, 5000)).toBe('stop')
  expect(onSignal(5000, 5000)).toBe('ignore')
  expect(onSignal(5000, 5000 + REPEAT_MS - 1)).toBe('ignore')
  expect(onSignal(5000, 5000 + REPEAT_MS)).toBe('force')
})

test('an interruption counts as shells count', () => {
  expect(new Interrupted('SIGINT').exitCode).toBe(130)
  expect(new Interrupted('SIGTERM').exitCode).toBe(143)
})

test('work is left when the signal aborts, also before it began, and what becomes of it harms nobody', async () => {
  const controller = new AbortController()
  expect(await orAborted(controller.signal, Promise.resolve(7))).toBe(7)
  const late = Promise.withResolvers<never>()
  const left = orAborted(controller.signal, late.promise)
  controller.abort(new Interrupted('SIGINT'))
  await expect(left).rejects.toThrow('interrupted by SIGINT')
  late.reject(new Error('the server is gone'))
  await expect(orAborted(controller.signal, Promise.resolve(7))).rejects.toThrow('interrupted by SIGINT')
})
