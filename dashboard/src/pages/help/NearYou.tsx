import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { deviceNow } from '../../clock.ts'
import { createLoaded } from '../../forms/createLoaded.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { createNow } from '../../live/createNow.ts'
import { AreaPick } from '../../places/AreaPick.tsx'
import { areaName, areasBelow, nearestArea, pointOf } from '../../places/areas.ts'
import { locate } from '../../places/location.ts'
import { type PlaceDraft, placeOfCode } from '../../places/place.ts'
import { placeWords } from '../../places/words.ts'
import { createAskedSites } from '../../sites/createSites.ts'
import { MarkIcon } from '../../sites/MarkIcon.tsx'
import { SITE_MARKS } from '../../sites/marks.ts'
import { type NearSite, nearestSites } from '../../sites/near.ts'
import { Button } from '../../ui/Button.tsx'
import './NearYou.css'
import { nearWords } from './words.ts'

const LOOK_EVERY_MS = 60_000
const KM = 1_000

/** The point of a pin, else of the smallest area that was chosen. @throws ApiError */
async function pointFor({ point, province, district, subdistrict }: PlaceDraft) {
  const area = subdistrict || district || province
  const near = point === null ? undefined : await nearestArea(point)
  if (near !== undefined && point !== null) return { point, province: near.code.slice(0, 2) }
  const parent = area.length === 2 ? 'TH' : area.slice(0, -2)
  const own = (await areasBelow(parent)).find(({ code }) => code === area)
  const at = own && pointOf(own)
  return at && { point: at, province: area.slice(0, 2) }
}

type NearYouProps = {
  /** known from the request */
  place: PlaceDraft
  /** lets somebody say where, who has not said it yet */
  asks?: boolean
}

/** Where one can go by oneself, near and open now: for everybody, without an account. */
export default function NearYou(props: NearYouProps): JSX.Element {
  const t = useWords(nearWords)
  const [said, setSaid] = createSignal<PlaceDraft>()
  const place = () => said() ?? props.place
  const key = () => {
    const { point, province } = place()
    return point !== null || province !== '' ? JSON.stringify(place()) : ''
  }
  const [found] = createLoaded(key, (draft) => pointFor(JSON.parse(draft) as PlaceDraft))
  const at = () => {
    const state = found()
    return state.kind === 'there' ? state.value : undefined
  }
  const asked = createAskedSites(
    () => at()?.province,
    () => at() !== undefined,
  )
  const now = createNow(LOOK_EVERY_MS)
  const near = createMemo(() => {
    const from = at()
    return from ? nearestSites(asked().sites, from.point, Math.max(deviceNow(), now())) : []
  })
  return (
    <section class="form-card near" aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <Show when={props.asks}>
        <Where place={place()} choose={setSaid} />
      </Show>
      <Show when={at()}>
        <Show
          when={near().length > 0}
          fallback={<p class="form-muted">{asked().failed ? t('failed') : t('nothing')}</p>}
        >
          <ul class="near-list">
            <For each={near()}>{(one) => <NearLine near={one} />}</For>
          </ul>
          <p class="form-muted">{t('call')}</p>
        </Show>
      </Show>
    </section>
  )
}

function Where(props: { place: PlaceDraft; choose(place: PlaceDraft): void }): JSX.Element {
  const t = useWords(placeWords)
  const [locating, setLocating] = createSignal(false)
  const [trouble, setTrouble] = createSignal<'denied' | 'failed'>()
  async function useDevice(): Promise<void> {
    setLocating(true)
    const answer = await locate()
    setLocating(false)
    setTrouble(answer.ok ? undefined : answer.why)
    if (answer.ok) props.choose({ ...placeOfCode(''), point: answer.point, accuracy: answer.accuracy })
  }
  return (
    <>
      <Button busy={locating()} onClick={useDevice}>
        {locating() ? t('locating') : t('locate')}
      </Button>
      <p class="field-error" role="status">
        {trouble() === undefined ? '' : t(trouble() ?? 'failed')}
      </p>
      <AreaPick place={props.place} onChange={(place) => props.choose({ ...place, point: null })} />
    </>
  )
}

function NearLine(props: { near: NearSite }): JSX.Element {
  const t = useWords(nearWords)
  const { language, format } = useLanguage()
  const site = () => props.near.site
  const open = () => (props.near.open === undefined ? 'unknown' : props.near.open ? 'open' : 'closed')
  const free = () => Object.values(site().free).reduce((sum, count) => sum + count, 0)
  return (
    <li data-kind={site().kind} data-open={open()}>
      <MarkIcon {...SITE_MARKS[site().kind]} />
      <span>
        <b>{areaName(site(), language())}</b>
        <small>
          {t(`kind.${site().kind}`)} · {t(`hours.${open()}`)}
          <Show when={site().hours}>{(hours) => ` (${hours() === '24/7' ? t('always') : hours()})`}</Show>
          <Show when={site().kind === 'hospital' && Object.keys(site().free).length > 0}>
            {' · '}
            {free() > 0 ? t('free', format().number(free())) : t('full')}
            <Show when={site().reportedAt}>{(ms) => ` (${format().moment(ms(), deviceNow())})`}</Show>
          </Show>
        </small>
      </span>
      <span class="near-far">{t('far', format().number(props.near.metres / KM, 1))}</span>
    </li>
  )
}
