import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { FIRST_ANSWERS_ID } from '../../../hub/contract/api/first-answers.ts'

const ANSWERS = JSON.stringify([
  { path: '/api/config', body: { a: 1 } },
  { path: '/api/situation?scope=board%3A50', body: {}, epoch: 'e' },
])

/** The module as a page that has just been opened has it. */
async function opened(text: string | undefined) {
  vi.resetModules()
  document.body.innerHTML = ''
  if (text !== undefined) {
    const element = Object.assign(document.createElement('script'), { type: 'application/json', id: FIRST_ANSWERS_ID })
    element.textContent = text
    document.body.append(element)
  }
  return import('./firstAnswers.ts')
}

beforeEach(() => {
  vi.spyOn(performance, 'now').mockReturnValue(1_000)
})
afterEach(() => {
  vi.restoreAllMocks()
})

it('what came with the document is an answer once, and stands in it no longer', async () => {
  const { takeFirstAnswer } = await opened(ANSWERS)
  expect(takeFirstAnswer('/api/config')).toMatchObject({ body: { a: 1 } })
  expect(takeFirstAnswer('/api/config')).toBeUndefined()
  expect(takeFirstAnswer('/api/situation?scope=board%3A50')).toMatchObject({ epoch: 'e' })
  expect(takeFirstAnswer('/api/session')).toBeUndefined()
  expect(document.getElementById(FIRST_ANSWERS_ID)).toBeNull()
})

it('after half a minute, and after signing out, it is none', async () => {
  const late = await opened(ANSWERS)
  vi.mocked(performance.now).mockReturnValue(31_000)
  expect(late.takeFirstAnswer('/api/config')).toBeUndefined()
  vi.mocked(performance.now).mockReturnValue(1_000)
  const left = await opened(ANSWERS)
  left.forgetFirstAnswers()
  expect(left.takeFirstAnswer('/api/config')).toBeUndefined()
})

it('a document that broke off, or has none, leaves the page to ask', async () => {
  const logged = vi.spyOn(console, 'error').mockReturnValue(undefined)
  for (const text of [ANSWERS.slice(0, 60), undefined]) {
    const { takeFirstAnswer } = await opened(text)
    expect(takeFirstAnswer('/api/config')).toBeUndefined()
  }
  expect(logged).toHaveBeenCalledTimes(1)
})
