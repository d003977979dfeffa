import { expect, test } from 'vitest'
import { checkAnswer } from './answers.ts'

const of = (type: string | null) =>
  checkAnswer('GET', '/nowhere', new Response('{}', { headers: type === null ? {} : { 'Content-Type': type } }))

test('every answer that a test gets from the hub has a type, and its charset where it is text', async () => {
  for (const type of [
    'application/json',
    'application/problem+json',
    'text/html; charset=utf-8',
    'text/csv; charset=utf-8',
    'application/pdf',
  ])
    await expect(of(type), type).resolves.toBeUndefined()
  for (const type of ['text/html', 'text/csv', 'text/plain; charset=iso-8859-1', 'application/javascript'])
    await expect(of(type), type).rejects.toThrow('of the type')
})
