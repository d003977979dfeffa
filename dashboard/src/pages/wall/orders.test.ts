import { expect, test } from 'vitest'
import { type Order, standing, toDo } from './orders.ts'

const order = (id: string, kind: Order['kind'], text: string | null = null): Order => ({
  id,
  kind,
  text,
  at: 0,
  until: 1,
})

test('a name and a message stand while they are told; what was done once is not done again', () => {
  const orders = [order('10', 'pause'), order('9', 'reload'), order('11', 'message', 'Hall 5'), order('12', 'identify')]
  expect(standing(orders, 'message')?.text).toBe('Hall 5')
  expect(standing([], 'identify')).toBeUndefined()
  expect(toDo(orders, 0).map(({ id }) => id)).toEqual(['9', '10'])
  expect(toDo(orders, 9).map(({ kind }) => kind)).toEqual(['pause'])
  expect(toDo(orders, 12)).toEqual([])
})
