/** Where lines and the progress bar go: `process.stderr`, or a test's list. */
export type Terminal = { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown }

export type Progress = {
  /** @param done of `total`, in the same unit; @param label what is being done */
  show(label: string, done: number, total: number): void
  /** A line that stays; the bar moves below it. */
  line(text: string): void
  end(): void
}

const BAR_WIDTH = 28
const TTY_EVERY_MS = 80
const PLAIN_EVERY_MS = 2000

/** A bar on a terminal; elsewhere a plain line now and then. @param now milliseconds of a clock that never jumps */
export function createProgress(out: Terminal, now: () => number): Progress {
  const every = out.isTTY ? TTY_EVERY_MS : PLAIN_EVERY_MS
  let shownAt = out.isTTY ? Number.NEGATIVE_INFINITY : now()
  let painted = false
  const clear = () => {
    if (painted) out.write('\r\u001b[K')
    painted = false
  }
  return {
    show(label, done, total) {
      if (now() - shownAt < every) return
      shownAt = now()
      const share = total > 0 ? Math.min(done / total, 1) : 0
      const percent = `${Math.floor(share * 100)}`.padStart(3)
      if (!out.isTTY) {
        out.write(`${label}: ${percent.trim()} %\n`)
        return
      }
      const full = Math.round(share * BAR_WIDTH)
      const text = `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)} ${percent} %  ${label}`
      clear()
      out.write(text.slice(0, (out.columns ?? 80) - 1))
      painted = true
    },
    line(text) {
      clear()
      out.write(`${text}\n`)
    },
    end: clear,
  }
}

const COUNT_FORMAT = new Intl.NumberFormat('en')

export function count(n: number, one: string, many = `${one}s`): string {
  return `${COUNT_FORMAT.format(n)} ${n === 1 ? one : many}`
}
