import { freePort } from '../../db/postgres/cluster.ts'
import { type FleetProcess, SECRET, startFeederProcess, startScreensProcess } from '../support/fleet.ts'
import { makeLink } from '../support/link.ts'
import { type Nats, startNats } from '../support/nats.ts'
import { type ProductionHub, startProduction } from '../support/production.ts'
import { startCrowd, startStage, stopCrowd, type World } from './stage.ts'

/** Three NATS servers, two feeders, a hub with the database and one of screens: docs/fleet.md. */
export type FleetWorld = World & {
  readonly nats: Nats
  feeders: FleetProcess[]
  /** with the database: writers use it */
  api: ProductionHub
  screens: FleetProcess
  startFeeder(): Promise<FleetProcess>
  startApiAgain(): Promise<void>
  startScreensAgain(): Promise<void>
}

const NODES = 3

export async function startFleetWorld(): Promise<FleetWorld> {
  const stage = await startStage()
  const nats = await startNats({ nodes: NODES })
  const startFeeder = () => startFeederProcess(stage.urls, nats, { FEED_REPLICAS: String(NODES) })
  const feeders = await Promise.all([startFeeder(), startFeeder()])
  const startApi = (port: string) =>
    startProduction(
      stage.urls,
      { PORT: port, HUB_FEED: nats.url, TRUSTED_PROXIES: '127.0.0.1', REQUESTS_PER_MINUTE: '1000000' },
      SECRET,
    )
  const api = await startApi(String(await freePort()))
  const screens = await startScreensProcess(nats, api.url)
  const network = [await makeLink(screens.url), await makeLink(api.url)]
  const crowd = await startCrowd(stage, api.url, network)
  const world: FleetWorld = Object.assign(stage, crowd, {
    ...{ nats, feeders, api, screens, network, startFeeder },
    hubs: () => [world.screens.url, world.api.url],
    async deaths() {
      const children = {
        api: world.api,
        screens: world.screens,
        'feeder 0': world.feeders[0],
        'feeder 1': world.feeders[1],
      }
      const dead = Object.entries(children)
        .filter(([, process]) => process?.child.exitCode !== null || process.child.signalCode !== null)
        .map(([name]) => name)
      return [...dead, ...nats.nodes.flatMap((node, i) => (node.isAlive() ? [] : [`NATS server ${i}`]))]
    },
    async startApiAgain() {
      world.api = await startApi(String(api.port))
    },
    async startScreensAgain() {
      world.screens = await startScreensProcess(nats, api.url, new URL(screens.url).port)
    },
  })
  const stopStage = stage.stop
  world.stop = async () => {
    await stopCrowd(crowd)
    await Promise.all([world.api, world.screens, ...world.feeders].map((process) => process.kill('SIGKILL')))
    await Promise.all(network.map((link) => link.close()))
    await nats.stop()
    await stopStage()
  }
  return world
}

/** The feeder that leads. */
export async function leaderOf({ feeders }: FleetWorld): Promise<number> {
  for (;;) {
    for (const [i, feeder] of feeders.entries()) {
      const state = (await (await fetch(`${feeder.url}/readyz`)).json()) as { leads?: boolean }
      if (state.leads === true) return i
    }
  }
}
