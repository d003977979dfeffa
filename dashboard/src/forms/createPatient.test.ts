import { createRoot } from 'solid-js'
import { expect, it } from 'vitest'
import { ApiError } from '../api/http.ts'
import { keepTrying } from '../api/keepTrying.ts'
import { createPatient } from './createPatient.ts'

const settle = () => new Promise((resolve) => setTimeout(resolve))

it('says why a try failed while it goes on trying, and nothing once it is there', async () => {
  let answer: ((value: string) => void) | undefined
  let asked = 0
  const ask = () =>
    ++asked === 1
      ? Promise.reject(new ApiError(503, 'unavailable', 'The hub starts'))
      : new Promise<string>((resolve) => {
          answer = resolve
        })
  await createRoot(async (dispose) => {
    const [there, why] = createPatient(
      () => 'TH',
      (_, patience) => keepTrying(ask, { ...patience, wait: () => Promise.resolve() }),
    )
    await settle()
    expect([there(), (why() as Error).message]).toEqual([undefined, 'The hub starts'])
    answer?.('here')
    await settle()
    expect(there()).toBe('here')
    dispose()
  })
})

it('of what does not exist it says so: it is not asked for for ever', async () => {
  await createRoot(async (dispose) => {
    const [there, why] = createPatient(
      () => '99',
      (_, patience) => keepTrying(() => Promise.reject(new ApiError(404, 'unknown_area', 'No area 99')), patience),
    )
    await settle()
    expect([there(), (why() as Error).message]).toEqual([undefined, 'No area 99'])
    dispose()
  })
})
