import { A } from '@solidjs/router'
import { createSignal, type JSX, Show } from 'solid-js'
import type { CaseFile } from '../../api/cases.ts'
import { hasNewWord } from '../../cases/board.ts'
import { boardHref } from '../../cases/boardQuery.ts'
import { createPlaceNames } from '../../cases/createPlaceNames.ts'
import { useSpan } from '../../cases/speech.ts'
import { workWords } from '../../cases/words.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { SiteHead } from '../../session/SiteHead.tsx'
import { Badge, SeverityBadge } from '../../ui/Badge.tsx'
import { usePageTitle } from '../../ui/title.ts'
import { createDestinations } from './createDestinations.ts'
import { endWords } from './endWords.ts'
import { useFacilityName } from './FacilityChoice.tsx'
import { useLevelName } from './levels.ts'
import { ShareCase } from './ShareCase.tsx'
import { casePageWords } from './words.ts'

/** What a case is, in two lines, and the way back. */
export function CaseHead(props: { file: CaseFile; now: number }): JSX.Element {
  const t = useWords(casePageWords)
  const words = useWords(workWords)
  const ends = useWords(endWords)
  const { format } = useLanguage()
  const span = useSpan()
  const one = () => props.file.case
  const [districts] = createSignal<ReadonlySet<string>>(new Set([one().district]))
  const places = createPlaceNames(one().district.slice(0, 2), districts)
  const destinations = createDestinations(() => (one().facility === null ? false : one().district.slice(0, 2)))
  const facilityName = useFacilityName(destinations)
  const levelName = useLevelName()
  const place = () => [places.small(one().place), places.district(one().district)].filter(Boolean).join(' · ')
  usePageTitle(() => [words('caseNo', String(one().id)), places.district(one().district)])
  return (
    <>
      <SiteHead>
        <A href={boardHref()} class="case-back">
          ‹ {t('board')}
        </A>
      </SiteHead>
      <header class="case-head">
        <div class="case-title">
          <h1>{words('caseNo', String(one().id))}</h1>
          <span class="case-severity" data-severity={one().severity}>
            <SeverityBadge severity={one().severity} />
          </span>
          <Badge>{stageWord(t, one().stage)}</Badge>
          <Show when={one().risk608}>
            <Badge>{words('risk608Long')}</Badge>
          </Show>
          <Show when={one().escalatedAt !== null}>
            <Badge tone="alarm">{words('escalated')}</Badge>
          </Show>
          <Show when={hasNewWord(one())}>
            <Badge tone="warn">
              {words('newWord')} · {format().clock(one().heardAt ?? 0)}
            </Badge>
          </Show>
          <ShareCase id={one().id} />
        </div>
        <dl class="case-facts">
          <div>
            <dt class="visually-hidden">{t('where')}</dt>
            <dd>{place()}</dd>
          </div>
          <div>
            <dt>{t('reported')}</dt>
            <dd>
              {format().time(one().reportedAt)} · {span(props.now - one().reportedAt)}
            </dd>
          </div>
          <div>
            <dt>{t('place')}</dt>
            <dd>
              {t(`carePlace.${one().carePlace}`)}
              <Show when={one().facility}>
                {(id) => (
                  <>
                    {' · '}
                    <span data-facility={id()}>{facilityName(id())}</span>
                  </>
                )}
              </Show>
              <Show when={one().bedLevel}>{(level) => <> · {levelName(level())}</>}</Show>
            </dd>
          </div>
          <div>
            <dt>{t('severitySince')}</dt>
            <dd>{span(props.now - one().severityAt)}</dd>
          </div>
          <Show when={one().outcome !== 'none'}>
            <div data-outcome={one().outcome}>
              <dt>{ends('outcome')}</dt>
              <dd>
                {ends(`outcomeName.${one().outcome}`)} {one().outcomeDay}
              </dd>
            </div>
          </Show>
        </dl>
      </header>
    </>
  )
}

type StageWord = keyof typeof casePageWords.en.stage

function stageWord(t: (key: `stage.${StageWord}`) => string, stage: string): string {
  return stage in casePageWords.en.stage ? t(`stage.${stage as StageWord}`) : stage
}
