import { type JSX, Match, Show, Switch } from 'solid-js'
import { screenNow } from '../../clock.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import type { KeptFacility } from '../../offline/facility.ts'
import { useDesk } from '../../pageKit/DeskPage.tsx'
import { placeName } from '../../panels/subject.tsx'
import { Button } from '../../ui/Button.tsx'
import { BedForm } from './BedForm.tsx'
import { DoseForm } from './DoseForm.tsx'
import { FacilityTabs } from './FacilityTabs.tsx'
import { StockForm } from './StockForm.tsx'
import { TestForm } from './TestForm.tsx'
import { KEPT_TABS, useTab } from './tabs.ts'
import { facilityWords } from './words.ts'

type KeptFacilityProps = {
  kept: KeptFacility
  /** the hub answers again */
  isBack: boolean
  /** shows the page as it is with a network */
  leave(): void
}

/** `/facility/:id` opened without a network: what was known when it was last here, and the forms that a phone can keep. */
export function KeptFacilityPage(props: KeptFacilityProps): JSX.Element {
  const t = useWords(facilityWords)
  const { language, format } = useLanguage()
  const session = useDesk()
  const [chosen, choose, tabs] = useTab(session, KEPT_TABS)
  const id = () => props.kept.facility.id
  const name = () => placeName(props.kept.facility, language())
  return (
    <>
      <header class="desk-head">
        <h1>{name()}</h1>
      </header>
      <div class="desk-problem" role="status" data-kept={props.isBack ? 'back' : 'away'}>
        <p>{t(props.isBack ? 'kept.back' : 'kept.away', format().moment(props.kept.at, screenNow()))}</p>
        <Show when={props.isBack}>
          <Button kind="primary" onClick={props.leave} data-action="leave-kept">
            {t('kept.leave')}
          </Button>
        </Show>
      </div>
      <FacilityTabs tabs={tabs} chosen={chosen()} choose={choose} />
      <Switch>
        <Match when={chosen() === 'beds'}>
          <BedForm facility={id()} name={name()} rows={props.kept.beds} units={props.kept.units} />
        </Match>
        <Match when={chosen() === 'doses'}>
          <DoseForm facility={id()} name={name()} today={props.kept.day} />
        </Match>
        <Match when={chosen() === 'stock'}>
          <StockForm facility={id()} name={name()} rows={props.kept.stock} />
        </Match>
        <Match when={chosen() === 'tests'}>
          <TestForm facility={id()} name={name()} district={props.kept.facility.district} today={props.kept.day} />
        </Match>
      </Switch>
    </>
  )
}
