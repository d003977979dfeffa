import { setTimeout as sleep } from 'node:timers/promises'
import { type NatsNode, natsServer } from '../support/nats.ts'
import { type FleetWorld, leaderOf, startFleetWorld } from './fleet.ts'
import { outlives } from './suite.ts'

const FROZEN_MS = 4_000
const AWAY_MS = 2_000

/** Each of the servers in turn. */
function nodeInTurn(): (world: FleetWorld) => NatsNode {
  let turn = 0
  return ({ nats }) => nats.nodes[turn++ % nats.nodes.length]!
}

const killed = nodeInTurn()
const frozen = nodeInTurn()

await outlives({
  name: 'fleet',
  without: natsServer === undefined && 'there is no nats-server, and no Go to build it with',
  start: startFleetWorld,
  faults: [
    {
      failure: 'the leading feeder is killed with -9',
      async strike(fleet) {
        const leader = await leaderOf(fleet)
        await fleet.feeders[leader]!.kill('SIGKILL')
        fleet.feeders[leader] = await fleet.startFeeder()
      },
    },
    {
      failure: 'the leading feeder stands still for four seconds',
      async strike(fleet) {
        const { child } = fleet.feeders[await leaderOf(fleet)]!
        child.kill('SIGSTOP')
        await sleep(FROZEN_MS)
        child.kill('SIGCONT')
      },
    },
    {
      failure: 'one of three NATS servers is killed with -9, and comes back',
      async strike(fleet) {
        const node = killed(fleet)
        await node.kill('SIGKILL')
        await sleep(AWAY_MS)
        await node.start()
      },
    },
    {
      failure: 'one of three NATS servers stands still for four seconds',
      async strike(fleet) {
        const node = frozen(fleet)
        node.signal('SIGSTOP')
        await sleep(FROZEN_MS)
        node.signal('SIGCONT')
      },
    },
    {
      failure: 'all NATS servers are killed with -9, and come back',
      async strike({ nats }) {
        await Promise.all(nats.nodes.map((node) => node.kill('SIGKILL')))
        await sleep(AWAY_MS)
        await Promise.all(nats.nodes.map((node) => node.start()))
      },
    },
    {
      failure: 'the hub of screens is killed with -9, and started again',
      strike: ({ screens }) => screens.kill('SIGKILL'),
      mend: (fleet) => fleet.startScreensAgain(),
    },
    {
      failure: 'the hub with the database is killed with -9, and started again',
      strike: ({ api }) => api.kill('SIGKILL'),
      mend: (fleet) => fleet.startApiAgain(),
    },
    {
      failure: 'the links of feeders and hub to PostgreSQL are cut',
      strike: async ({ database }) => database.cut(),
    },
    {
      failure: 'PostgreSQL crashes',
      strike: ({ server }) => server.crash(),
      mend: ({ server }) => server.start(),
    },
  ],
})
