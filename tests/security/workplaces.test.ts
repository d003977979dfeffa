import { expect, test } from 'vitest'
import { pageMay, WORKPLACES } from '../../dashboard/src/session/workplaces.ts'
import { ACTIONS, ROLES, reachOf } from '../../hub/authorize/index.ts'

test('every role has a workplace, and may open every page it is led to', () => {
  expect(Object.keys(WORKPLACES).sort()).toEqual([...ROLES].sort())
  for (const role of ROLES) {
    expect(WORKPLACES[role], role).not.toEqual([])
    for (const page of WORKPLACES[role]) {
      const opening = ACTIONS.filter((action) => pageMay(page).includes(action))
      expect(
        opening.some((action) => reachOf(role, action) !== 'deny'),
        `${role} → ${page}`,
      ).toBe(true)
    }
  }
})
