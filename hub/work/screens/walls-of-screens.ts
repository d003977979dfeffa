import type { WallReport } from '../../fanout/walls.ts'

/** The best of what the links of each screen say: one that is there before one that is gone, then the newest. */
export function linksOfScreens(reports: readonly WallReport[]): ReadonlyMap<string, WallReport> {
  const best = new Map<string, WallReport>()
  for (const report of reports) {
    if (report.account === null) continue
    const known = best.get(report.account)
    if (known === undefined || isBetter(report, known)) best.set(report.account, report)
  }
  return best
}

function isBetter(one: WallReport, other: WallReport): boolean {
  if ((one.goneSince === null) !== (other.goneSince === null)) return one.goneSince === null
  if ((one.behindSince === null) !== (other.behindSince === null)) return one.behindSince === null
  return one.paintedAt > other.paintedAt || (one.paintedAt === other.paintedAt && one.connectedAt > other.connectedAt)
}

/** What the administrator's list says of a link. @param build that the hub serves */
export function linkView({ state, ...report }: WallReport, build: string | undefined) {
  return {
    since: report.connectedAt,
    goneSince: report.goneSince,
    behindSince: report.behindSince,
    position: report.position,
    paintedAt: report.paintedAt,
    scene: state?.scene ?? null,
    fps: state?.fps ?? null,
    latencyMs: state?.ms ?? null,
    isOld: state !== null && build !== undefined && state.build !== build,
    width: state?.w ?? null,
    height: state?.h ?? null,
  }
}
