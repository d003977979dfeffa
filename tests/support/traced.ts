import type { Browser, Page } from 'playwright-core'

export type Traced = {
  /** CPU of the renderer's main thread, ms a second */
  readonly cpuMs: number
  /** tasks of more than 50 ms of CPU, a second */
  readonly longTasks: number
  /** chunk → ms a second of its own JavaScript, the most first; what the engine does by itself is `(program)` and the like */
  readonly scripts: Readonly<Record<string, number>>
}

type Event = {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly ph: string
  readonly id?: string
  readonly tdur?: number
  readonly args?: {
    readonly name?: string
    readonly data?: {
      readonly timeDeltas?: readonly number[]
      readonly cpuProfile?: { readonly nodes?: readonly Node[]; readonly samples?: readonly number[] }
    }
  }
}
type Node = { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url?: string } }

const CATEGORIES = ['-*', 'toplevel', '__metadata', 'disabled-by-default-v8.cpu_profiler']
const LONG_MS = 50

/** What the main thread of a page does while `work` runs. */
export async function mainThread(browser: Browser, page: Page, work: () => Promise<void>): Promise<Traced> {
  await browser.startTracing(page, { categories: CATEGORIES })
  const began = performance.now()
  await work()
  const seconds = (performance.now() - began) / 1000
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: readonly Event[] }
  const events = trace.traceEvents
  const mains = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  const tasks = Map.groupBy(
    events.filter(({ name, ph, pid, tid }) => name.endsWith('RunTask') && ph === 'X' && mains.has(`${pid} ${tid}`)),
    ({ pid, tid }) => `${pid} ${tid}`,
  )
  // Of several renderers, the page's is the one that works.
  const [busiest, own = []] = [...tasks].sort((a, b) => sum(b[1]) - sum(a[1]))[0] ?? []
  if (busiest === undefined) throw new Error('the trace has no task of a page')
  return {
    cpuMs: Math.round(sum(own) / 1000 / seconds),
    longTasks: Math.round((own.filter(({ tdur = 0 }) => tdur > LONG_MS * 1000).length / seconds) * 10) / 10,
    scripts: scriptsOf(
      events.filter(({ pid }) => pid === Number(busiest.split(' ')[0])),
      seconds,
    ),
  }
}

const sum = (events: readonly Event[]) => events.reduce((total, { tdur = 0 }) => total + tdur, 0)

/** The sampled profile of the page's own script, without its workers: theirs have another id. */
function scriptsOf(events: readonly Event[], seconds: number): Record<string, number> {
  const profiles = Map.groupBy(
    events.filter(({ name }) => name === 'ProfileChunk'),
    ({ id }) => id,
  )
  const chunks = [...profiles.values()].sort((a, b) => b.length - a.length)[0] ?? []
  const of = new Map<number, string>()
  const spent = new Map<string, number>()
  for (const { args } of chunks) {
    for (const { id, callFrame } of args?.data?.cpuProfile?.nodes ?? []) {
      const file = callFrame.url?.split('/').at(-1)?.split('?')[0]
      of.set(id, file ? file.replace(/-[\w-]{8}\.js$/, '') : callFrame.functionName)
    }
    args?.data?.cpuProfile?.samples?.forEach((id, i) => {
      const name = of.get(id) ?? '(unknown)'
      spent.set(name, (spent.get(name) ?? 0) + (args.data?.timeDeltas?.[i] ?? 0))
    })
  }
  spent.delete('(idle)')
  const perSecond = [...spent].map(([name, us]) => [name, Math.round(us / 1000 / seconds)] as const)
  return Object.fromEntries(perSecond.filter(([, ms]) => ms > 0).sort((a, b) => b[1] - a[1]))
}
