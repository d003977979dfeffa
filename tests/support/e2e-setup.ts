import { beforeEach } from 'vitest'
import { whatWasSeen } from './what-was-seen.ts'

/** A test that fails says what its pages showed: of a machine that is far away nothing else is known. */
beforeEach(({ task, onTestFailed }) => {
  onTestFailed(async () => {
    for (const page of await whatWasSeen()) console.error(`${task.name}: ${page}`)
  })
})
