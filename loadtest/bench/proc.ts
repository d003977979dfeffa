import { readFileSync } from 'node:fs'

/** What the kernel says of a process or a core (proc(5)). Parsers are pure; readers throw when the process is gone. */

/** USER_HZ: the unit of utime, stime and the lines of /proc/stat; 100 on every Linux that Node runs on. */
export const TICKS_PER_SECOND = 100

/** CPU seconds of a process, all its threads, user and system, from a line of /proc/<pid>/stat. */
export function parseCpuSeconds(stat: string): number {
  // The command name stands in brackets and may hold spaces and brackets: fields count from the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = Number(fields[11]) + Number(fields[12])
  if (!Number.isFinite(ticks)) throw new SyntaxError(`not a line of /proc/<pid>/stat: ${stat.slice(0, 60)}`)
  return ticks / TICKS_PER_SECOND
}

/** Seconds since boot that a core was idle (waiting for disks counts as idle), and that the hypervisor took from it. */
export type CoreTimes = { readonly idle: number; readonly stolen: number }

export function parseCoreTimes(stat: string, core: number): CoreTimes {
  const line = stat.split('\n').find((text) => text.startsWith(`cpu${core} `))
  if (line === undefined) throw new SyntaxError(`/proc/stat has no line of core ${core}`)
  const fields = line.split(/\s+/).slice(1).map(Number)
  return {
    idle: ((fields[3] ?? 0) + (fields[4] ?? 0)) / TICKS_PER_SECOND,
    stolen: (fields[7] ?? 0) / TICKS_PER_SECOND,
  }
}

/** Memory of a process, in bytes, from /proc/<pid>/smaps_rollup. `private`: what ends when the process ends. */
export type Memory = { readonly rss: number; readonly private: number }

export function parseMemory(rollup: string): Memory {
  const kilobytes = (name: string): number => {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(rollup)
    if (!found) throw new SyntaxError(`smaps_rollup has no line ${name}`)
    return Number(found[1]) * 1024
  }
  return { rss: kilobytes('Rss'), private: kilobytes('Private_Clean') + kilobytes('Private_Dirty') }
}

/** The cores a process may run on, from /proc/<pid>/status: `0-2,5` is 0, 1, 2, 5. */
export function parseAllowedCores(status: string): number[] {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1]
  if (list === undefined) throw new SyntaxError('/proc/<pid>/status has no line Cpus_allowed_list')
  return list.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, i) => first + i)
  })
}

export function readCpuSeconds(pid: number): number {
  return parseCpuSeconds(readFileSync(`/proc/${pid}/stat`, 'latin1'))
}

export function readCoreTimes(core: number): CoreTimes {
  return parseCoreTimes(readFileSync('/proc/stat', 'latin1'), core)
}

export function readMemory(pid: number): Memory {
  return parseMemory(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))
}
