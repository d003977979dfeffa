import { beforeEach } from 'vitest'
import { whatWasSeen } from './what-was-seen.ts'

/**
 * A test that fails says what its pages showed: of a machine that is far away nothing else is known. It is part of the error,
 * so that it stands with it at the end of the log too.
 */
beforeEach(({ task, onTestFailed }) => {
  onTestFailed(async () => {
    const seen = (await whatWasSeen()).map((page) => `${task.name}: ${page}`).join('\n')
    for (const error of task.result?.errors ?? []) error.message += `\n${seen}`
  })
})
