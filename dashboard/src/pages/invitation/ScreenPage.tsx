import { createSignal, type JSX, Match, onCleanup, onMount, Show, Switch } from 'solid-js'
import { fetchSession } from '../../api/session.ts'
import { screenNow } from '../../clock.ts'
import { LanguageSwitch } from '../../i18n/LanguageSwitch.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { HelpButton } from '../../pageHelp/HelpButton.tsx'
import { wallPath } from '../../session/screen.ts'
import { usePageTitle } from '../../ui/title.ts'
import { beginPairing, comeBack, type Pairing, pollPairing, RETRY_MS, waitAfter } from './pairing.ts'
import './screen.css'
import { invitationWords } from './words.ts'

type State = 'asking' | 'waiting' | 'expired' | 'offline' | 'on'

/** A wall that has just been unpacked: shows a code, read from across the room, and goes on by itself. */
export default function ScreenPage(): JSX.Element {
  const t = useWords(invitationWords)
  const { format } = useLanguage()
  usePageTitle(() => [t('screen.title')])
  const [pairing, setPairing] = createSignal<Pairing>()
  const [state, setState] = createSignal<State>('asking')
  let timer: ReturnType<typeof setTimeout> | undefined
  let ended = false
  const after = (ms: number, task: () => Promise<void>) => {
    if (!ended) timer = setTimeout(() => void task(), ms)
  }

  /** A screen that has its session still, after a power cut say, needs nobody. */
  async function start(): Promise<void> {
    const session = await fetchSession().catch(() => undefined)
    if (session === undefined) {
      setState('offline')
      return after(RETRY_MS, start)
    }
    if (!session.signedIn) {
      const isBack = await comeBack().catch(() => undefined)
      if (isBack === undefined) setState('offline')
      if (isBack !== false) return after(isBack ? 0 : RETRY_MS, start)
    }
    if (session.role !== 'screen') return begin()
    setState('on')
    location.replace(`${wallPath(session.areas[0])}${location.search}`)
  }
  async function begin(): Promise<void> {
    const next = await beginPairing(screenNow()).catch(() => undefined)
    if (next === undefined) {
      setState('offline')
      return after(RETRY_MS, begin)
    }
    setPairing(next)
    setState('waiting')
    after(next.everyMs, () => poll(next, next.everyMs))
  }
  async function poll(current: Pairing, everyMs: number): Promise<void> {
    const answer = await pollPairing(current)
    if (answer === 'on') return start()
    if (answer === 'expired' || screenNow() > current.expiresAt) {
      setState('expired')
      return begin()
    }
    setState(answer === 'offline' ? 'offline' : 'waiting')
    const wait = waitAfter(answer, everyMs)
    after(wait, () => poll(current, wait))
  }
  onMount(() => void start())
  onCleanup(() => {
    ended = true
    clearTimeout(timer)
  })
  return (
    <main class="screen-pairing">
      <div class="screen-head">
        <LanguageSwitch />
        <HelpButton />
      </div>
      <h1>{t('screen.title')}</h1>
      <p>
        {t('screen.steps')} <b>{location.host}/admin/screens</b> {t('screen.type')}
      </p>
      <output class="screen-code" aria-live="polite">
        <Show when={pairing()?.userCode} fallback={<span>…</span>}>
          {(code) => <span>{code()}</span>}
        </Show>
      </output>
      <p class="screen-state" role="status">
        <Switch fallback={t('screen.wait')}>
          <Match when={state() === 'on'}>{t('screen.on')}</Match>
          <Match when={state() === 'offline'}>{t('screen.offline')}</Match>
          <Match when={state() === 'expired'}>{t('screen.again')}</Match>
        </Switch>{' '}
        <Show when={state() === 'waiting' && pairing()}>
          {(current) => t('screen.expires', format().time(current().expiresAt))}
        </Show>
      </p>
    </main>
  )
}
