import { createApp } from '../../hub/http/app.ts'
import type { AppDeps } from '../../hub/http/env.ts'
import { createMetrics } from '../../hub/runtime/metrics.ts'
import type { Situation } from '../../hub/situation/index.ts'
import type { SourceState } from '../../hub/source/source.ts'
import { startHub, type TestHub } from '../security/hub.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { exchange, headerOf, request } from './raw.ts'
import { serveBridge } from './servers.ts'

const STREAMING: SourceState = { kind: 'streaming', since: 0, position: 900, heardAt: 1, lagBytes: 0, retainedBytes: 0 }
export const BODY_BYTES_MAX = 4096

export type ServedHub = {
  readonly database: TestDatabase
  readonly hub: TestHub
  readonly situation: Situation
  readonly port: number
  /** the hub's, with a registry of its own and a dashboard that is not built */
  freshDeps(): AppDeps
  get(path: string, lines?: readonly string[], waitMs?: number): Promise<Got>
  /** five cases of 2021-11-11 in a district of Bangkok, at position 900; the stream is live from then on */
  takeSnapshot(): void
  /** PostgreSQL was last heard so long ago; the link stands */
  silence(ms: number): void
  stop(): Promise<void>
}

export type Got = {
  readonly status: number
  readonly body: Buffer
  readonly text: string
  header(name: string): string | undefined
  json(): Record<string, never>
}

/** The whole HTTP application behind the bridge, on a database of its own; its change feed is what the test says. */
export async function serveHub(): Promise<ServedHub> {
  const database = await createTestDatabase()
  let state: SourceState = { ...STREAMING, kind: 'starting', heardAt: 0, error: 'waiting for a slot' }
  const publicUrl = 'http://hub.test'
  const hub = startHub({ apiUrl: database.apiUrl, authUrl: database.authUrl, publicUrl, sourceState: () => state })
  const situation = hub.deps.situation as Situation
  const freshDeps = () => ({ ...hub.deps, dashboardDir: '/nowhere', metrics: createMetrics() })
  const app = createApp({ ...freshDeps(), build: () => 'test-1' })
  const server = await serveBridge((req, bindings) => app.fetch(req, bindings), { bodyBytesMax: BODY_BYTES_MAX })
  return {
    database,
    hub,
    situation,
    port: server.port,
    freshDeps,
    async get(path, lines = [], waitMs = 5000) {
      const { answers } = await exchange(server.port, request(`GET ${path}`, lines), { waitMs })
      const [answer] = answers
      if (answer === undefined) throw new Error(`no answer to ${path}`)
      return {
        status: answer.status,
        body: answer.body,
        text: answer.body.toString(),
        header: (name) => headerOf(answer, name),
        json: () => JSON.parse(answer.body.toString()) as Record<string, never>,
      }
    },
    takeSnapshot() {
      const row = { district: '1001', report_day: '2021-11-11', classification: 'confirmed' }
      situation.reset({
        epoch: 'e1',
        position: 900,
        at: 1_636_600_000_000,
        groups: [{ table: 'cases', metric: 0, row, n: 5 }],
        rows: [{ table: 'operation', row: { id: '1', day: '2021-11-11', kind: 'live', title_th: '', title_en: '' } }],
      })
      state = { ...STREAMING, heardAt: hub.deps.clock.now() }
    },
    silence(ms) {
      state = { ...STREAMING, heardAt: hub.deps.clock.now() - ms }
    },
    async stop() {
      await server.stop()
      await hub.stop()
      await database.drop()
    },
  }
}
