import type { Answer } from '../../api/http.ts'

export type CommandArea = Answer<'GET /api/command'>

/** The headings of a summary, and how it says a moment. */
export type SummaryWords = {
  readonly heading: Readonly<
    Record<'done' | 'open' | 'dropped' | 'decisions' | 'messages' | 'late' | 'nothing', string>
  >
  readonly due: (at: number) => string
}

const CHARACTERS_MAX = 4_000

/** What has changed since the shift began, as the first draft of its summary. @param now ms since 1970 */
export function draftSummary(
  { objectives, messages, log }: CommandArea,
  { heading, due }: SummaryWords,
  now: number,
): string {
  const titled = (one: CommandArea['objectives'][number]) => {
    const when = one.dueAt === null ? '' : `, ${one.dueAt < now ? `${heading.late}, ` : ''}${due(one.dueAt)}`
    return `${one.title}${when}`
  }
  const corrected = new Set(log.map(({ corrects }) => corrects))
  const parts: readonly (readonly [string, readonly string[]])[] = [
    [heading.done, objectives.filter(({ state }) => state === 'done').map(({ title }) => title)],
    [heading.open, objectives.filter(({ state }) => state === 'open' || state === 'doing').map(titled)],
    [heading.dropped, objectives.filter(({ state }) => state === 'dropped').map(({ title }) => title)],
    [
      heading.decisions,
      log
        .filter(({ id, kind }) => (kind === 'decision' || kind === 'correction') && !corrected.has(id))
        .map(({ text }) => text)
        .reverse(),
    ],
    [heading.messages, messages.filter(({ state, until }) => state === 'live' && now < until).map(({ text }) => text)],
  ]
  const text = parts
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `${title}:\n${lines.map((line) => `- ${line}`).join('\n')}`)
    .join('\n\n')
  return text === '' ? heading.nothing : text.slice(0, CHARACTERS_MAX)
}
