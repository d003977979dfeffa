import { A, useLocation } from '@solidjs/router'
import { createEffect, createSignal, createUniqueId, For, type JSX, on, onCleanup, onMount, Show } from 'solid-js'
import { commonWords } from '../i18n/common.ts'
import { LanguageSwitch } from '../i18n/LanguageSwitch.tsx'
import { useWords } from '../i18n/language.tsx'
import { HelpButton } from '../pageHelp/HelpButton.tsx'
import { linkManifest } from '../ui/manifest.ts'
import { AccountMenu } from './AccountMenu.tsx'
import { sessionState } from './account.ts'
import { signInPath } from './next.ts'
import { pageWords } from './pageWords.ts'
import './SiteHead.css'
import { sessionWords } from './words.ts'
import { workplacesOf } from './workplaces.ts'

type SiteHeadProps = {
  /** what stands beside the name: where one is, and the way to another place of the kind */
  children?: JSX.Element
  /** in the place of the usual sign-out, where a page has to ask more */
  signOut?: JSX.Element
}

/** The one head of all pages but walls and forms for people in need: every page the account may use, who it is, the way out. */
export function SiteHead(props: SiteHeadProps): JSX.Element {
  const t = useWords(pageWords)
  const common = useWords(commonWords)
  const words = useWords(sessionWords)
  const location = useLocation()
  const menuId = createUniqueId()
  const [open, setOpen] = createSignal(false)
  let head: HTMLElement | undefined
  let toggle: HTMLButtonElement | undefined

  const session = () => {
    const state = sessionState()
    return state.kind === 'in' ? state.session : undefined
  }
  const pages = () => {
    const seat = session()
    return seat ? workplacesOf(seat) : []
  }
  const isIn = () => session() !== undefined

  createEffect(
    on(
      () => location.pathname,
      () => setOpen(false),
    ),
  )
  // Whoever works here may put their place of work on the phone's first screen; recording names its own.
  createEffect(() => {
    if (isIn() && !location.pathname.startsWith('/record')) linkManifest('/jitasa.webmanifest')
  })
  onMount(() => {
    const outside = (event: Event) => {
      if (event.target instanceof Node && !head?.contains(event.target)) setOpen(false)
    }
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !open()) return
      setOpen(false)
      toggle?.focus()
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('focusin', outside)
    document.addEventListener('keydown', closeOnEscape)
    onCleanup(() => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('focusin', outside)
      document.removeEventListener('keydown', closeOnEscape)
    })
  })

  return (
    <header class="site-head" ref={head}>
      <A class="site-brand" href="/">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="7" />
          <path d="M6 17h5l3-8 4 14 3-6h5" />
        </svg>
        <span class="site-name">{common('app')}</span>
        <span class="visually-hidden"> {t('start')}</span>
      </A>
      <div class="site-here">{props.children}</div>
      <HelpButton />
      <Show when={isIn()}>
        <button
          ref={toggle}
          type="button"
          class="site-toggle"
          aria-expanded={open()}
          aria-controls={menuId}
          onClick={() => setOpen(!open())}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M2 4h12M2 8h12M2 12h12" />
          </svg>
          {t('menu')}
        </button>
      </Show>
      <div class="site-menu" id={menuId} data-open={open() ? '' : undefined} data-in={isIn() ? '' : undefined}>
        <Show when={pages().length > 0}>
          <nav class="site-nav" aria-label={t('pages')}>
            <For each={pages()}>{({ page, href }) => <A href={href}>{t(`name.${page}`)}</A>}</For>
          </nav>
        </Show>
        <div class="site-who">
          <AccountMenu signOut={!('signOut' in props)} />
          <Show when={sessionState().kind === 'out' && !('signOut' in props)}>
            <A class="button button-plain" href={signInPath(location.pathname + location.search)}>
              {words('signIn')}
            </A>
          </Show>
          <LanguageSwitch />
          {props.signOut}
        </div>
      </div>
    </header>
  )
}
