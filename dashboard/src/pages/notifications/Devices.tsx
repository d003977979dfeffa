import { For, type JSX, Show } from 'solid-js'
import { ask } from '../../api/http.ts'
import { createBusyWith } from '../../forms/createBusy.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { Button } from '../../ui/Button.tsx'
import type { PartProps } from './mine.ts'
import { rememberDevice, unsubscribe } from './push.ts'
import { ownDevice } from './ThisDevice.tsx'
import { notificationWords } from './words.ts'

/** Where push messages go; a device that was lost is removed from here. */
export function Devices(props: PartProps): JSX.Element {
  const t = useWords(notificationWords)
  const { format } = useLanguage()
  const submit = createSubmit()
  const [busy, during] = createBusyWith<number>()
  const moment = (ms: number) => format().moment(ms, hubNow())
  const isOwn = (id: number) => id === ownDevice(props.mine.devices)
  const remove = (id: number) =>
    submit.send(() =>
      during(id, async () => {
        if (isOwn(id)) {
          await unsubscribe()
          rememberDevice(undefined)
        }
        props.take(await ask('DELETE /api/notifications/devices/{id}', { params: { id } }))
      }),
    )
  return (
    <section class="desk-card" aria-labelledby="notifications-devices">
      <h2 id="notifications-devices">{t('devices.title')}</h2>
      <Show when={props.mine.devices.length > 0} fallback={<p>{t('devices.none')}</p>}>
        <ul class="notifications-list">
          <For each={props.mine.devices}>
            {({ id, label, createdAt, lastOkAt }) => (
              <li>
                <span>
                  <b>{label}</b>
                  <Show when={isOwn(id)}> ({t('devices.this')})</Show>
                  <small>
                    {t('devices.since', moment(createdAt))}
                    <Show when={lastOkAt}>{(at) => <> · {t('devices.ok', moment(at()))}</>}</Show>
                  </small>
                </span>
                <Button busy={busy() === id} aria-label={t('devices.removeOf', label)} onClick={() => void remove(id)}>
                  {t('devices.remove')}
                </Button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <ProblemNote text={submit.problem()?.text} />
    </section>
  )
}
