import { createEffect, createMemo, For, type JSX, on, Show } from 'solid-js'
import type { ListedTransfer } from '../../api/cases.ts'
import { useSpan } from '../../cases/speech.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { createNow } from '../../live/createNow.ts'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { useSubject } from '../../panels/subject.tsx'
import { chime, chimes, setChimes } from '../../ui/chime.ts'
import { createTransfers } from '../case/createTransfers.ts'
import { HeldUntil } from '../case/HeldUntil.tsx'
import { useLevelName } from '../case/levels.ts'
import { TransferSteps } from '../case/TransferSteps.tsx'
import { transferWords } from '../case/transferWords.ts'
import './incoming.css'
import { incomingWords } from './incomingWords.ts'

const LOOK_EVERY_MS = 10_000

/** Who is sent here: accept, refuse with a reason, arrived. By the number of the case; a name is not needed before. */
export function Incoming(props: { id: string; district: string }): JSX.Element {
  const t = useWords(incomingWords)
  const { live } = useSubject()
  const scope = `facility:${props.id}` as const
  const rows = createMemo(() => live.rows(scope, 'transfer'))
  const transfers = createTransfers(props.district, props.id, () => JSON.stringify(rows()))
  createChime(() => (live.scope(scope).loaded ? rows().map(({ id }) => id) : undefined))
  const coming = () => (transfers.list() ?? []).filter(({ status }) => status !== 'requested')
  return (
    <section class="desk-card incoming" aria-labelledby="incoming" data-incoming={coming().length}>
      <header class="incoming-head">
        <h2 id="incoming">{t('title', coming().length)}</h2>
        <label class="incoming-sound">
          <input
            type="checkbox"
            checked={chimes()}
            onChange={({ currentTarget }) => setChimes(currentTarget.checked)}
          />
          {t('sound')}
        </label>
      </header>
      <Show when={coming().length > 0} fallback={<p class="desk-muted">{t('nobody')}</p>}>
        <ul aria-live="polite">
          <For each={coming()}>
            {(transfer) => <Comer transfer={transfer} go={(step, body) => transfers.go(transfer.id, step, body)} />}
          </For>
        </ul>
      </Show>
    </section>
  )
}

/** Sounds for whoever is new since the last look; the first look is no news. */
function createChime(ids: () => readonly string[] | undefined): void {
  createEffect(
    on(ids, (now, before) => {
      if (before !== undefined && now?.some((id) => !before.includes(id))) chime()
      return now
    }),
  )
}

type ComerProps = { transfer: ListedTransfer; go: Parameters<typeof TransferSteps>[0]['go'] }

function Comer(props: ComerProps): JSX.Element {
  const t = useWords(incomingWords)
  const words = useWords(transferWords)
  const levelName = useLevelName()
  const { format } = useLanguage()
  const { live } = useSubject()
  const span = useSpan()
  const tick = createNow(LOOK_EVERY_MS)
  const since = () => span(tick() + (live.status().offsetMs ?? 0) - props.transfer.updatedAt)
  return (
    <li class="incoming-one" data-transfer={props.transfer.status} data-case={props.transfer.caseId}>
      <p>
        <b>{t(`state.${props.transfer.status as 'approved'}`)}</b> · {t('case', String(props.transfer.caseId))} ·{' '}
        {levelName(props.transfer.level)}
      </p>
      <p class="desk-muted">
        {t('from')} <AreaName code={props.transfer.district} /> · {words('by', props.transfer.requestedBy)},{' '}
        {format().time(props.transfer.requestedAt)} · {t('since', since())}
      </p>
      <HeldUntil until={props.transfer.heldUntil} />
      <TransferSteps steps={props.transfer.steps} go={props.go} />
    </li>
  )
}
