import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { ApiError, ask } from '../../api/http.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import type { PartProps } from './mine.ts'
import { deviceLabel, pushState, rememberDevice, rememberedDevice, subscribe, unsubscribe } from './push.ts'
import { notificationWords } from './words.ts'

/** The device of this page, while it stands in the list. */
export function ownDevice(devices: readonly { readonly id: number }[]): number | undefined {
  const own = rememberedDevice()
  return devices.some(({ id }) => id === own) ? own : undefined
}

/** Push messages on and off for the browser that shows the page, or why they cannot be. */
export function ThisDevice(props: PartProps): JSX.Element {
  const t = useWords(notificationWords)
  const { language } = useLanguage()
  const submit = createSubmit()
  const [unreachable, setUnreachable] = createSignal(false)
  const [refused, setRefused] = createSignal(false)
  const state = () => (refused() ? 'denied' : pushState(ownDevice(props.mine.devices)))
  const switchOn = (key: string) => {
    setUnreachable(false)
    return submit.send(async () => {
      const made = await subscribe(key).catch((error: unknown) => {
        // Of the browser, not of the hub: its push service is away.
        if (error instanceof ApiError || !(error instanceof Error)) throw error
        console.warn('The push service gave no address.', error)
        return undefined
      })
      if (made === undefined) return void setUnreachable(true)
      if (made === 'denied') return void setRefused(true)
      const body = {
        ...made,
        label: deviceLabel(navigator.userAgent),
        language: language() === 'en' ? ('en' as const) : ('th' as const),
      }
      const mine = await ask('POST /api/notifications/devices', { body })
      rememberDevice(mine.device)
      props.take(mine)
    })
  }
  const switchOff = () =>
    submit.send(async () => {
      const id = ownDevice(props.mine.devices)
      await unsubscribe()
      rememberDevice(undefined)
      if (id !== undefined) props.take(await ask('DELETE /api/notifications/devices/{id}', { params: { id } }))
    })
  return (
    <section class="desk-card" aria-labelledby="notifications-device">
      <h2 id="notifications-device">{t('device.title')}</h2>
      <Show when={props.mine.pushKey} fallback={<p>{t('device.notSetUp')}</p>}>
        {(key) => (
          <>
            <p role="status">{t(`device.${state()}`)}</p>
            <Switch>
              <Match when={state() === 'off'}>
                <div class="notifications-actions">
                  <Button kind="primary" busy={submit.busy()} onClick={() => void switchOn(key())}>
                    {t('device.switchOn')}
                  </Button>
                </div>
                <p class="desk-muted">{t('device.until')}</p>
              </Match>
              <Match when={state() === 'on'}>
                <div class="notifications-actions">
                  <Button busy={submit.busy()} onClick={() => void switchOff()}>
                    {t('device.switchOff')}
                  </Button>
                </div>
              </Match>
            </Switch>
            <ProblemNote text={unreachable() ? t('device.unreachable') : submit.problem()?.text} />
          </>
        )}
      </Show>
    </section>
  )
}
