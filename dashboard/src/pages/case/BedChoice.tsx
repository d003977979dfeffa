import { type Accessor, createSignal, type JSX } from 'solid-js'
import { BED_LEVELS, type BedLevel } from '../../../../hub/contract/vocabulary/beds.ts'
import { LEVEL_FOR } from '../../../../hub/contract/vocabulary/placing.ts'
import type { Severity } from '../../../../hub/contract/vocabulary/severity.ts'
import { SelectField } from '../../forms/SelectField.tsx'
import { useWords } from '../../i18n/language.tsx'
import { FacilityChoice } from './FacilityChoice.tsx'
import { useLevelName } from './levels.ts'
import { casePageWords } from './words.ts'

/** A bed for somebody: the level their severity asks for, until another is chosen, and no facility yet. */
export function createBed(severity: Accessor<Severity>) {
  const [chosen, setLevel] = createSignal<BedLevel>()
  const [facility, setFacility] = createSignal<number>()
  return { level: () => chosen() ?? LEVEL_FOR[severity()], setLevel, facility, setFacility }
}

type BedChoiceProps = {
  bed: ReturnType<typeof createBed>
  /** of the field of the level */
  name: string
  /** of the patient, 4 or 6 digits */
  place: string
  /** only facilities of this kind */
  kind?: string | undefined
  /** chooses the nearest that has a free bed by itself, until somebody does */
  suggest?: boolean
}

/** Of which level, and where. */
export function BedChoice(props: BedChoiceProps): JSX.Element {
  const t = useWords(casePageWords)
  const levelName = useLevelName()
  return (
    <>
      <SelectField
        label={t('level')}
        name={props.name}
        options={BED_LEVELS}
        value={props.bed.level()}
        text={levelName}
        onChange={props.bed.setLevel}
      />
      <FacilityChoice
        place={props.place}
        kind={props.kind}
        level={props.bed.level()}
        chosen={props.bed.facility()}
        choose={props.bed.setFacility}
        suggest={props.suggest ? { asked: null } : undefined}
      />
    </>
  )
}
