import { execFile } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { freePort } from '../../db/postgres/cluster.ts'
import { buildDashboard } from '../../hub/process/build.ts'
import { buildNative } from '../../loadtest/bench/build.ts'
import { readCpuSeconds } from '../../loadtest/bench/proc.ts'
import { record } from '../support/measures.ts'
import { fillNation } from '../support/nation.ts'
import { nginx, startNginx } from '../support/nginx.ts'
import { createTestDatabase } from '../support/pg.ts'
import { type ProductionHub, startProduction } from '../support/production.ts'
import { ROOT } from '../support/up.ts'

/** Half read the nation, half a province: a process of this machine may hold 20,000 files. */
const VIEWERS_EACH = 10_000
const SCOPES = ['nation', 'public:50']
/** feed.c lets the viewers come for 10 s, and counts after that. */
const RAMP_MS = 10_000
const COUNTED_S = 30
const COMMIT_EVERY_MS = 200
/** What the hub spends on the commits alone, when nobody reads them any more. */
const ALONE_MS = 20_000

/** A line of loadtest/native/feed.c. */
type Viewed = Readonly<
  Record<
    | 'readings'
    | 'late'
    | 'level'
    | 'steps'
    | 'snapshots'
    | 'packed'
    | 'missing'
    | 'wrong'
    | 'broken'
    | 'bytes'
    | 'ageP50'
    | 'ageP99'
    | 'waitP50'
    | 'waitP99',
    number
  >
>

async function askedOfTheFeed({ url }: ProductionHub): Promise<number> {
  const lines = (await (await fetch(`${url}/metrics`)).text()).split('\n')
  return lines
    .filter((line) => line.includes('http_request_seconds_count') && line.includes('route="/feed/'))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}

it.skipIf(nginx === undefined)('20,000 viewers of the public feed through nginx, each once a second', async () => {
  await buildDashboard(ROOT)
  const { feed, compiler } = buildNative()
  const database = await createTestDatabase()
  onTestFinished(() => database.drop())
  await fillNation(database, { cases: 100_000, facilities: 300 })
  const hub = await startProduction(database, { PUBLIC_FEED: 'only', TRUSTED_PROXIES: '127.0.0.1' })
  onTestFinished(() => hub.kill('SIGKILL').then(() => undefined))
  const plainPort = await freePort()
  const front = await startNginx({ hubs: [hub.port], workers: 2, connections: 16_000, plainPort })
  onTestFinished(() => front.stop())

  let writes = true
  const writing = (async () => {
    for (; writes; await sleep(COMMIT_EVERY_MS)) {
      await database.pool.query(
        `insert into cases (district, report_day, classification, severity, source)
         select '5001', day, 'confirmed', 'red', 'api' from operation`,
      )
    }
  })()
  const hubPid = hub.child.pid ?? 0
  const viewing = SCOPES.map((scope) =>
    promisify(execFile)(feed, [String(plainPort), scope, String(VIEWERS_EACH), String(COUNTED_S)]),
  )
  await sleep(RAMP_MS + 500)
  const cpuOf = () => [readCpuSeconds(hubPid), front.pids.reduce((sum, pid) => sum + readCpuSeconds(pid), 0)] as const
  const before = { at: performance.now(), asked: await askedOfTheFeed(hub), cpu: cpuOf() }
  await sleep((COUNTED_S - 1) * 1000)
  const seconds = (performance.now() - before.at) / 1000
  const asked = (await askedOfTheFeed(hub)) - before.asked
  const [hubCpu, nginxCpu] = cpuOf().map((cpu, i) => (cpu - before.cpu[i]!) / seconds) as [number, number]
  const seen = (await Promise.all(viewing)).map(({ stdout }) => JSON.parse(stdout) as Viewed)
  const alone = { at: performance.now(), cpu: readCpuSeconds(hubPid) }
  await sleep(ALONE_MS)
  const aloneCpu = ((readCpuSeconds(hubPid) - alone.cpu) * 1000) / (performance.now() - alone.at)
  writes = false
  await writing

  const sum = (key: keyof Viewed) => seen.reduce((all, each) => all + each[key], 0)
  const most = (key: keyof Viewed) => Math.max(...seen.map((each) => each[key]))
  const perScope = Math.round((asked / SCOPES.length / seconds) * 100) / 100
  const percent = Math.round(hubCpu * 1000) / 10
  const perSecond = (key: keyof Viewed) => Math.round(sum(key) / COUNTED_S)
  const how =
    `${SCOPES.length} × ${VIEWERS_EACH} viewers on loopback, without TLS, ${COUNTED_S} s, ${1000 / COMMIT_EVERY_MS} commits a second; ` +
    `${perSecond('readings')} indexes and ${perSecond('steps')} steps a second, ${sum('late')} readings begun too late, nginx ${nginxCpu.toFixed(2)} of a core, the hub without them, after it, ${(aloneCpu * 100).toFixed(1)} %; ` +
    `answer p50 / p99 ${most('waitP50')} / ${most('waitP99')} ms, age of what is held p50 / p99 ${most('ageP50')} / ${most('ageP99')} ms; ` +
    `missing ${sum('missing')}, wrong ${sum('wrong')}, broken ${sum('broken')}; ${compiler}`
  await record(
    {
      ...{ name: 'public feed: requests to the hub, 20,000 viewers through nginx', value: perScope },
      ...{ unit: 'per scope and second', goal: '≤ 2', met: perScope <= 2, how },
    },
    {
      ...{ name: 'public feed: CPU of the hub, 20,000 viewers through nginx', value: percent, unit: '% of a core' },
      ...{ goal: '≤ 3 %', met: percent <= 3, how },
    },
    {
      ...{ name: 'public feed: CPU of the hub that 20,000 viewers add', unit: '% of a core' },
      ...{
        value: Math.round((hubCpu - aloneCpu) * 1000) / 10,
        how: 'with them less without them, in one run: the rest is what the commits cost a hub with all its jobs',
      },
    },
  )
  expect([sum('wrong'), perScope > 0, sum('level') > 0]).toEqual([0, true, true])
})
