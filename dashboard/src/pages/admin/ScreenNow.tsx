import { type JSX, Show } from 'solid-js'
import { sceneOfText } from '../../../../hub/contract/vocabulary/screens.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { hubNow } from '../../live/hubClock.ts'
import { Badge } from '../../ui/Badge.tsx'
import type { Screen } from './api.ts'
import { STILL_MS } from './screenOrder.ts'
import { screenWords } from './screenWords.ts'

/** What a screen says of itself, and whether it has what it was told last. */
export function ScreenNow(props: { screen: Screen }): JSX.Element {
  const t = useWords(screenWords)
  const { format } = useLanguage()
  const moment = (at: number) => format().moment(at, hubNow())
  const order = () => {
    const { order } = props.screen
    if (order === null) return undefined
    const place = order.kind === 'scene' ? sceneOfText(order.text ?? '')?.place : undefined
    const kind = place === undefined ? t(`kind.${order.kind}`) : t('toScene', place)
    if (order.takenAt !== null) return t('taken', kind, moment(order.takenAt))
    return order.state === 'live' ? t('waits', kind) : t('missed', kind, moment(order.at))
  }
  return (
    <>
      <Show when={props.screen.link}>
        {(link) => (
          <p class="desk-muted">
            <Show
              when={link().goneSince}
              fallback={
                <Show when={link().behindSince}>
                  {(since) => (
                    <Show when={hubNow() - since() > STILL_MS}>
                      <Badge tone="warn">{t('still', moment(since()))}</Badge>{' '}
                    </Show>
                  )}
                </Show>
              }
            >
              {(since) => (
                <>
                  <Badge tone="warn">{t('gone', moment(since()))}</Badge>{' '}
                </>
              )}
            </Show>
            <Show when={link().isOld}>
              <Badge tone="warn">{t('oldBuild')}</Badge>{' '}
            </Show>
            {[
              link().paintedAt === 0 ? t('nothing') : link().scene,
              link().width === null ? null : `${link().width} × ${link().height}`,
              link().latencyMs === null ? null : t('latency', format().number(link().latencyMs ?? 0)),
              link().fps === null ? null : t('fps', format().number(link().fps ?? 0)),
            ]
              .filter((part) => part !== null)
              .join(' · ')}
          </p>
        )}
      </Show>
      <Show when={order()}>{(text) => <p class="desk-muted">{text()}</p>}</Show>
    </>
  )
}
