import { createMemo, createSignal, Index, type JSX, onCleanup, Show } from 'solid-js'
import { ask } from '../../api/http.ts'
import { createSubmit } from '../../forms/createSubmit.ts'
import { ProblemNote } from '../../forms/ProblemNote.tsx'
import { toggled } from '../../forms/toggled.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { createPages } from '../../pageKit/createPages.ts'
import { useDesk } from '../../pageKit/DeskPage.tsx'
import { PageFoot } from '../../pageKit/PageFoot.tsx'
import { TextField } from '../../pageKit/TextField.tsx'
import { receiptWords } from '../../panels/receiptWords.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toast.tsx'
import type { Screen } from './api.ts'
import { Confirm } from './Confirm.tsx'
import { MoveScreen } from './MoveScreen.tsx'
import { Scenes } from './Scenes.tsx'
import { ScreenArea } from './ScreenArea.tsx'
import { ScreenNow } from './ScreenNow.tsx'
import { sceneWords } from './sceneWords.ts'
import { inOrderOf, staleFirst } from './screenOrder.ts'
import { screenWords } from './screenWords.ts'
import { TellScreens } from './TellScreens.tsx'
import { adminWords } from './words.ts'

const ONCE = () => ''

/** While somebody looks, so that a change of a screen is seen within so long. */
const RELOAD_EVERY_MS = 2_000

/** Walls: approve the code one shows, see which are on and which are dark, change what one shows, switch one off. */
export function Screens(): JSX.Element {
  const t = useWords(adminWords)
  const receipt = useWords(receiptWords)
  const { areas } = useDesk()
  const canMove = areas.includes('TH')
  const [removing, remove] = createSignal<Screen>()
  const [moving, move] = createSignal<Screen>()
  const [playing, play] = createSignal<Screen>()
  const [silent, setSilent] = createSignal<readonly string[]>([])
  const pages = createPages(ONCE, async () => {
    const answer = await ask('GET /api/screens')
    setSilent(answer.silent)
    return { items: answer.screens, next: null }
  })
  const timer = setInterval(() => {
    if (document.visibilityState === 'visible' && pages.state() !== 'loading') pages.reload()
  }, RELOAD_EVERY_MS)
  onCleanup(() => clearInterval(timer))
  const [chosen, choose] = createSignal<readonly string[]>([])
  const isThere = (id: string) => pages.items().some((screen) => screen.id === id && !screen.disabled)
  const told = () => chosen().filter(isThere)
  let table: HTMLTableElement | undefined
  const screens = createMemo<readonly Screen[]>((before) => {
    const isUsed = table?.contains(document.activeElement) ?? false
    const kept = isUsed
      ? inOrderOf(
          before.map(({ id }) => id),
          pages.items(),
        )
      : undefined
    return kept ?? staleFirst(pages.items(), hubNow())
  }, [])
  return (
    <div class="admin-columns">
      <Approve onApproved={pages.reload} />
      <div class="admin-list">
        <Show when={pages.items().length > 0}>
          <TellScreens screens={told()} onTold={pages.reload} />
          <div class="desk-scroll">
            <table class="desk-table desk-cards" ref={table}>
              <thead>
                <tr>
                  <th scope="col">{t('screen.name')}</th>
                  <th scope="col">{t('screen.area')}</th>
                  <th scope="col">{t('screen.seen')}</th>
                  <th scope="col">{t('screen.since')}</th>
                  <th />
                </tr>
              </thead>
              <tbody>
                {/* By place: what has the focus keeps it when the list is read again. */}
                <Index each={screens()}>
                  {(screen) => (
                    <ScreenLine
                      screen={screen()}
                      isChosen={chosen().includes(screen().id)}
                      onChoose={(on) => choose((before) => toggled(before, screen().id, on))}
                      onScenes={() => play(screen())}
                      onMove={canMove ? () => move(screen()) : undefined}
                      onRemove={() => remove(screen())}
                    />
                  )}
                </Index>
              </tbody>
            </table>
          </div>
        </Show>
        <Show when={pages.items().some(isDark)}>
          <p class="desk-muted">{t('screen.darkHint')}</p>
        </Show>
        <Show when={silent().length > 0}>
          <p class="desk-muted">{receipt('silent', silent().join(', '))}</p>
        </Show>
        <PageFoot pages={pages} empty={t('screen.none')} />
      </div>
      <Show when={playing()} keyed>
        {(screen) => <Scenes screen={screen} onClose={() => play(undefined)} />}
      </Show>
      <Show when={moving()} keyed>
        {(screen) => <MoveScreen screen={screen} onMoved={pages.reload} onClose={() => move(undefined)} />}
      </Show>
      <Show when={removing()} keyed>
        {(screen) => (
          <Confirm
            title={t('screen.removeTitle', screen.name)}
            text={t('screen.removeText')}
            action={t('screen.remove')}
            onConfirm={async () => {
              await ask('DELETE /api/screens/{id}', { params: { id: screen.id } })
              toast(t('screen.removed'), 'good')
              pages.reload()
            }}
            onClose={() => remove(undefined)}
          />
        )}
      </Show>
    </div>
  )
}

/** It has been on, should be, and is not. */
const isDark = (screen: Screen): boolean => !screen.disabled && !screen.on && screen.seenAt !== null

type ScreenLineProps = {
  screen: Screen
  isChosen: boolean
  onChoose(on: boolean): void
  onScenes(): void
  onMove: (() => void) | undefined
  onRemove(): void
}

function ScreenLine(props: ScreenLineProps): JSX.Element {
  const t = useWords(adminWords)
  const scene = useWords(sceneWords)
  const now = useWords(screenWords)
  const { format } = useLanguage()
  const seen = () => {
    const { on, seenAt } = props.screen
    if (on) return t('screen.on')
    return seenAt === null ? t('screen.never') : format().moment(Date.parse(seenAt), hubNow())
  }
  return (
    <tr classList={{ 'desk-off': props.screen.disabled }}>
      <th scope="row">
        <Show when={!props.screen.disabled}>
          <input
            type="checkbox"
            class="admin-choose"
            aria-label={now('choose', props.screen.name)}
            checked={props.isChosen}
            onChange={({ currentTarget }) => props.onChoose(currentTarget.checked)}
          />
        </Show>
        {props.screen.name}{' '}
        <Show when={props.screen.disabled}>
          <Badge>{t('screen.off')}</Badge>
        </Show>
        <Show when={isDark(props.screen)}>
          <Badge tone="warn">{t('screen.dark')}</Badge>
        </Show>
      </th>
      <td data-label={t('screen.area')}>
        <AreaName code={props.screen.area} />
      </td>
      <td class="admin-when" data-label={t('screen.seen')}>
        <span>{seen()}</span>
        <ScreenNow screen={props.screen} />
      </td>
      <td class="admin-when" data-label={t('screen.since')}>
        {format().day(props.screen.since.slice(0, 10))}
      </td>
      <td class="desk-row-actions">
        <Show when={!props.screen.disabled}>
          <Button onClick={() => props.onScenes()}>{scene('open')}</Button>
          <Show when={props.onMove}>{(onMove) => <Button onClick={() => onMove()()}>{t('screen.move')}</Button>}</Show>
          <Button onClick={() => props.onRemove()}>{t('screen.remove')}</Button>
        </Show>
      </td>
    </tr>
  )
}

function Approve(props: { onApproved(): void }): JSX.Element {
  const t = useWords(adminWords)
  const { areas } = useDesk()
  const [code, setCode] = createSignal('')
  const [name, setName] = createSignal('')
  const [area, setArea] = createSignal(areas.includes('TH') ? 'TH' : (areas[0] ?? ''))
  const [tried, setTried] = createSignal(false)
  const submit = createSubmit()
  const codeError = () => {
    if (tried() && code().trim() === '') return t('screen.needCode')
    return submit.problem()?.code === 'unknown_code' ? submit.problem()?.text : undefined
  }
  const nameError = () => (tried() && name().trim() === '' ? t('screen.needName') : undefined)

  async function send(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    submit.forget()
    setTried(true)
    if (codeError() || nameError() || area() === '') return
    await submit.send(async () => {
      await ask('POST /api/screens', {
        body: { code: code().trim().toUpperCase(), name: name().trim(), area: area() },
      })
      toast(t('screen.approved'), 'good')
      setCode('')
      setName('')
      setTried(false)
      props.onApproved()
    })
  }
  return (
    <form class="desk-card" onSubmit={send} noValidate>
      <div>
        <h2>{t('screen.approve')}</h2>
        <p class="desk-muted">{t('screen.lead', `${location.host}/screen`)}</p>
      </div>
      <TextField label={t('screen.code')} name="code" value={code()} onInput={setCode} error={codeError()} required />
      <TextField
        label={t('screen.name')}
        name="screen"
        hint={t('screen.nameHint')}
        value={name()}
        onInput={setName}
        error={nameError()}
        required
      />
      <ScreenArea
        value={area()}
        onChange={setArea}
        error={tried() && area() === '' ? t('account.needArea') : undefined}
      />
      <ProblemNote text={submit.problem()?.code !== 'unknown_code' ? submit.problem()?.text : undefined} />
      <Button type="submit" kind="primary" busy={submit.busy()}>
        {t('screen.ok')}
      </Button>
    </form>
  )
}
