import { expect, it } from 'vitest'
import { routesWith } from '../pages/routes.ts'
import { topicOf } from './topics.ts'

const paths = routesWith(((load: unknown) => load) as never).map(({ path }) => String(path))

it('every page but a wall, which has a sheet of its own, says what it is for', () => {
  expect(paths).toContain('/board')
  const without = paths.filter((path) => topicOf(path) === 'nothing')
  expect(without).toEqual(['/wall', '/wall/:place', '*'])
})

it('parts of a page that are work of their own say what that is', () => {
  expect(topicOf('/admin/audit')).toBe('audit')
  expect(topicOf('/admin/accounts')).toBe('admin')
  expect(topicOf('/help')).toBe('help')
  expect(topicOf('/help/status')).toBe('status')
  expect(topicOf('/no-such-page')).toBe('nothing')
  expect(topicOf('/constructor')).toBe('nothing')
})
