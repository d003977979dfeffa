import { createMemo, For, type JSX, Show } from 'solid-js'
import { lateReporters } from '../../../hub/contract/indicators/reports.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { Tile } from '../ui/Tile.tsx'
import { Definition } from './Definition.tsx'
import { type PanelRoom, rowsThatFit } from './rowsThatFit.ts'
import './Late.css'
import { Num } from './Num.tsx'
import { LateLink } from './Reported.tsx'
import { placeName, useSubject } from './subject.tsx'
import { useTone } from './useThresholds.ts'
import { wallPanelWords } from './wallPanelWords.ts'

/** u: what the panel has beside the names, a line of them, and how many stand in one */
const HEAD_U = 15
const ROW_U = 2.9
const NAMES_IN_ROW = 2
const FLOW_NAMES = 8

const SHARES = ['reporting.cases', 'reporting.deaths', 'reporting.sites'] as const

/** How much of what is due has been reported, and which provinces have not said today's cases; as many names as there is room for. */
export function Late(props: { today: string; room: PanelRoom }): JSX.Element {
  const t = useWords(wallPanelWords)
  const { language, format } = useLanguage()
  const { cells, kind, parts, read } = useSubject()
  const tone = useTone()
  const late = createMemo(() => {
    if (kind !== 'nation') return []
    const codes = new Set(lateReporters(cells, parts, props.today).map(({ code }) => code))
    return parts.filter(({ code }) => codes.has(code))
  })
  const most = () =>
    props.room ? Math.max(0, rowsThatFit(props.room, HEAD_U, ROW_U, 0) * NAMES_IN_ROW - 1) : FLOW_NAMES
  const shown = () => late().slice(0, most())
  return (
    <Tile title={<Definition of={SHARES}>{t('late.title')}</Definition>} aside={<LateLink>{t('late.all')}</LateLink>}>
      <dl class="facts facts-stacked">
        <For each={SHARES}>
          {(id) => (
            <>
              <dt>{t(`late.${id}`)}</dt>
              <dd class={`tone-${tone(id, read(id).value)}`}>
                {format().number(read(id).reported)}/{format().number(read(id).parts)} ·{' '}
                <Num value={read(id).value} percent />
              </dd>
            </>
          )}
        </For>
      </dl>
      <Show when={shown().length > 0}>
        <ul class="late-names">
          <For each={shown()}>{(part) => <li>{placeName(part, language())}</li>}</For>
          <Show when={late().length > shown().length}>
            <li class="late-more">{t('late.more', format().number(late().length - shown().length))}</li>
          </Show>
        </ul>
      </Show>
    </Tile>
  )
}
