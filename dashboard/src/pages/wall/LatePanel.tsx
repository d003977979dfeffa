import type { JSX } from 'solid-js'
import { AlertList } from '../../panels/AlertList.tsx'
import { AllParts } from '../../panels/AllParts.tsx'
import { ClaimTimes } from '../../panels/ClaimTimes.tsx'
import { ContactTimes } from '../../panels/ContactTimes.tsx'
import { Coverage } from '../../panels/Coverage.tsx'
import { FacilityBeds } from '../../panels/facility/FacilityBeds.tsx'
import { FacilityComing } from '../../panels/facility/FacilityComing.tsx'
import { FacilityDoses } from '../../panels/facility/FacilityDoses.tsx'
import { FacilityStock } from '../../panels/facility/FacilityStock.tsx'
import { Late } from '../../panels/Late.tsx'
import { Objectives } from '../../panels/Objectives.tsx'
import { SiteList } from '../../panels/SiteList.tsx'
import { Testing } from '../../panels/Testing.tsx'
import { Ticker } from '../../panels/Ticker.tsx'
import { Unreached } from '../../panels/Unreached.tsx'
import type { LatePanelId } from './compositions.ts'
import type { Shown } from './Panel.tsx'
import { SecondMap, SecondPlace } from './SecondPlace.tsx'

/** What a wall's first number does not wait for. */
export default function LatePanel(props: Shown & { id: LatePanelId }): JSX.Element {
  const draw: Readonly<Record<LatePanelId, () => JSX.Element>> = {
    sites: () => <SiteList room={props.box} />,
    all: () => <AllParts today={props.today} choice={props.choice} ranked={props.ranked} room={props.box} />,
    second: () => <SecondPlace subject={props.second} />,
    secondMap: () => <SecondMap subject={props.second} choice={props.choice} choose={props.choose} />,
    claims: () => <ClaimTimes today={props.today} />,
    contacts: () => <ContactTimes />,
    unreached: () => <Unreached />,
    testing: () => <Testing />,
    coverage: () => <Coverage />,
    late: () => <Late today={props.today} room={props.box} />,
    alerts: () => <AlertList room={props.box} />,
    objectives: () => <Objectives room={props.box} />,
    ticker: () => <Ticker room={props.box} />,
    facilityBeds: () => <FacilityBeds />,
    facilityComing: () => <FacilityComing room={props.box} />,
    facilityStock: () => <FacilityStock room={props.box} />,
    facilityDoses: () => <FacilityDoses />,
  }
  return draw[props.id]()
}
