import { STANDBY_FAULTS } from './faults/standby.ts'
import { startHubWorld } from './one-hub.ts'
import { outlives } from './suite.ts'

await outlives({ name: 'standby', start: () => startHubWorld(), faults: STANDBY_FAULTS })
