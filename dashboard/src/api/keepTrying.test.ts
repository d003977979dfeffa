import { expect, test } from 'vitest'
import { ApiError } from './http.ts'
import { keepTrying } from './keepTrying.ts'

const patience = { wait: () => Promise.resolve(), random: () => 0 }

test('what does not exist is asked for once, not for ever', async () => {
  let asked = 0
  const ask = () => {
    asked += 1
    return Promise.reject(new ApiError(404, 'unknown_area', 'There is no area 99 with areas below it.'))
  }
  await expect(keepTrying(ask, patience)).rejects.toMatchObject({ status: 404 })
  expect(asked).toBe(1)
})

test('what cannot be reached is asked for until it answers', async () => {
  let asked = 0
  const ask = () =>
    ++asked < 4 ? Promise.reject(new ApiError(0, 'unreachable', 'No answer')) : Promise.resolve('here')
  expect(await keepTrying(ask, patience)).toBe('here')
})
