import type { JSX } from 'solid-js'
import { Show } from 'solid-js'
import type { RowObject } from '../../../../hub/contract/live/rows.ts'
import { NAMED_VACCINES } from '../../../../hub/contract/vocabulary/doses.ts'
import { SHORT_DAYS, STOCK_ITEMS, type StockItem } from '../../../../hub/contract/vocabulary/stock.ts'
import { ask } from '../../api/http.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { createPairs } from './createPairs.ts'
import { createStanding } from './createStanding.ts'
import { PairFields } from './PairFields.tsx'
import { createKeeper } from './ReportQueue.tsx'
import { CountedAtField, StandingFoot } from './StandingParts.tsx'
import { facilityWords } from './words.ts'

const OTHERS = ['oxygen', 'oximeter', 'atk'] as const

/** What is there and what is used of it in a day: vaccine, oxygen, kits. What nobody has touched is not reported. */
export function StockForm(props: { facility: string; name: string; rows: readonly RowObject<'stock'>[] }): JSX.Element {
  const t = useWords(facilityWords)
  const { format } = useLanguage()
  const row = (item: string) => props.rows.find((each) => each.item === item)
  const pairs = createPairs(STOCK_ITEMS, (item) => {
    const found = row(item)
    return found && ([found.onHand, found.perDay] as const)
  })
  const name = (item: (typeof STOCK_ITEMS)[number] | undefined) => (item === undefined ? '' : t(`item.${item}`))
  const course = createStanding({
    read() {
      // The sum is not said beside its kinds.
      const touched = pairs.touched().filter((item) => item !== 'vaccine' || !byKind())
      if (touched.length === 0) return { refusal: t('stock.nothing') }
      const items = touched.flatMap((item) => {
        const counts = pairs.counts(item)
        return counts === undefined ? [] : [{ item, onHand: counts[0], perDay: counts[1] }]
      })
      return items.length < touched.length ? { refusal: t('standing.fix') } : { body: { items } }
    },
    send: (body, key) => ask('POST /api/facilities/{id}/stock', { params: { id: props.facility }, body, key }),
    said: ({ items }) => t('stock.sent', items.map(({ item }) => name(item)).join(', ')),
    name: ({ items }, _, index) => name(items[index]?.item),
    keep: createKeeper(
      'POST /api/facilities/{id}/stock',
      () => props.facility,
      () => `${t('tab.stock')} · ${props.name}`,
    ),
    clear: pairs.clear,
  })
  const left = ([onHand, perDay]: readonly [number, number]) => {
    if (perDay === 0) return onHand === 0 ? undefined : t('stock.lasts')
    const days = onHand / perDay
    return `${days < SHORT_DAYS ? '!! ' : ''}${t('stock.left', format().number(Math.floor(days * 10) / 10, days < 10 ? 1 : 0))}`
  }
  /** Then the sum follows, and is not typed. */
  const byKind = () => NAMED_VACCINES.some((kind) => row(kind) !== undefined || pairs.isTouched(kind))
  const fields = {
    pairs,
    name,
    labels: (item: StockItem) => [t(`onHand.${item}`), t('stock.perDay')] as const,
    reportedAt: (item: StockItem) => row(item)?.reportedAt,
    note: left,
    change: course.change,
  }
  return (
    <form class="desk-card" onSubmit={course.submit} noValidate>
      <div>
        <h2>{t('stock.title')}</h2>
        <p class="desk-muted">{t('stock.lead')}</p>
      </div>
      <Show when={byKind() && row('vaccine')}>
        {(sum) => (
          <p data-note="vaccine-sum">
            {t('stock.inAll', format().number(sum().onHand))} · {left([sum().onHand, sum().perDay])}
          </p>
        )}
      </Show>
      <PairFields {...fields} parts={byKind() ? OTHERS : ['vaccine', ...OTHERS]} />
      <details class="sheet" open={byKind()}>
        <summary>{t('stock.byKind')}</summary>
        <PairFields {...fields} parts={NAMED_VACCINES} />
      </details>
      <CountedAtField course={course} />
      <StandingFoot
        course={course}
        facility={props.facility}
        label={t('stock.send')}
        action="report-stock"
        nameOf={({ item }) => name(STOCK_ITEMS.find((known) => known === item))}
      >
        <Show when={pairs.known().length > 0}>
          <Button onClick={() => course.change(pairs.allAsItWas)} data-action="all-as-it-was">
            {t('standing.allAsItWas')}
          </Button>
        </Show>
      </StandingFoot>
    </form>
  )
}
