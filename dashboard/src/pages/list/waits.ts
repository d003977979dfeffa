import type { ListedCase } from './lists.ts'

type Need = ListedCase['needs'][number]

/** Which needs a number is about; `undefined`: it is not about needs. */
export function askedBy(metric: string): ((need: Need) => boolean) | undefined {
  const [stem] = metric.split('.', 1)
  if (stem === 'waiting') return ({ kind }) => kind === 'bed'
  return stem === 'unclaimed' ? ({ status }) => status === 'open' : undefined
}

/** Since when a case has waited for what the number is about: the order `longest`. @returns ms since 1970 */
export function waitsSince({ needs, reportedAt }: ListedCase, asked: ((need: Need) => boolean) | undefined): number {
  const opened = needs.filter(asked ?? (() => false)).map(({ openedAt }) => Date.parse(openedAt))
  return opened.length > 0 ? Math.min(...opened) : reportedAt
}
