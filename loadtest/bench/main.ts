import { mkdirSync, writeFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { buildCentrifuge, buildCentrifugo, buildNative } from './build.ts'
import { endAll } from './children.ts'
import { assignCores } from './cores.ts'
import { judgeAll, ratiosOf } from './judge.ts'
import { describeMachine, describeVersions } from './machine.ts'
import { GOAL_SOCKETS, type Plan, readPlan } from './plan.ts'
import { goalLines, table } from './report.ts'
import type { Results } from './results.ts'
import { emptyRow, type Row, toRow } from './rows.ts'
import { runAll } from './run.ts'
import { checkClient } from './selfcheck.ts'
import { listVariants, type Variant } from './variants.ts'

/** `make bench`: loadtest/README.md says what is measured and how. */

const RESULTS = fileURLToPath(new URL('../results/', import.meta.url))
const tell = (line: string): void => void process.stdout.write(`${line}\n`)

function toRows(variants: readonly Variant[], { outcomes }: Results, plan: Plan): Row[] {
  return plan.floods.flatMap(({ bytes }) =>
    variants.map((variant) =>
      variant.absent === undefined
        ? toRow(variant, plan.sockets, bytes, outcomes.get(variant.name) ?? [])
        : emptyRow(variant, plan.sockets, bytes, variant.absent),
    ),
  )
}

async function main(): Promise<void> {
  const began = Date.now()
  const plan = readPlan(process.env)
  tell('building the load client and the servers, checking that the client counts right …')
  const native = buildNative()
  await checkClient(native.client)
  const asked = listVariants({
    floor: native.floor,
    centrifuge: buildCentrifuge(plan.quick),
    centrifugo: buildCentrifugo(plan.quick),
  }).filter(({ name }) => plan.only.length === 0 || plan.only.includes(name))
  const cores = assignCores()
  tell(
    `${plan.quick ? 'quick' : 'full'} bench: ${plan.sockets} sockets, ${plan.sittings} ${plan.sittings === 1 ? 'sitting' : 'sittings'}, ${cores.why}`,
  )
  const present = asked.filter(({ absent }) => absent === undefined)
  const deadline = performance.now() + plan.secondsMax * 1000
  const results = await runAll({ plan, cores, client: native.client, tell, deadline }, present)
  const rows = toRows(asked, results, plan)
  const goals = judgeAll(results)
  tell(`\n${table(rows)}\n\n${goalLines(goals)}`)
  if (plan.sockets !== GOAL_SOCKETS)
    tell(`  (the goals are set at ${GOAL_SOCKETS} sockets, this run had ${plan.sockets})`)
  const report = {
    takenAt: new Date(began).toISOString(),
    tookSeconds: Math.round((Date.now() - began) / 1000),
    plan,
    pinning: cores.why,
    machine: describeMachine(),
    versions: describeVersions(native.compiler),
    rows,
    ratios: ratiosOf(goals),
    goals,
    surges: results.surges,
    crowds: results.crowds,
    resumes: results.resumes,
    slows: results.slows,
    wides: results.wides,
    wideHubs: results.wideHubs,
    realHubs: results.realHubs,
  }
  mkdirSync(RESULTS, { recursive: true })
  writeFileSync(`${RESULTS}bench.json`, `${JSON.stringify(report, null, 2)}\n`)
  tell(`\nwritten: loadtest/results/bench.json, after ${report.tookSeconds} s`)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    endAll()
    process.exit(130)
  })
}
process.on('exit', endAll)
main().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
