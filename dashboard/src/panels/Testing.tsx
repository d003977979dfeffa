import { For, type JSX } from 'solid-js'
import { useWords } from '../i18n/language.tsx'
import { Tile } from '../ui/Tile.tsx'
import { Definition } from './Definition.tsx'
import { Num } from './Num.tsx'
import './Deaths.css'
import { useSubject } from './subject.tsx'
import { useTone } from './useThresholds.ts'
import { wallPanelWords } from './wallPanelWords.ts'

const TESTS = ['pcr', 'atk'] as const

/** The share of tests of 7 days that were positive, and how many were made today. */
export function Testing(): JSX.Element {
  const t = useWords(wallPanelWords)
  const { read } = useSubject()
  const tone = useTone()
  const positive = () => read('positivity').value
  return (
    <Tile title={<Definition of={['positivity', 'tests.day']}>{t('testing.title')}</Definition>}>
      <div class="number-over-facts">
        <span class={`tone-${tone('positivity', positive())}`}>
          <Num class="kpi-number kpi-number-small" value={positive()} percent digits={1} />
        </span>
        <dl class="facts facts-stacked">
          <For each={TESTS}>
            {(test) => (
              <>
                <dt>{t(`testing.${test}`)}</dt>
                <dd>
                  <Num value={read('positivity', { test }).value} percent digits={1} />
                </dd>
              </>
            )}
          </For>
          <dt>{t('testing.today')}</dt>
          <dd>
            <Num value={read('tests.day').value} />
          </dd>
        </dl>
      </div>
    </Tile>
  )
}
