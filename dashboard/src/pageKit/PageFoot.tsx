import { type JSX, Match, Show, Switch } from 'solid-js'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import { Button } from '../ui/Button.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { EmptyState, ErrorState } from '../ui/State.tsx'
import type { Pages } from './createPages.ts'
import { problemOf } from './problem.ts'
import { deskWords } from './words.ts'

/** What stands below a paged list: loading, failed, empty, or the way to more. */
export function PageFoot<T>(props: { pages: Pages<T>; empty: string; emptyText?: string }): JSX.Element {
  const t = useWords(deskWords)
  const common = useWords(commonWords)
  return (
    <Switch>
      <Match when={props.pages.state() === 'failed'}>
        <ErrorState text={problemOf(props.pages.error(), common).text} retry={() => props.pages.reload()} />
      </Match>
      <Match when={props.pages.state() === 'loading' && props.pages.items().length === 0}>
        <div role="status" aria-label={t('loadingMore')}>
          <Skeleton height="12rem" />
        </div>
      </Match>
      <Match when={props.pages.items().length === 0}>
        <EmptyState title={props.empty} {...(props.emptyText ? { text: props.emptyText } : {})} />
      </Match>
      <Match when={props.pages.hasMore()}>
        <Show when={props.pages.hasMore()}>
          <div class="desk-buttons">
            <Button busy={props.pages.state() === 'loading'} onClick={() => props.pages.more()}>
              {t('more')}
            </Button>
          </div>
        </Show>
      </Match>
    </Switch>
  )
}
