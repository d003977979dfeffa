import { A } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import { isKit } from '../../../../hub/contract/vocabulary/care.ts'
import type { CarePlan } from '../../api/cases.ts'
import { type AskingBody, ask } from '../../api/http.ts'
import { newKey } from '../../api/newKey.ts'
import '../../care/care.css'
import { careWords } from '../../care/planWords.ts'
import { useErrorText } from '../../cases/speech.ts'
import { toastFault } from '../../cases/toastFault.ts'
import { forgetUndo, offerUndo } from '../../cases/UndoBar.tsx'
import { createBusyWith } from '../../forms/createBusy.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { noticeExpiry } from '../../session/account.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'

type Item = CarePlan['items'][number]
type Step = AskingBody<'POST /api/cases/{id}/care'>

/** What somebody at home is owed, what of it was done and by whom; kits until they are back. */
export function CarePanel(props: { plan: CarePlan; reload(): void }): JSX.Element {
  const t = useWords(careWords)
  const fault = useErrorText()
  const [busy, during] = createBusyWith<string>()
  const params = () => ({ id: props.plan.case })
  const change = (what: string, send: (key: string) => Promise<CarePlan>) =>
    during(what, async () => {
      try {
        await send(newKey())
        props.reload()
      } catch (error) {
        if (!noticeExpiry(error)) toastFault(error, fault(error))
      }
    })
  const step = (body: Step) =>
    change(body.item, async (key) => {
      const done = await ask('POST /api/cases/{id}/care', { params: params(), body, key })
      offerUndo(`${t(`item.${body.item}`)}: ${t(`act.${body.kind}`)}`, done.case, done.event, 'case')
      return done
    })
  const keep = (keeps: boolean) =>
    change('keeper', async (key) => {
      const done = await ask('POST /api/cases/{id}/keeper', { params: params(), body: { keep: keeps }, key })
      forgetUndo(done.case)
      return done
    })
  const mine = () => props.plan.keeper?.mine ?? false

  return (
    <Show when={props.plan.atHome || props.plan.items.length > 0}>
      <section class="case-panel case-care" aria-labelledby="case-care">
        <h2 id="case-care">{t('title')}</h2>
        <Show when={!props.plan.atHome}>
          <p class="case-muted">{t('ended')}</p>
        </Show>
        <ul class="care-items">
          <For each={props.plan.items}>
            {(item) => <CareItemLine item={item} may={props.plan.may} busy={busy()} step={step} />}
          </For>
        </ul>
        <Show when={props.plan.atHome}>
          <p data-keeper={mine() ? 'mine' : undefined}>
            <Keeper plan={props.plan} />
          </p>
          <Show when={props.plan.may}>
            <div class="care-shown">
              <A class="button button-primary" href={`/record/check?case=${props.plan.case}`}>
                {t('check')}
              </A>
              <Button busy={busy() === 'keeper'} data-action="keep" onClick={() => void keep(!mine())}>
                {mine() ? t('leave') : t('keep')}
              </Button>
            </div>
          </Show>
        </Show>
      </section>
    </Show>
  )
}

function Keeper(props: { plan: CarePlan }): JSX.Element {
  const t = useWords(careWords)
  return (
    <Show when={props.plan.keeper} fallback={t('nobody')}>
      {(keeper) => <>{keeper().mine ? t('mine') : t('keeper', keeper().label)}</>}
    </Show>
  )
}

type LineProps = { item: Item; may: boolean; busy: string | undefined; step(body: Step): void }

function CareItemLine(props: LineProps): JSX.Element {
  const t = useWords(careWords)
  const { format } = useLanguage()
  const state = () => {
    const { item, done, due, timesPerDay } = props.item
    if (isKit(item)) return t(`kit.${done > 0 ? 'lent' : due ? 'due' : 'none'}`)
    return timesPerDay === null
      ? t(`once.${done > 0 ? 'done' : 'due'}`)
      : t('doneOf', format().number(done), format().number(timesPerDay))
  }
  /** A call is done by a contact or a check. */
  const next = (): Step | undefined => {
    const { item, done } = props.item
    if (item === 'call') return undefined
    if (isKit(item)) return { item, kind: done > 0 ? 'returned' : 'lent' }
    return { item, kind: 'done' }
  }
  return (
    <li data-item={props.item.item} data-due={props.item.due ? 'yes' : 'no'}>
      <span>
        <b>{t(`item.${props.item.item}`)}</b> <Badge tone={props.item.due ? 'warn' : 'plain'}>{state()}</Badge>
        <Show when={props.item.lastAt}>
          {(at) => <small class="case-muted"> {t('last', format().moment(at(), hubNow()), props.item.by ?? '')}</small>}
        </Show>
      </span>
      <Show when={props.may && next()}>
        {(body) => (
          <Button busy={props.busy === props.item.item} onClick={() => props.step(body())}>
            {t(`act.${body().kind}`)}
          </Button>
        )}
      </Show>
    </li>
  )
}
