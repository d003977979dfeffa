import { expect, test } from 'vitest'
import { createProgress } from './progress.ts'

function terminal(isTTY: boolean) {
  const written: string[] = []
  return { isTTY, columns: 60, written, write: (text: string) => written.push(text) }
}

test('a terminal gets a bar that a line pushes aside', () => {
  const out = terminal(true)
  let now = 0
  const progress = createProgress(out, () => now)
  progress.show('reading', 1, 2)
  progress.show('reading', 2, 2)
  now = 1000
  progress.line('done')
  expect(out.written[0]).toContain(' 50 %  reading')
  expect(out.written.slice(1)).toEqual(['\r\u001b[K', 'done\n'])
})

test('elsewhere plain lines come every two seconds, and no control characters', () => {
  const out = terminal(false)
  let now = 0
  const progress = createProgress(out, () => now)
  for (; now <= 4000; now += 100) progress.show('writing', now, 4000)
  progress.end()
  expect(out.written).toEqual(['writing: 50 %\n', 'writing: 100 %\n'])
})
