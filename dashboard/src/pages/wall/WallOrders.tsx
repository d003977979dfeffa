import { createEffect, type JSX, onCleanup, Show } from 'solid-js'
import type { Scope } from '../../../../hub/contract/live/scopes.ts'
import { sceneOfText } from '../../../../hub/contract/vocabulary/screens.ts'
import { useWords } from '../../i18n/language.tsx'
import type { LiveStore } from '../../live/store.ts'
import { sessionState } from '../../session/account.ts'
import { isHubReachable } from '../../ui/reload.ts'
import type { Scenes } from './createScenes.ts'
import { type Order, standing, toDo } from './orders.ts'
import './WallOrders.css'
import { wallWords } from './words.ts'

const DONE_KEY = 'jitasa.orderDone'
/** So long after it was told to, a page reloads: until then it has said that it was (PROTOCOL.md, P1). */
const RELOAD_AFTER_MS = 3_000

type WallOrdersProps = { live: LiveStore; scope: Scope; scenes: Scenes }

/** Does what an administrator tells this screen. */
export function WallOrders(props: WallOrdersProps): JSX.Element {
  const t = useWords(wallWords)
  const orders = () => props.live.rows(props.scope, 'order')
  const name = () => {
    const state = sessionState()
    return state.kind === 'in' ? state.session.account.label : ''
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const reload = async () => {
    // Never into a browser's own page of errors.
    if (await isHubReachable()) location.reload()
    else timer = setTimeout(reload, RELOAD_AFTER_MS)
  }
  const act = ({ kind, text }: Order) => {
    if (kind === 'reload') timer ??= setTimeout(reload, RELOAD_AFTER_MS)
    else if (kind === 'pause') props.scenes.send({ kind: 'pause' })
    else if (text === 'next' || text === 'previous') props.scenes.send({ kind: text })
    else {
      const to = sceneOfText(text ?? '')
      if (to) props.scenes.send({ kind: 'jump', to })
    }
  }
  createEffect(() => {
    for (const order of toDo(orders(), Number(sessionStorage.getItem(DONE_KEY) ?? 0))) {
      sessionStorage.setItem(DONE_KEY, order.id)
      act(order)
    }
  })
  onCleanup(() => clearTimeout(timer))
  return (
    <>
      <Show when={standing(orders(), 'message')}>
        {(order) => (
          <p class="wall-told" role="status">
            {order().text}
          </p>
        )}
      </Show>
      <Show when={standing(orders(), 'identify')}>
        <p class="wall-identify" role="status">
          <small>{t('identify')}</small>
          {name()}
        </p>
      </Show>
    </>
  )
}
