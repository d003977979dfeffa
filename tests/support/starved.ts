const TICK_MS = 5

export type Starved = {
  /** ms since the start in which this process wanted to run and was given no core; ends the count */
  end(): number
}

/**
 * For a claim about time on a machine that others use too. A gap between two turns of the event loop counts as far as
 * this process did not compute in it: what it was slow at itself stays in the figure that is judged.
 */
export function countStarved(): Starved {
  let starvedMs = 0
  let at = performance.now()
  let cpu = process.cpuUsage()
  const look = () => {
    const now = performance.now()
    const used = process.cpuUsage(cpu)
    starvedMs += Math.max(0, now - at - TICK_MS - (used.user + used.system) / 1000)
    at = now
    cpu = process.cpuUsage()
  }
  const timer = setInterval(look, TICK_MS)
  return {
    end() {
      look()
      clearInterval(timer)
      return starvedMs
    },
  }
}

/** A stopwatch for such a claim. @returns what stops it, and says the ms without those in which this process was starved */
export function startStopwatch(): () => number {
  const began = performance.now()
  const starved = countStarved()
  return () => performance.now() - began - starved.end()
}
