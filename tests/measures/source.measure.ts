import { expect, it } from 'vitest'
import { measureSource } from '../pg/source-speed.ts'
import { record } from '../support/measures.ts'

it('the change feed', async () => {
  const measures = await measureSource()
  expect(measures.length).toBeGreaterThan(4)
  await record(...measures)
})
