import { createSignal, For, type JSX, Show } from 'solid-js'
import { AreaName } from '../../desk/AreaName.tsx'
import { createPages } from '../../desk/createPages.ts'
import { useDesk } from '../../desk/DeskPage.tsx'
import { PageFoot } from '../../desk/PageFoot.tsx'
import { type Problem, problemOf } from '../../desk/problem.ts'
import { TextField } from '../../desk/TextField.tsx'
import { deskWords } from '../../desk/words.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toast.tsx'
import { AreaSelect } from './AreaSelect.tsx'
import { approveScreen, listScreens, removeScreen, type Screen } from './api.ts'
import { Confirm } from './Confirm.tsx'
import { adminWords } from './words.ts'

const ONCE = () => ''

/** Walls: approve the code one shows, see which there are, switch one off. */
export function Screens(): JSX.Element {
  const t = useWords(adminWords)
  const { format } = useLanguage()
  const [removing, remove] = createSignal<Screen>()
  const pages = createPages(ONCE, async () => ({ items: (await listScreens()).screens, next: null }))
  return (
    <div class="admin-columns">
      <Approve onApproved={pages.reload} />
      <div class="admin-list">
        <Show when={pages.items().length > 0}>
          <div class="desk-scroll">
            <table class="desk-table desk-cards">
              <thead>
                <tr>
                  <th scope="col">{t('screen.name')}</th>
                  <th scope="col">{t('screen.area')}</th>
                  <th scope="col">{t('screen.since')}</th>
                  <th />
                </tr>
              </thead>
              <tbody>
                <For each={pages.items()}>
                  {(screen) => (
                    <tr classList={{ 'desk-off': screen.disabled }}>
                      <th scope="row">
                        {screen.name}{' '}
                        <Show when={screen.disabled}>
                          <Badge>{t('screen.off')}</Badge>
                        </Show>
                      </th>
                      <td>
                        <AreaName code={screen.area} />
                      </td>
                      <td>{format().day(screen.since.slice(0, 10))}</td>
                      <td class="desk-row-actions">
                        <Show when={!screen.disabled}>
                          <Button onClick={() => remove(screen)}>{t('screen.remove')}</Button>
                        </Show>
                      </td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </div>
        </Show>
        <PageFoot pages={pages} empty={t('screen.none')} />
      </div>
      <Show when={removing()} keyed>
        {(screen) => (
          <Confirm
            title={t('screen.removeTitle', screen.name)}
            text={t('screen.removeText')}
            action={t('screen.remove')}
            onConfirm={async () => {
              await removeScreen(screen.id)
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

function Approve(props: { onApproved(): void }): JSX.Element {
  const t = useWords(adminWords)
  const desk = useWords(deskWords)
  const { language } = useLanguage()
  const session = useDesk()
  const isNational = session.areas.includes('TH')
  const [code, setCode] = createSignal('')
  const [name, setName] = createSignal('')
  const [area, setArea] = createSignal(isNational ? 'TH' : (session.areas[0] ?? ''))
  const [tried, setTried] = createSignal(false)
  const [busy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<Problem>()
  const codeError = () => {
    if (tried() && code().trim() === '') return t('screen.needCode')
    return problem()?.code === 'unknown_code' ? problem()?.text : undefined
  }
  const nameError = () => (tried() && name().trim() === '' ? t('screen.needName') : undefined)

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setProblem(undefined)
    setTried(true)
    if (codeError() || nameError()) return
    setBusy(true)
    try {
      await approveScreen({ code: code().trim().toUpperCase(), name: name().trim(), area: area() })
      toast(t('screen.approved'), 'good')
      setCode('')
      setName('')
      setTried(false)
      props.onApproved()
    } catch (error) {
      setProblem(problemOf(error, language()))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form class="desk-card" onSubmit={submit} noValidate>
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
      <Show when={isNational} fallback={<AreaName code={area()} />}>
        <label class="desk-check">
          <input
            type="checkbox"
            checked={area() === 'TH'}
            onChange={({ currentTarget }) => setArea(currentTarget.checked ? 'TH' : '')}
          />
          {desk('nation')}
        </label>
        <Show when={area() !== 'TH'}>
          <AreaSelect
            value={area()}
            onChange={setArea}
            provinceOnly
            error={tried() && area() === '' ? t('account.needArea') : undefined}
          />
        </Show>
      </Show>
      <Show when={problem()?.code !== 'unknown_code' && problem()}>
        {(what) => (
          <p class="desk-problem" role="alert">
            {what().text}
          </p>
        )}
      </Show>
      <Button type="submit" kind="primary" busy={busy()}>
        {t('screen.ok')}
      </Button>
    </form>
  )
}
