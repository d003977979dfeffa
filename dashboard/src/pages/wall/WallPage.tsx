import { useParams } from '@solidjs/router'
import { type JSX, Show } from 'solid-js'
import { NATION } from '../../../../hub/wire/areas.ts'
import { useWords } from '../../i18n/language.tsx'
import { ListLinks } from '../../panels/ListLink.tsx'
import { SubjectProvider } from '../../panels/SubjectProvider.tsx'
import { PageSkeleton } from '../../ui/Skeleton.tsx'
import { EmptyState } from '../../ui/State.tsx'
import { WallScreen } from './WallScreen.tsx'
import { wallWords } from './words.ts'

/** `/wall` the nation, `/wall/50` a province. Another area is another session. */
export default function WallPage(): JSX.Element {
  const params = useParams<{ province?: string }>()
  const t = useWords(wallWords)
  return (
    <Show when={params.province ?? NATION} keyed>
      {(area) => (
        <SubjectProvider
          area={area}
          loading={<PageSkeleton />}
          unknown={<EmptyState title={t('unknownProvince')} text={t('unknownProvinceText')} />}
        >
          <ListLinks>
            <WallScreen />
          </ListLinks>
        </SubjectProvider>
      )}
    </Show>
  )
}
