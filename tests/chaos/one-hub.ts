import { setTimeout as sleep } from 'node:timers/promises'
import type { OwnServerOptions } from '../pg/source-server.ts'
import { makeLink } from '../support/link.ts'
import { type ProductionHub, startProduction } from '../support/production.ts'
import type { Carrier } from './audience.ts'
import { ROOT, startCrowd, startStage, stopCrowd, type World } from './stage.ts'

/** `npm start`, as an operator runs it, on a PostgreSQL of its own. */
export type HubWorld = World & {
  hub: ProductionHub
  /** workers that were killed by us */
  killedWorkers: number
  /** starts the hub that was ended on its port again. @param root another copy of the project */
  startAgain(root?: string): Promise<void>
}

export type HubWorldOptions = {
  readonly env?: Readonly<Record<string, string>>
  readonly carriers?: readonly Carrier[]
  readonly server?: Omit<OwnServerOptions, 'settings'>
}

/** A port whose hub was killed a moment ago may still be taken. */
const PORT_TRIES = 5
const PORT_PAUSE_MS = 200

export async function startHubWorld({ env = {}, carriers, server }: HubWorldOptions = {}): Promise<HubWorld> {
  const stage = await startStage(server)
  const start = (more: Readonly<Record<string, string>>, root = ROOT) =>
    startProduction(stage.urls, { REQUESTS_PER_MINUTE: '1000000', ...env, ...more }, stage.secret, root)
  const hub = await start({})
  const network = await makeLink(hub.url)
  const crowd = await startCrowd(stage, hub.url, [network], carriers)
  const world: HubWorld = Object.assign(stage, crowd, {
    hub,
    killedWorkers: 0,
    network: [network],
    hubs: () => [world.hub.url],
    async deaths() {
      const { exitCode, signalCode } = world.hub.child
      if (exitCode !== null || signalCode !== null) return [`the hub: ${signalCode ?? exitCode}`]
      const workers = await deadWorkers(world.hub.url)
      return workers > world.killedWorkers ? [`${workers - world.killedWorkers} workers`] : []
    },
    async startAgain(root?: string) {
      world.killedWorkers = 0
      for (let tries = 1; ; tries++) {
        try {
          world.hub = await start({ PORT: String(hub.port) }, root)
          return
        } catch (error) {
          if (tries === PORT_TRIES || !String(error).includes('is taken')) throw error
          await sleep(PORT_PAUSE_MS)
        }
      }
    },
  })
  const stopStage = stage.stop
  world.stop = async () => {
    await stopCrowd(crowd)
    await world.hub.kill('SIGKILL')
    await network.close()
    await stopStage()
  }
  return world
}

/** Of HUB_WORKERS, since the start; 0 with one. */
async function deadWorkers(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^jitasa_worker_deaths_total (\d+)$/m.exec(text)?.[1] ?? 0)
}
