import { createRoot, createSignal } from 'solid-js'
import { expect, it } from 'vitest'
import { createLoaded } from './createLoaded.ts'

it('what is asked for is asked for once, however often something else of the form changes', async () => {
  const asked: string[] = []
  const [draft, setDraft] = createSignal({ name: '', province: '50' })
  const [loaded, end] = createRoot((dispose) => {
    const [read] = createLoaded(
      () => draft().province,
      async (province) => {
        asked.push(province)
        return province
      },
    )
    return [read, dispose] as const
  })
  await expect.poll(loaded).toEqual({ kind: 'there', value: '50' })
  setDraft({ name: 'a', province: '50' })
  expect(loaded()).toEqual({ kind: 'there', value: '50' })
  setDraft({ name: 'a', province: '10' })
  await expect.poll(loaded).toEqual({ kind: 'there', value: '10' })
  expect(asked).toEqual(['50', '10'])
  end()
})
