import { expect, test } from 'vitest'
import { pageMay, WORKPLACES } from '../../dashboard/src/session/workplaces.ts'
import { reachOf } from '../../hub/authorize/table.ts'
import { ACTIONS } from '../../hub/contract/vocabulary/actions.ts'
import { ROLES } from '../../hub/contract/vocabulary/roles.ts'

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
