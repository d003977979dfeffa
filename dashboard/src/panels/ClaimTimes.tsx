import { createMemo, For, type JSX } from 'solid-js'
import { sumDays, WEEK_DAYS } from '../../../hub/contract/indicators/cells.ts'
import { CLAIM_BUCKETS, type ClaimBucket } from '../../../hub/contract/vocabulary/needs.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { Tile } from '../ui/Tile.tsx'
import './ClaimTimes.css'
import { Definition } from './Definition.tsx'
import { Num } from './Num.tsx'
import { useSubject } from './subject.tsx'
import { useValueText } from './valueText.ts'
import { wallPanelWords } from './wallPanelWords.ts'

/** How long people waited until somebody took their request, of those taken in 7 days: all of them, not only the middle. */
export function ClaimTimes(props: { today: string }): JSX.Element {
  const t = useWords(wallPanelWords)
  const { format } = useLanguage()
  const { cells, area, read } = useSubject()
  const text = useValueText()
  const counts = createMemo(() =>
    CLAIM_BUCKETS.map((bucket) => sumDays(cells, `claims.${bucket}`, area, props.today, WEEK_DAYS)),
  )
  const total = () => counts().reduce((sum, count) => sum + count, 0)
  const most = () => Math.max(1, ...counts())
  const minutes = (id: 'claim.median' | 'claim.p90') => {
    const { value } = read(id)
    return value === null ? '–' : text('minutes', value)
  }
  return (
    <Tile
      title={<Definition of={['claim.median', 'claim.p90']}>{t('claims.title')}</Definition>}
      aside={t('claims.of', format().number(total()))}
    >
      <p class="claim-times-facts">
        <span>
          {t('claims.median')} <b>{minutes('claim.median')}</b>
        </span>
        <span>
          {t('claims.p90')} <b>{minutes('claim.p90')}</b>
        </span>
      </p>
      <ol class="claim-times">
        <For each={CLAIM_BUCKETS}>
          {(bucket: ClaimBucket, i) => (
            <li>
              <Num value={counts()[i()] ?? 0} />
              <span class="claim-times-bar" aria-hidden="true">
                <span style={{ height: `${((counts()[i()] ?? 0) / most()) * 100}%` }} />
              </span>
              <small>{t(`claims.bucket.${bucket}`)}</small>
            </li>
          )}
        </For>
      </ol>
    </Tile>
  )
}
