import { expect, test } from 'vitest'
import { judgeAll, ratiosOf } from './judge.ts'
import type { Outcome } from './measures/sitting.ts'
import { type RoundResult, together } from './measures/sitting.ts'
import type { WideResult } from './measures/wide.ts'
import type { WideHubResult } from './measures/wide-hub.ts'
import { readPlan } from './plan.ts'
import type { Results } from './results.ts'
import { toRow } from './rows.ts'
import { listVariants } from './variants.ts'

const shares = { server: 1, client: 0.3, serverCore: 1, clientCore: 0.4, stolen: 0 }
const pass = (perCpuSecond: number, refused?: string): RoundResult['throughputs'][number] => ({
  bytes: 300,
  frameBytes: 300,
  perCpuSecond,
  perSecond: perCpuSecond,
  lost: 0,
  shares,
  refused,
  backlog: { before: 2, after: 3, perSecond: 15 },
})
const sat = (throughputs: RoundResult['throughputs'], reconnectMs?: number): Outcome => ({
  result: { throughputs, halfLoad: [], idleBytes: 2000, idleCpuUs: 4, openMs: 1, reconnectMs, failed: undefined },
})
const sitting = (...throughputs: RoundResult['throughputs']): Outcome => sat(throughputs)
const wide = (workers: number, p99Ms: number): WideResult => ({
  sockets: 57_000,
  workers,
  published: 10,
  deliveries: 570_000,
  lost: 0,
  cores: 0.8,
  p50Ms: 300,
  p99Ms,
  serverSecondsPerMessage: 0.79,
  clientSecondsPerMessage: 0.3,
  refused: undefined,
})
const results = (change: Partial<Results>): Results => ({
  outcomes: new Map(),
  surges: [],
  crowds: [],
  resumes: [],
  slows: [],
  wides: [],
  wideHubs: [],
  realHubs: [],
  plan: readPlan({}),
  failures: {
    surge: undefined,
    crowd: undefined,
    resume: undefined,
    slow: undefined,
    wide: undefined,
    wideHub: undefined,
    realHub: undefined,
  },
  ...change,
})
const verdict = (of: Results, key: string) => judgeAll(of).find((one) => one.key === key)

test('a ratio pairs the passes of all sittings, and says where the time goes when it misses', () => {
  const outcomes = new Map([
    ['floor', [sitting(pass(200_000), pass(100_000)), sitting(pass(200_000, 'not quiet'))]],
    ['uws', [sitting(pass(160_000), pass(80_000)), sitting(pass(160_000))]],
    ['live', [sitting(pass(160_000), pass(80_000)), sitting(pass(160_000))]],
  ])
  const measured = results({ outcomes })
  expect(verdict(measured, 'liveToFloor')).toMatchObject({ value: 0.8, met: false, spread: { rounds: 2 } })
  expect(verdict(measured, 'liveToFloor')?.why).toMatch(
    /^floor takes 7.50 µs of CPU a delivery, uws takes 6.25 µs of CPU a delivery \(−1.25 µs\), live takes/,
  )
  expect(verdict(measured, 'liveToUws')).toMatchObject({ value: 1, met: true, why: null })
  expect(ratiosOf(judgeAll(measured))).toMatchObject({ liveToUws: 1, liveToFloor: 0.8, socketioToWs: null })
})

test('57,000 sockets are judged with the better count of workers; that two cores are the limit is said', () => {
  const wides = [wide(4, 700), wide(3, 600), wide(4, 720), wide(3, 640)]
  expect(verdict(results({ wides }), 'wideP99Ms')).toMatchObject({ value: 620, met: false })
  expect(verdict(results({ wides }), 'wideP99Ms')?.why).toMatch(/two cores are the limit: the 3 workers.*0.79 CPU-s/)
  expect(verdict(results({ wides: [{ ...wide(3, 1), refused: 'not quiet' }] }), 'wideP99Ms')?.why).toBe('not quiet')
})

test('on real hubs what a killed worker loses counts as lost', () => {
  const { published: _, ...row } = wide(4, 450)
  const killed = { sockets: 14_250, ms: 9000, mostMs: 8000, whole: 200, lost: 0 }
  const wideHub: WideHubResult = {
    ...row,
    commits: 10,
    bytes: 191,
    databaseCores: 0.01,
    killed,
    idle: { bytes: 4000, cpuUs: 3 },
  }
  const judged = (lost: number) => results({ wideHubs: [wideHub, { ...wideHub, killed: { ...killed, lost } }] })
  expect(verdict(judged(0), 'hubWideLost')).toMatchObject({ value: 0, met: true })
  expect(verdict(judged(3), 'hubWideLost')).toMatchObject({ value: 3, met: false })
  expect(verdict(judged(0), 'hubWideP99Ms')).toMatchObject({ value: 450, met: true })
  expect(verdict(judged(0), 'hubWideBackMs')).toMatchObject({ value: 9000, met: null })
})

test('a storm that takes too long is told beside what the floor took on the same machine', () => {
  const storm = { name: 'live', sockets: 10_000, ms: 1800, serverSeconds: 1.76, byDelta: 10_000, whole: 0 }
  const resumes = [{ ...storm, gaps: 0, level: true, refused: undefined }]
  const outcomes = new Map([['floor', [sat([pass(100_000)], 861)]]])
  expect(verdict(results({ resumes, outcomes }), 'resumeMs')).toMatchObject({ value: 1800, met: false })
  expect(verdict(results({ resumes, outcomes }), 'resumeMs')?.why).toMatch(/176.00 µs a socket; a C server .* 861 ms/)
  expect(verdict(results({ resumes }), 'resumeMs')?.why).not.toMatch(/C server/)
})

test('a pass that was refused is in no median of a row', () => {
  const uws = listVariants({ floor: '', centrifuge: { absent: '' }, centrifugo: { absent: '' } }).find(
    ({ name }) => name === 'uws',
  )!
  const row = toRow(uws, 10_000, 300, [sitting(pass(100), pass(900, 'not quiet'), pass(120))])
  expect(row).toMatchObject({ deliveriesPerCpuSecond: 110, rounds: 3, refused: ['not quiet'] })
  const none = toRow(uws, 10_000, 300, [sitting(pass(900, 'not quiet'))])
  expect(none).toMatchObject({ deliveriesPerCpuSecond: null, bytesPerSocket: 2000, why: 'not quiet (1 of 1 rounds)' })
})

test('the two floods of a pass are one: refused when one is, behind as the one that was more', () => {
  const flood = (deliveries: number, refused?: string) => ({
    bytes: 300,
    frameBytes: 300,
    lost: 0,
    shares,
    refused,
    deliveries,
    serverSeconds: 1,
    seconds: 1,
    backlog: { before: 1, after: deliveries / 100, perSecond: 15 },
  })
  expect(together([flood(100), flood(300)])).toMatchObject({
    perCpuSecond: 200,
    refused: undefined,
    backlog: { before: 1, after: 3, perSecond: 15 },
  })
  expect(together([flood(100), flood(300, 'not quiet')]).refused).toBe('not quiet')
})
