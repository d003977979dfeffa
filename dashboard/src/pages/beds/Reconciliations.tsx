import { For, type JSX, Show } from 'solid-js'
import type { RowObject } from '../../../../hub/contract/live/rows.ts'
import { REFUSED_COUNT_REASONS, type RefusedCountReason } from '../../../../hub/contract/vocabulary/beds.ts'
import { command } from '../../api/cases.ts'
import { ask } from '../../api/http.ts'
import { useErrorText } from '../../cases/speech.ts'
import { createBusyWith } from '../../forms/createBusy.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { noticeExpiry } from '../../session/account.ts'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toast.tsx'
import type { Destinations } from '../case/createDestinations.ts'
import { useFacilityName } from '../case/FacilityChoice.tsx'
import { useLevelName } from '../case/levels.ts'
import { bedsWords } from './words.ts'

type Waiting = RowObject<'reconciliation'>
type Decision = 'take' | RefusedCountReason

type ReconciliationsProps = {
  rows: readonly Waiting[]
  destinations: Destinations
  /** whether this account may decide */
  decides: boolean
}

/** Counts that have fewer occupied beds than people known to lie there: nothing changes until somebody decides. */
export function Reconciliations(props: ReconciliationsProps): JSX.Element {
  const t = useWords(bedsWords)
  return (
    <Show when={props.rows.length > 0}>
      <section class="beds-counts" aria-labelledby="beds-counts">
        <h2 id="beds-counts">{t('count.title')}</h2>
        <p class="desk-muted">{t('count.lead')}</p>
        <ul class="beds-cards">
          <For each={props.rows.map(({ id }) => id)}>
            {(id) => (
              <Show when={props.rows.find((row) => row.id === id)}>
                {(row) => <Reconciliation {...props} row={row()} />}
              </Show>
            )}
          </For>
        </ul>
      </section>
    </Show>
  )
}

function Reconciliation(props: ReconciliationsProps & { row: Waiting }): JSX.Element {
  const t = useWords(bedsWords)
  const { format } = useLanguage()
  const fault = useErrorText()
  const levelName = useLevelName()
  const facilityName = useFacilityName(() => props.destinations)
  const [busy, during] = createBusyWith<Decision>()
  const name = () => facilityName(props.row.facility)

  async function decide(decision: Decision): Promise<void> {
    const { facility, level, sourceAt } = props.row
    const body = { level, sourceAt }
    const params = { id: facility }
    try {
      await during(decision, () =>
        command((key) =>
          decision === 'take'
            ? ask('POST /api/facilities/{id}/counts/take', { params, key, body })
            : ask('POST /api/facilities/{id}/counts/refuse', { params, key, body: { ...body, reason: decision } }),
        ),
      )
      toast(t(decision === 'take' ? 'count.taken' : 'count.refused', name()), 'good')
    } catch (error) {
      if (!noticeExpiry(error)) toast(fault(error), 'alarm')
    }
  }

  return (
    <li class="beds-card" data-count={props.row.id}>
      <p class="beds-card-head">
        <b>{name()}</b> {levelName(props.row.level)}
      </p>
      <p>
        {t(
          'count.said',
          format().number(props.row.occupied),
          format().number(props.row.known),
          format().moment(props.row.sourceAt, hubNow()),
        )}
      </p>
      <Show when={props.decides}>
        <div class="desk-buttons">
          <Button busy={busy() === 'take'} disabled={busy() !== undefined} onClick={() => void decide('take')}>
            {t('count.take', format().number(props.row.occupied))}
          </Button>
          <For each={REFUSED_COUNT_REASONS}>
            {(reason) => (
              <Button busy={busy() === reason} disabled={busy() !== undefined} onClick={() => void decide(reason)}>
                {t(`count.refuse.${reason}`)}
              </Button>
            )}
          </For>
        </div>
      </Show>
    </li>
  )
}
