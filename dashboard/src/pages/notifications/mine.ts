import type { Answer } from '../../api/http.ts'

export type Mine = Answer<'GET /api/notifications'>

/** What every part of the page is given: all of one's own, and what takes it anew. */
export type PartProps = { mine: Mine; take(mine: Mine): void }
