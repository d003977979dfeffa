import { type JSX, Match, Show, Switch } from 'solid-js'
import { TARGET_GROUPS, VACCINES } from '../../../../hub/contract/vocabulary/doses.ts'
import { RISKS_608 } from '../../../../hub/contract/vocabulary/people.ts'
import type { FormKind } from '../../../../hub/contract/vocabulary/records.ts'
import { SEVERITIES } from '../../../../hub/contract/vocabulary/severity.ts'
import { doseSites } from '../../api/sites.ts'
import { RadioChoices } from '../../forms/Choices.tsx'
import { ConditionChoices, NeedChoices, RiskChoices } from '../../forms/caseFields.tsx'
import { createLoaded } from '../../forms/createLoaded.ts'
import { SelectField } from '../../forms/SelectField.tsx'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { facilityWords } from '../facility/words.ts'
import { DAYS_AGO, type RecordDraft, type RecordField } from './model.ts'
import { recordWords } from './words.ts'

export type FieldsProps = {
  kind: FormKind
  draft: RecordDraft
  edit(change: Partial<RecordDraft>): void
  errorOf(field: RecordField): string | undefined
}

const DANGER_SIGNS = ['cannot_finish_sentence', 'constant_chest_tightness', 'drowsy', 'breathless_on_exertion'] as const
const MOST = ['general', ...RISKS_608] as const
/** Whom a volunteer may have vaccinated, the most likely first; who records a dose knows the group. */
const VACCINATED = [
  ...MOST,
  ...TARGET_GROUPS.filter((group) => group !== 'unknown' && !MOST.some((likely) => likely === group)),
].filter((group) => group !== 'unknown')
const DOSES = ['1', '2', '3', '4'] as const

/** What only one kind of record asks. */
export function KindFields(props: FieldsProps): JSX.Element {
  return (
    <Switch>
      <Match when={props.kind === 'request'}>
        <Needs {...props} />
        <Condition {...props} />
      </Match>
      <Match when={props.kind === 'patient'}>
        <PatientFields {...props} />
      </Match>
      <Match when={props.kind === 'vulnerable'}>
        <VulnerableFields {...props} />
      </Match>
      <Match when={props.kind === 'test'}>
        <TestFields {...props} />
      </Match>
      <Match when={props.kind === 'dose'}>
        <DoseFields {...props} />
      </Match>
    </Switch>
  )
}

export function Needs(props: FieldsProps): JSX.Element {
  const t = useWords(recordWords)
  return (
    <div data-field="needs">
      <NeedChoices
        legend={t('needs')}
        value={props.draft.needs}
        error={props.errorOf('needs')}
        onChange={(needs) => props.edit({ needs })}
      />
    </div>
  )
}

function Condition(props: FieldsProps): JSX.Element {
  const t = useWords(recordWords)
  return <ConditionChoices legend={t} danger={DANGER_SIGNS} value={props.draft} onChange={props.edit} />
}

function PatientFields(props: FieldsProps): JSX.Element {
  const t = useWords(recordWords)
  const common = useWords(commonWords)
  return (
    <>
      <RadioChoices
        legend={t('classification')}
        options={['suspect', 'probable', 'confirmed'] as const}
        label={(one) => t(`classifications.${one}`)}
        value={props.draft.classification}
        onPick={(classification) => props.edit({ classification })}
      />
      <RadioChoices
        legend={t('severity')}
        look="pair"
        options={SEVERITIES}
        label={(severity) => (severity === 'unknown' ? t('severityNone') : common(`severity.${severity}`))}
        value={props.draft.severity === '' ? 'unknown' : props.draft.severity}
        onPick={(severity) => props.edit({ severity: severity === 'unknown' ? '' : severity })}
      />
      <Condition {...props} />
    </>
  )
}

function VulnerableFields(props: FieldsProps): JSX.Element {
  const t = useWords(recordWords)
  return (
    <>
      <div data-field="reasons">
        <RiskChoices
          legend={t('reasons')}
          value={props.draft.risks}
          error={props.errorOf('reasons')}
          onChange={(risks) => props.edit({ risks })}
        />
      </div>
      <RadioChoices
        legend={t('dosesHad')}
        look="row"
        options={['', '0', '1', '2', '3', '4'] as const}
        label={(doses) => (doses === '' ? t('unknown') : doses)}
        value={props.draft.doses}
        onPick={(doses) => props.edit({ doses })}
      />
    </>
  )
}

function TestFields(props: FieldsProps): JSX.Element {
  const t = useWords(recordWords)
  return (
    <>
      <RadioChoices
        legend={t('test')}
        look="pair"
        options={['atk', 'pcr'] as const}
        label={(test) => t(`tests.${test}`)}
        value={props.draft.test}
        onPick={(test) => props.edit({ test })}
      />
      <div data-field="result">
        <RadioChoices
          legend={t('result')}
          look="pair"
          hint={t('positiveHint')}
          options={['positive', 'negative'] as const}
          label={(result) => t(`results.${result}`)}
          value={props.draft.result}
          error={props.errorOf('result')}
          onPick={(result) => props.edit({ result })}
        />
      </div>
      <When {...props} />
    </>
  )
}

function DoseFields(props: FieldsProps): JSX.Element {
  const t = useWords(recordWords)
  const facility = useWords(facilityWords)
  return (
    <>
      <div data-field="dose">
        <RadioChoices
          legend={t('dose')}
          look="pair"
          options={DOSES}
          label={(dose) => t('doseNumber', dose)}
          value={props.draft.dose}
          error={props.errorOf('dose')}
          onPick={(dose) => props.edit({ dose })}
        />
      </div>
      <SelectField
        label={t('group')}
        options={VACCINATED}
        value={props.draft.group}
        text={(group) => t(`groups.${group}`)}
        onChange={(group) => props.edit({ group })}
      />
      <SelectField
        label={t('vaccine')}
        options={VACCINES}
        value={props.draft.vaccine}
        text={(vaccine) => facility(`vaccine.${vaccine}`)}
        onChange={(vaccine) => props.edit({ vaccine })}
      />
      <SiteField {...props} />
      <When {...props} />
    </>
  )
}

/** Where the dose was given: the sites of the province, as this phone last heard of them. */
function SiteField(props: FieldsProps): JSX.Element {
  const t = useWords(recordWords)
  const { language } = useLanguage()
  const province = () => props.draft.place.district.slice(0, 2)
  const [loaded] = createLoaded(province, doseSites)
  const sites = () => {
    const answer = loaded()
    return answer.kind === 'there' ? answer.value : []
  }
  const name = (id: string) => {
    const site = sites().find((one) => one.id === id)
    if (site === undefined) return t('siteNumber', id)
    return language() === 'th' ? site.nameTh : site.nameEn
  }
  /** What was chosen stays, also while its name is not here. */
  const options = () => [...new Set(['', ...sites().map(({ id }) => id), props.draft.facility])]
  return (
    <Show when={options().length > 1}>
      <SelectField
        label={t('site')}
        name="site"
        options={options()}
        value={props.draft.facility}
        text={(id) => (id === '' ? t('siteNone') : name(id))}
        onChange={(facility) => props.edit({ facility })}
      />
    </Show>
  )
}

function When(props: FieldsProps): JSX.Element {
  const t = useWords(recordWords)
  return (
    <RadioChoices
      legend={t('when')}
      look="row"
      options={DAYS_AGO}
      label={(days) => t(`days.${days}`)}
      value={props.draft.daysAgo}
      onPick={(daysAgo) => props.edit({ daysAgo })}
    />
  )
}
