import { useNavigate } from '@solidjs/router'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { NATION } from '../../../../hub/contract/vocabulary/areas.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { useFollowed } from '../../panels/followed.ts'
import { placeName } from '../../places/placeName.ts'
import type { SignedIn } from '../../session/account.ts'
import { SiteHead } from '../../session/SiteHead.tsx'
import { usePageTitle } from '../../ui/title.ts'
import { boardWords } from './words.ts'

export function BoardHead(props: { session: SignedIn; province: string }): JSX.Element {
  const t = useWords(boardWords)
  const navigate = useNavigate()
  const { language } = useLanguage()
  const { provinces } = useFollowed()
  const mine = createMemo(() =>
    provinces.filter(({ code }) => props.session.areas.some((area) => area === NATION || area.slice(0, 2) === code)),
  )
  const current = () => provinces.find(({ code }) => code === props.province)
  const here = () => placeName(current() ?? { nameTh: '', nameEn: '' }, language())
  usePageTitle(() => [t('title'), here()])
  return (
    <SiteHead>
      <h1 class="board-title">{t('title')}</h1>
      <Show when={mine().length > 1} fallback={<p class="board-province">{here()}</p>}>
        <label class="board-province">
          <span class="visually-hidden">{t('province')}</span>
          <select onChange={(event) => navigate(`/board?province=${event.currentTarget.value}`)}>
            <For each={mine()}>
              {(other) => (
                <option value={other.code} selected={other.code === props.province}>
                  {placeName(other, language())}
                </option>
              )}
            </For>
          </select>
        </label>
      </Show>
    </SiteHead>
  )
}
