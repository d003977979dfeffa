import { createMemo, For, type JSX, Show } from 'solid-js'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { CountedAt } from './CountedAt.tsx'
import { useSubject } from './subject.tsx'
import { unitSums } from './units.ts'
import { panelWords } from './words.ts'

/** Ventilators, kinds of rooms, beds for adults and children: free of how many, of how many facilities that count them. */
export function UnitSums(): JSX.Element {
  const t = useWords(panelWords)
  const { format } = useLanguage()
  const { live, scope } = useSubject()
  const sums = createMemo(() => unitSums(live.rows(scope, 'unit')))
  const number = (n: number) => format().number(n)
  return (
    <Show when={sums().length > 0}>
      <dl class="facilities-units">
        <For each={sums()}>
          {(sum) => (
            <div data-unit={sum.kind}>
              <dt>{t(`units.kind.${sum.kind}`)}</dt>
              <dd>
                {t('units.free', number(sum.free), number(sum.total))}{' '}
                <small>
                  {t('units.sites', number(sum.sites))} · <CountedAt at={sum.oldest} />
                </small>
              </dd>
            </div>
          )}
        </For>
      </dl>
    </Show>
  )
}
