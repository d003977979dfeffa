import { A } from '@solidjs/router'
import type { JSX } from 'solid-js'
import { wallView } from '../../../../hub/contract/vocabulary/walls.ts'
import { commonWords } from '../../i18n/common.ts'
import { useWords } from '../../i18n/language.tsx'
import '../../ui/Button.css'
import { EmptyState } from '../../ui/State.tsx'
import { usePageTitle } from '../../ui/title.ts'
import { wallWords } from './words.ts'

/** Where the address of a wall leads nowhere: says which there are, and the way on. */
export function UnknownWall(props: { place: string; view: string | undefined }): JSX.Element {
  const t = useWords(wallWords)
  const common = useWords(commonWords)
  const title = () => {
    const { place, view } = props
    return view !== undefined && wallView(view) === undefined ? t('unknown.view', view) : t('unknown.place', place)
  }
  usePageTitle(() => [title()])
  return (
    <main>
      <EmptyState
        title={title()}
        text={t('unknown.text')}
        action={
          <A href="/" class="button button-primary">
            {common('home')}
          </A>
        }
      />
    </main>
  )
}
