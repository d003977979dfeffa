import { createMemo, type JSX } from 'solid-js'
import { sumDays, WEEK_DAYS } from '../../../hub/contract/indicators/cells.ts'
import { CLAIM_BUCKETS } from '../../../hub/contract/vocabulary/needs.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { Tile } from '../ui/Tile.tsx'
import { ClassBars, type ClassCount } from './ClassBars.tsx'
import { Definition } from './Definition.tsx'
import { useSubject } from './subject.tsx'
import { wallPanelWords } from './wallPanelWords.ts'

/** How long people waited until somebody took their request, of those taken in 7 days: all of them, not only the middle. */
export function ClaimTimes(props: { today: string }): JSX.Element {
  const t = useWords(wallPanelWords)
  const { format } = useLanguage()
  const { cells, area } = useSubject()
  const classes = createMemo((): readonly ClassCount[] =>
    CLAIM_BUCKETS.map((bucket) => ({
      name: t(`claims.bucket.${bucket}`),
      count: sumDays(cells, `claims.${bucket}`, area, props.today, WEEK_DAYS),
    })),
  )
  const total = () => classes().reduce((sum, { count }) => sum + count, 0)
  return (
    <Tile
      title={<Definition of={['claim.median', 'claim.p90']}>{t('claims.title')}</Definition>}
      aside={t('claims.of', format().number(total()))}
    >
      <ClassBars classes={classes()} median="claim.median" p90="claim.p90" />
    </Tile>
  )
}
