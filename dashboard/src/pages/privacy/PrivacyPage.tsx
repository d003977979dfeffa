import { For, type JSX, Match, Switch } from 'solid-js'
import { LANGUAGES } from '../../../../hub/contract/vocabulary/languages.ts'
import { ask } from '../../api/http.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { CallFoot } from '../../forms/Emergency.tsx'
import { FormPage, StepHeading } from '../../forms/FormPage.tsx'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { failureOf } from '../../pageKit/problem.ts'
import { ConsentParts } from '../../privacy/ConsentParts.tsx'
import { privacyWords } from '../../privacy/privacyWords.ts'
import { PageSkeleton } from '../../ui/Skeleton.tsx'
import { ErrorState } from '../../ui/State.tsx'
import { usePageTitle } from '../../ui/title.ts'

/** What is kept about people, why, who sees it and how long: from the very text they agree to and the rules that hold now. */
export default function PrivacyPage(): JSX.Element {
  const t = useWords(privacyWords)
  const common = useWords(commonWords)
  const { language } = useLanguage()
  usePageTitle(() => [t('title')])
  const [read, again] = createLoaded(language, (code) => ask('GET /api/privacy', { query: { language: code } }))
  const there = () => {
    const answer = read()
    return answer.kind === 'there' ? answer.value : undefined
  }
  const failed = () => failureOf(read(), common)
  return (
    <FormPage languages={LANGUAGES} foot={<CallFoot />}>
      <StepHeading lead={t('lead')}>{t('title')}</StepHeading>
      <Switch fallback={<PageSkeleton />}>
        <Match when={failed()}>
          {(problem) => <ErrorState text={`${t('failed')} ${problem().text}`} retry={again} />}
        </Match>
        <Match when={there()}>
          {(privacy) => (
            <>
              <section class="form-card">
                <ConsentParts parts={privacy().parts} />
                <p class="form-muted">{t('version', privacy().version)}</p>
              </section>
              <section class="form-card">
                <h2>{t('basis')}</h2>
                <p>{t('basisText')}</p>
              </section>
              <section class="form-card">
                <h2>{t('rules')}</h2>
                <dl class="privacy-rules">
                  <For each={privacy().rules}>
                    {({ rule, days }) => (
                      <div>
                        <dt>{t(`rule.${rule}`)}</dt>
                        <dd>{t('days', days)}</dd>
                      </div>
                    )}
                  </For>
                </dl>
              </section>
              <section class="form-card">
                <h2>{t('complain')}</h2>
                <p>{t('complainText')}</p>
                <p>{t('mine')}</p>
                <p>
                  <a href="/help">{t('toRequest')}</a>
                </p>
              </section>
            </>
          )}
        </Match>
      </Switch>
    </FormPage>
  )
}
