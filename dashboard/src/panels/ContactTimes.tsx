import { createMemo, type JSX } from 'solid-js'
import { CONTACT_AGES } from '../../../hub/contract/vocabulary/contacts.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { Tile } from '../ui/Tile.tsx'
import { ClassBars, type ClassCount } from './ClassBars.tsx'
import { Definition } from './Definition.tsx'
import { useSubject } from './subject.tsx'
import { useTone } from './useThresholds.ts'
import { wallPanelWords } from './wallPanelWords.ts'

/** How long nobody has reached those whom somebody is to reach, all of them; beyond 48 hours one is too many. */
export function ContactTimes(): JSX.Element {
  const t = useWords(wallPanelWords)
  const { format } = useLanguage()
  const { cells, area } = useSubject()
  const tone = useTone()
  const classes = createMemo((): readonly ClassCount[] =>
    CONTACT_AGES.map((age) => {
      const count = cells(`contact.${age}`, area)
      return {
        name: t(`contacts.age.${age}`),
        count,
        metric: `contact.${age}`,
        tone: age === 'later' ? tone('uncontacted', count) : 'normal',
      }
    }),
  )
  const total = () => classes().reduce((sum, { count }) => sum + count, 0)
  return (
    <Tile
      title={<Definition of={['contact.median', 'contact.p90', 'uncontacted']}>{t('contacts.title')}</Definition>}
      aside={t('contacts.of', format().number(total()))}
    >
      <ClassBars classes={classes()} median="contact.median" p90="contact.p90" />
    </Tile>
  )
}
