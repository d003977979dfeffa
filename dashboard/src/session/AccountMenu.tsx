import { A, useNavigate } from '@solidjs/router'
import { createSignal, For, type JSX, Show, Suspense } from 'solid-js'
import { toastFault } from '../cases/toastFault.ts'
import { screenNow } from '../clock.ts'
import { createBusy } from '../forms/createBusy.ts'
import { commonWords } from '../i18n/common.ts'
import { bangkokDay } from '../i18n/format.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { AreaName } from '../pageKit/AreaName.tsx'
import { Button } from '../ui/Button.tsx'
import { part } from '../ui/part.tsx'
import { toast } from '../ui/Toast.tsx'
import './AccountMenu.css'
import { keptForLater, leave, sessionState } from './account.ts'
import { liveClaims } from './liveClaims.ts'
import { roleOf } from './RequireSession.tsx'
import { sessionWords } from './words.ts'

const ClaimsDialog = part(async () => ({ default: (await import('./ClaimsDialog.tsx')).ClaimsDialog }))

/** Most accounts have one area; a list would push the way out off the screen. */
const AREAS_SHOWN = 2

/** Who is signed in, in which role and area, and the way out, unless the page has its own. */
export function AccountMenu(props: { signOut?: boolean }): JSX.Element {
  const t = useWords(sessionWords)
  const common = useWords(commonWords)
  const { format } = useLanguage()
  const navigate = useNavigate()
  const [busy, during] = createBusy()
  const session = () => {
    const state = sessionState()
    return state.kind === 'in' ? state.session : undefined
  }
  const [claims, setClaims] = createSignal(0)
  const ask = async () => {
    const held = await during(() => liveClaims(session()?.may ?? [], screenNow()))
    setClaims(held.length)
    if (held.length === 0) await out()
  }
  const out = async () => {
    setClaims(0)
    try {
      navigate(await during(leaveUnlessKept))
    } catch (error) {
      toastFault(error, common('error.offline'))
    }
  }
  /** @returns where to go */
  const leaveUnlessKept = async () => {
    const kept = await keptForLater()
    if (kept > 0) {
      // Signing out deletes them: /record shows what they are, sends them, and asks.
      toast(t('keptOnPhone', kept), 'alarm')
      return '/record'
    }
    await leave()
    return '/'
  }
  return (
    <Show when={session()}>
      {(who) => (
        <div class="account-menu">
          <span class="account-who">
            <Show
              when={who().may.includes('factors.own')}
              fallback={<b>{who().account.label || who().account.name}</b>}
            >
              <A href="/account" aria-label={t('ownAccount', who().account.label || who().account.name)}>
                <b>{who().account.label || who().account.name}</b>
              </A>
            </Show>
            <small>
              {t(`role.${roleOf(who())}`)}
              <span class="account-where">
                <For each={who().areas.slice(0, AREAS_SHOWN)}>
                  {(code) => (
                    <>
                      {' · '}
                      <AreaName code={code} />
                    </>
                  )}
                </For>
                <Show when={who().areas.length > AREAS_SHOWN}> +{who().areas.length - AREAS_SHOWN}</Show>
              </span>
            </small>
          </span>
          <Show when={who().factorFrom}>
            {(from) => (
              <A class="account-owes" href="/account">
                {t('factorFrom', format().day(bangkokDay(Date.parse(from()))))}
              </A>
            )}
          </Show>
          <Show when={props.signOut ?? true}>
            <Button class="account-out" busy={busy()} onClick={() => void ask()}>
              {t('signOut')}
            </Button>
          </Show>
          <Show when={claims() > 0}>
            <Suspense>
              <ClaimsDialog count={claims()} leave={() => void out()} stay={() => setClaims(0)} />
            </Suspense>
          </Show>
        </div>
      )}
    </Show>
  )
}
