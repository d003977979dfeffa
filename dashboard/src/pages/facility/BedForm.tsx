import { createMemo, For, type JSX, Show } from 'solid-js'
import type { RowObject } from '../../../../hub/contract/live/rows.ts'
import type { BedLevel } from '../../../../hub/contract/vocabulary/beds.ts'
import { UNIT_KINDS } from '../../../../hub/contract/vocabulary/units.ts'
import { ask } from '../../api/http.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { BedSheet } from './BedSheet.tsx'
import { checkLevel } from './beds.ts'
import { createBedDrafts, LEVELS } from './createBedDrafts.ts'
import { createPairs } from './createPairs.ts'
import { createStanding } from './createStanding.ts'
import { LevelFields } from './LevelFields.tsx'
import { PairFields } from './PairFields.tsx'
import { createKeeper } from './ReportQueue.tsx'
import { CountedAtField, StandingFoot } from './StandingParts.tsx'
import { facilityWords } from './words.ts'

type BedFormProps = {
  facility: string
  /** of the facility */
  name: string
  rows: readonly RowObject<'beds'>[]
  units: readonly RowObject<'unit'>[]
}

/**
 * Beds by level, and ventilators and rooms: what nobody has touched follows the live count and is not reported; the sum
 * rule is checked with every key.
 */
export function BedForm(props: BedFormProps): JSX.Element {
  const t = useWords(facilityWords)
  const { format } = useLanguage()
  const drafts = createBedDrafts(() => props.rows)
  const unit = (kind: string) => props.units.find((each) => each.kind === kind)
  const units = createPairs(UNIT_KINDS, (kind) => {
    const found = unit(kind)
    return found && ([found.total, found.inUse] as const)
  })
  const more = ([total, inUse]: readonly [number, number]) => (inUse > total ? t('units.more') : undefined)
  const unitName = (kind: string | undefined) => {
    const known = UNIT_KINDS.find((each) => each === kind)
    return known === undefined ? '' : t(`unit.${known}`)
  }

  const checks = createMemo(() => new Map(LEVELS.map((level) => [level, checkLevel(level, drafts.draft(level))])))
  const touchedChecks = () => drafts.touched().flatMap((level) => checks().get(level) ?? [])
  const touchedUnits = () =>
    units.touched().map((kind) => {
      const counts = units.counts(kind)
      return counts && more(counts) === undefined ? { kind, total: counts[0], inUse: counts[1] } : undefined
    })
  const isWrong = () =>
    touchedChecks().some(({ kind }) => kind !== 'fits' && kind !== 'empty') || touchedUnits().includes(undefined)
  const counts = () => touchedChecks().flatMap((check) => (check.kind === 'fits' ? [check.count] : []))
  const names = () => [...drafts.touched(), ...units.touched().map(unitName)].join(', ')

  const course = createStanding({
    read() {
      const body = { levels: counts(), units: touchedUnits().filter((each) => each !== undefined) }
      if (isWrong()) return { refusal: t('beds.fix') }
      if (body.levels.length + body.units.length === 0) return { refusal: t('beds.nothing') }
      return { body }
    },
    send: (body, key) => ask('POST /api/facilities/{id}/beds', { params: { id: props.facility }, body, key }),
    said: ({ levels, units: sent }) =>
      t(
        levels.length > 0 ? 'beds.sent' : 'units.sent',
        [...levels.map(({ level }) => level), ...sent.map(({ kind }) => unitName(kind))].join(', '),
      ),
    name(body, list, index) {
      if (list === 'units') return unitName(body.units[index]?.kind)
      const level = body.levels[index]?.level
      return level === undefined ? undefined : t('level', level)
    },
    keep: createKeeper(
      'POST /api/facilities/{id}/beds',
      () => props.facility,
      () => `${t('tab.beds')} · ${props.name}`,
    ),
    clear() {
      drafts.put({})
      units.clear()
    },
  })
  const isOlder = (level: BedLevel) =>
    course.countedAt() !== '' && drafts.isTouched(level) && course.sourceAt() < (drafts.liveRow(level)?.reportedAt ?? 0)

  return (
    <form class="desk-card" onSubmit={course.submit} noValidate>
      <div>
        <h2>{t('beds.title')}</h2>
        <p class="desk-muted">{t('beds.lead')}</p>
        <p class="desk-muted">{t('beds.rule')}</p>
      </div>
      <Show when={props.rows.length > 0}>
        <div class="report-buttons">
          <Button
            onClick={() =>
              course.change(() => {
                drafts.allAsItWas()
                units.allAsItWas()
              })
            }
            data-action="all-as-it-was"
          >
            {t('standing.allAsItWas')}
          </Button>
          <Show when={names()}>
            <Button type="submit" kind="primary" busy={course.busy()} data-action="report-beds-above">
              {t('beds.save')}
            </Button>
          </Show>
        </div>
      </Show>
      <For each={LEVELS}>
        {(level) => (
          <LevelFields
            level={level}
            draft={drafts.draft(level)}
            live={drafts.liveRow(level)}
            edited={drafts.isTouched(level)}
            check={checks().get(level) ?? { kind: 'empty' }}
            older={isOlder(level)}
            onType={(state, text) => course.change(() => drafts.type(level, state, text))}
            onHold={() => drafts.hold(level)}
            onRelease={() => drafts.release(level)}
            onAsItWas={() => course.change(() => drafts.asItWas(level))}
            onLeaveOut={() => course.change(() => drafts.leaveOut(level))}
          />
        )}
      </For>
      <details class="sheet" data-action="units">
        <summary>{t('units.title')}</summary>
        <PairFields
          pairs={units}
          name={unitName}
          labels={() => [t('units.total'), t('units.inUse')]}
          reportedAt={(kind) => unit(kind)?.reportedAt}
          wrong={more}
          note={([total, inUse]) => (inUse > total ? undefined : t('units.free', format().number(total - inUse)))}
          change={course.change}
        />
      </details>
      <CountedAtField course={course} />
      <StandingFoot
        course={course}
        facility={props.facility}
        label={names() ? t('beds.sendLevels', names()) : t('beds.send')}
        action="report-beds"
        nameOf={({ level, unit: kind }) => (level === undefined ? unitName(kind) : t('level', level))}
      />
      <BedSheet onRead={(levels) => drafts.put(Object.fromEntries(levels.map((l) => [l.level, l.draft])))} />
    </form>
  )
}
