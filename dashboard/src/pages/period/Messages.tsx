import { createSignal, For, type JSX, Show } from 'solid-js'
import { provinceOf } from '../../../../hub/contract/vocabulary/areas.ts'
import { AUDIENCES, type Audience, TEXT_MAX } from '../../../../hub/contract/vocabulary/period.ts'
import { command } from '../../api/cases.ts'
import { ask } from '../../api/http.ts'
import { createAttempt } from '../../forms/createAttempt.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { InputField } from '../../forms/InputField.tsx'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { deskWords } from '../../pageKit/words.ts'
import { RECEIPT_MS, ReceiptLine } from '../../panels/ReceiptLine.tsx'
import { Button } from '../../ui/Button.tsx'
import { inHours, MESSAGE_HOURS } from './choices.ts'
import type { PartProps } from './part.ts'
import { periodWords } from './words.ts'

/** What command says: to whom, until when; it can be withdrawn from every screen at once. */
export function Messages(props: PartProps): JSX.Element {
  const t = useWords(periodWords)
  const desk = useWords(deskWords)
  const { format } = useLanguage()
  const [text, setText] = createSignal('')
  const [audience, setAudience] = createSignal<Audience>('everyone')
  const [hours, setHours] = createSignal<number>(2)
  const [urgent, setUrgent] = createSignal(false)
  const [sent, setSent] = createSignal(false)
  const { busy, problem, send } = createSubmit()
  const attempt = createAttempt()
  const audienceName = (each: Audience) =>
    each === 'everyone' || each === 'screens' || each === 'boards'
      ? t(`messages.audiences.${each}`)
      : desk(`role.${each}`)

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    setSent(false)
    const said = { area: props.area, audience: audience(), urgent: urgent(), text: text() }
    await send(async () => {
      const key = attempt.keyOf({ ...said, hours: hours() })
      const until = attempt.of(key, () => inHours(hours(), props.now))
      await ask('POST /api/command-messages', { body: { ...said, until }, key })
      attempt.answered()
      setText('')
      setUrgent(false)
      setSent(true)
      props.changed()
    })
  }
  const withdraw = (id: number) =>
    send(async () => {
      await command((key) => ask('POST /api/command-messages/{id}/withdraw', { params: { id }, body: {}, key }))
      props.changed()
    })

  return (
    <section class="desk-card" aria-labelledby="period-messages">
      <h2 id="period-messages">{t('messages.title')}</h2>
      <Show when={props.mayWrite}>
        <form class="period-form" onSubmit={(event) => void submit(event)}>
          <InputField
            label={t('messages.text')}
            hint={t('hint')}
            error={problem()?.fields.text}
            name="message"
            maxLength={TEXT_MAX.message}
            value={text()}
            onText={setText}
            autocomplete="off"
            required
          />
          <div class="period-pair">
            <SelectField
              label={t('messages.audience')}
              name="audience"
              options={AUDIENCES}
              value={audience()}
              text={audienceName}
              onChange={setAudience}
            />
            <SelectField
              label={t('messages.lasts')}
              name="lasts"
              options={MESSAGE_HOURS}
              value={hours()}
              text={(each) => t('hours', String(each))}
              onChange={setHours}
            />
          </div>
          <label class="desk-check">
            <input
              type="checkbox"
              checked={urgent()}
              onChange={({ currentTarget }) => setUrgent(currentTarget.checked)}
            />
            {t('messages.urgent')}
          </label>
          <Button type="submit" kind="primary" busy={busy()}>
            {t('messages.send')}
          </Button>
          <Show when={sent()}>
            <p class="desk-done" role="status">
              {t('messages.sent')}
            </p>
          </Show>
        </form>
      </Show>
      <ProblemNote text={problem()?.text} />
      <Show when={props.command.messages.length > 0} fallback={<p>{t('messages.none')}</p>}>
        <ul class="period-list">
          <For each={props.command.messages}>
            {(message) => (
              <li data-message={message.id} data-state={message.state}>
                <p>
                  <Show when={message.urgent}>
                    <b class="period-urgent">{t('messages.urgent')} </b>
                  </Show>
                  <b>{message.text}</b>
                </p>
                <p class="desk-muted">
                  {audienceName(message.audience)} · {t('by', message.by, format().moment(message.sentAt, props.now))} ·{' '}
                  {message.state === 'live'
                    ? t('messages.until', format().moment(message.until, props.now))
                    : t(`messages.state.${message.state}`)}
                </p>
                <Show when={message.state === 'live' && hubNow() - message.sentAt < RECEIPT_MS}>
                  <ReceiptLine scope={`command:${provinceOf(message.area)}`} row={`message/${message.id}`} />
                </Show>
                <Show when={props.mayWrite && message.state === 'live'}>
                  <Button busy={busy()} onClick={() => void withdraw(message.id)}>
                    {t('messages.withdraw')}
                  </Button>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  )
}
