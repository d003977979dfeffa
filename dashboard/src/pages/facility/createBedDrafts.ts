import { type Accessor, createSignal } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'
import type { RowObject } from '../../../../hub/contract/live/rows.ts'
import { BED_LEVELS, BED_STATES, type BedLevel, type BedState } from '../../../../hub/contract/vocabulary/beds.ts'
import { EMPTY_LEVEL, type LevelDraft } from './beds.ts'

export type Drafts = Partial<Record<BedLevel, LevelDraft>>
/** As hospitals list them. */
export const LEVELS: readonly BedLevel[] = [...BED_LEVELS].reverse()

/**
 * What is typed, level by level. A level is touched when somebody has typed into it or said that it is as it was; only
 * touched levels are reported. A level holds still from the moment somebody is in one of its fields: a number that
 * changes under the finger is a wrong report. All others follow the live count.
 */
export function createBedDrafts(rows: Accessor<readonly RowObject<'beds'>[]>) {
  const [edited, setEdited] = createStore<{ levels: Drafts }>({ levels: {} })
  const [held, setHeld] = createSignal<{ readonly level: BedLevel; readonly draft: LevelDraft }>()

  const liveRow = (level: BedLevel) => rows().find((row) => row.level === level)
  const liveDraft = (level: BedLevel): LevelDraft => {
    const row = liveRow(level)
    if (!row) return EMPTY_LEVEL
    return Object.fromEntries(BED_STATES.map((state) => [state, String(row[state])])) as LevelDraft
  }
  const heldDraft = (level: BedLevel) => (held()?.level === level ? held()?.draft : undefined)
  const draft = (level: BedLevel): LevelDraft => edited.levels[level] ?? heldDraft(level) ?? liveDraft(level)
  const isTouched = (level: BedLevel) => edited.levels[level] !== undefined

  return {
    liveRow,
    liveDraft,
    draft,
    isTouched,
    touched: () => LEVELS.filter(isTouched),
    hold: (level: BedLevel) => setHeld({ level, draft: draft(level) }),
    release: (level: BedLevel) => setHeld((now) => (now?.level === level ? undefined : now)),
    type: (level: BedLevel, state: BedState, text: string) =>
      setEdited('levels', level, { ...draft(level), [state]: text }),
    asItWas: (level: BedLevel) => setEdited('levels', level, liveDraft(level)),
    /** all that were counted before, but what somebody has typed already */
    allAsItWas(): void {
      for (const level of LEVELS) if (liveRow(level) && !isTouched(level)) setEdited('levels', level, liveDraft(level))
    },
    leaveOut(level: BedLevel) {
      setHeld(undefined)
      setEdited('levels', level, undefined)
    },
    /** these levels alone are touched */
    put: (levels: Drafts) => setEdited('levels', reconcile(levels)),
  }
}
