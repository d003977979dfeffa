/** For so long a report that was a slip can be taken back. */
export const UNDO_REPORT_MS = 30_000
