import { DATABASE_FAULTS } from './faults/database.ts'
import { HUB_FAULTS } from './faults/hub.ts'
import { LINK_FAULTS } from './faults/links.ts'
import { SCHEMA_FAULTS } from './faults/schema.ts'
import { startHubWorld } from './one-hub.ts'
import { outlives } from './suite.ts'

await outlives({
  name: 'one hub',
  start: () => startHubWorld(),
  faults: [...DATABASE_FAULTS, ...LINK_FAULTS, ...SCHEMA_FAULTS, ...HUB_FAULTS],
})
