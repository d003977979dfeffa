import { A, useNavigate } from '@solidjs/router'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { NATION } from '../../../../hub/wire/areas.ts'
import { commonWords } from '../../i18n/common.ts'
import { LanguageSwitch } from '../../i18n/LanguageSwitch.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { placeName, useSubject } from '../../panels/subject.tsx'
import { AccountMenu } from '../../session/AccountMenu.tsx'
import type { SignedIn } from '../../session/account.ts'
import { boardWords } from './words.ts'

export function BoardHead(props: { session: SignedIn; province: string }): JSX.Element {
  const t = useWords(boardWords)
  const common = useWords(commonWords)
  const navigate = useNavigate()
  const { language } = useLanguage()
  const { provinces } = useSubject()
  const mine = createMemo(() =>
    provinces.filter(({ code }) => props.session.areas.some((area) => area === NATION || area.slice(0, 2) === code)),
  )
  const current = () => provinces.find(({ code }) => code === props.province)
  return (
    <header class="board-head">
      <h1>
        <A href="/" aria-label={t('home')}>
          {common('app')}
        </A>{' '}
        {t('title')}
      </h1>
      <Show
        when={mine().length > 1}
        fallback={<p class="board-province">{placeName(current() ?? { nameTh: '', nameEn: '' }, language())}</p>}
      >
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
      <LanguageSwitch />
      <AccountMenu />
    </header>
  )
}
