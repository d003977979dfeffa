import { createMemo, For, type JSX, Show } from 'solid-js'
import { SEVERITIES } from '../../../hub/contract/vocabulary/severity.ts'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import { createHubNow } from '../live/hubClock.ts'
import { SeverityMark } from '../ui/Badge.tsx'
import { Tile } from '../ui/Tile.tsx'
import { Definition } from './Definition.tsx'
import { ListLink } from './ListLink.tsx'
import { Num } from './Num.tsx'
import { useSubject } from './subject.tsx'
import './Unclaimed.css'
import { useAge } from './useFreshness.ts'
import { useTone } from './useThresholds.ts'
import { wallPanelWords } from './wallPanelWords.ts'

const MINUTE_MS = 60_000
/** The most severe first. */
const ORDER = SEVERITIES.toReversed()

/** Whom nobody has reached for 48 hours, by severity, for how long, and who at home was not called today. */
export function Unreached(): JSX.Element {
  const t = useWords(wallPanelWords)
  const common = useWords(commonWords)
  const { read } = useSubject()
  const tone = useTone()
  const age = useAge()
  const now = createHubNow(MINUTE_MS)
  const total = createMemo(() => read('uncontacted').value)
  const oldest = createMemo(() => read('uncontacted.oldest', { now: now() }).value)
  return (
    <Tile
      title={<Definition of={['uncontacted', 'uncontacted.oldest', 'uncalled']}>{t('unreached.title')}</Definition>}
      class="unclaimed"
      aside={
        <span class={`tone-${tone('uncontacted', total())}`}>
          <ListLink metric="uncontacted">
            <Num class="unclaimed-all" value={total()} />
          </ListLink>
        </span>
      }
    >
      <ul class="unclaimed-list">
        <For each={ORDER}>
          {(severity) => (
            <li>
              <SeverityMark severity={severity} />
              <span class="visually-hidden">{common(`severity.${severity}`)}</span>
              <ListLink metric={`uncontacted.${severity}`}>
                <Num value={read('uncontacted', { severity }).value} />
              </ListLink>
            </li>
          )}
        </For>
      </ul>
      <p class="unclaimed-late">
        <Show when={oldest() !== null}>
          <span>{t('unreached.longest', age((oldest() ?? 0) * MINUTE_MS))}</span>
        </Show>
        <span>
          {t('unreached.uncalled')} <Num value={read('uncalled').value} />
        </span>
      </p>
    </Tile>
  )
}
