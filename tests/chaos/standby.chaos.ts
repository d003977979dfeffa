import { STANDBY_FAULTS } from './faults/standby.ts'
import { startHubWorld } from './one-hub.ts'
import { outlives, worldForFile } from './suite.ts'

const world = await worldForFile(() => startHubWorld({ name: 'standby' }))

outlives(world, STANDBY_FAULTS)
