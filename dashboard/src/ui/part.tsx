import { type Component, createSignal, type JSX, lazy, onMount, Show } from 'solid-js'
import { screenNow } from '../clock.ts'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import { reloadForLostPart } from './reload.ts'
import { Skeleton } from './Skeleton.tsx'
import { ErrorState } from './State.tsx'

/**
 * `lazy` for what may be gone after an upgrade: the page reloads itself once, or offers to.
 * @param lost stands in its place meanwhile
 */
// biome-ignore lint/suspicious/noExplicitAny: as `lazy` itself
export function part<T extends Component<any>>(
  load: () => Promise<{ default: T }>,
  lost: Component = LostPart,
): T & { preload: () => unknown } {
  const loading = () =>
    load().catch((error: unknown) => {
      console.error(error)
      return { default: lost as unknown as T }
    })
  return lazy(loading)
}

export function LostPart(): JSX.Element {
  const t = useWords(commonWords)
  const [stays, setStays] = createSignal(false)
  // Once it is mounted, the address is that of the page that was asked for.
  onMount(() => void reloadForLostPart(screenNow()).then((reloads) => setStays(!reloads)))
  return (
    <Show when={stays()} fallback={<Skeleton height="12rem" />}>
      <ErrorState text={t('error.lostPart')} retry={() => location.reload()} />
    </Show>
  )
}
