import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { ask } from '../../api/http.ts'
import { inAreas } from '../../cases/board.ts'
import { createPlaceNames } from '../../cases/createPlaceNames.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { useFollowed } from '../../panels/followed.ts'
import { placeName } from '../../places/placeName.ts'
import type { SignedIn } from '../../session/account.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/State.tsx'
import { AskForm } from './AskForm.tsx'
import { ResourceCard } from './ResourceCard.tsx'
import { inOrder } from './requested.ts'
import './resources.css'
import { resourceWords } from './words.ts'

/** What facilities and communities of a province ask for, live; to take, deliver and close. */
export function BoardResources(props: { session: SignedIn; province: string; now: number }): JSX.Element {
  const t = useWords(resourceWords)
  const { language } = useLanguage()
  const subject = useFollowed()
  const [asking, setAsking] = createSignal(false)
  const rows = createMemo(() =>
    subject.live.rows(subject.scope, 'resource').filter(({ place }) => inAreas(props.session.areas, place.slice(0, 4))),
  )
  const districts = createMemo(() => new Set(rows().map(({ place }) => place.slice(0, 4))))
  const places = createPlaceNames(props.province, districts)
  const me = () => props.session.account.key
  const may = (action: SignedIn['may'][number]) => props.session.may.includes(action)
  const supervises = () => may('resource.move') && SUPERVISORS.includes(props.session.role ?? '')
  const rights = { claim: may('resource.claim'), supervises: supervises(), close: supervises() }
  // A card of a minute's order: what a clock that ticks would lay anew each second.
  const shown = createMemo(() => inOrder(rows(), me(), Math.floor(props.now / 60_000) * 60_000))
  const named = createMemo(() =>
    rows().some(({ facility }) => facility !== null) && may('report.read') ? props.province : '',
  )
  const [facilities] = createLoaded(named, (area) => ask('GET /api/facilities', { query: { area, limit: 200 } }))
  const whom = (row: ReturnType<typeof rows>[number]) => {
    const place = places.small(row.place) ?? places.district(row.place)
    if (row.facility === null) return t('community', place)
    const loaded = facilities()
    const site = loaded.kind === 'there' && loaded.value.facilities.find(({ id }) => id === row.facility)
    return `${site ? placeName(site, language()) : t('facility', String(row.facility))} · ${place}`
  }
  const district = () => props.session.areas.find((area) => area.length >= 4)?.slice(0, 4) ?? ''

  return (
    <section class="resources" aria-label={t('title')}>
      <Show when={may('resource.request')}>
        <div class="resource-ask">
          <Button aria-expanded={asking()} onClick={() => setAsking(!asking())}>
            {t('ask.open')}
          </Button>
          <Show when={asking()}>
            <AskForm for={{ province: props.province, district: district() }} done={() => undefined} />
          </Show>
        </div>
      </Show>
      <Show when={shown().length > 0} fallback={<EmptyState title={t('empty')} text={t('emptyText')} />}>
        <div class="resource-cards">
          <For each={shown()}>
            {(row) => <ResourceCard one={row} whom={whom(row)} now={props.now} me={me()} may={rights} />}
          </For>
        </div>
      </Show>
    </section>
  )
}

const SUPERVISORS: readonly string[] = ['district_chief', 'provincial_health', 'governor']
