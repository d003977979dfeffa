import { type JSX, Show } from 'solid-js'
import { DAYS_OWN } from '../../../../hub/contract/vocabulary/metrics.ts'
import { CARE_PLACES, SEVERITIES } from '../../../../hub/contract/vocabulary/severity.ts'
import { InputField } from '../../forms/InputField.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { deskWords } from '../../pageKit/words.ts'
import { listKind } from '../../panels/lists.ts'
import { AreaSelect } from '../admin/AreaSelect.tsx'
import { type ListFilter, ORDERS } from './filter.ts'
import { isFlow, OFFERED, useNames } from './names.ts'
import { listWords } from './words.ts'

const LENGTHS = ['1', '7', '14', '30', String(DAYS_OWN)]

type ListFieldsProps = {
  filter: ListFilter
  /** whether the account reaches the whole country */
  nationwide: boolean
  /** `null` takes a value out of the address */
  change(part: { readonly [K in keyof ListFilter]?: string | null }): void
}

/** Which number, of where and when. */
export function ListFields(props: ListFieldsProps): JSX.Element {
  const t = useWords(listWords)
  const desk = useWords(deskWords)
  const common = useWords(commonWords)
  const { format } = useLanguage()
  const names = useNames()
  const metrics = () =>
    OFFERED.some((offered) => offered === props.filter.metric) ? OFFERED : [props.filter.metric, ...OFFERED]
  const lengths = () => (LENGTHS.includes(props.filter.days) ? LENGTHS : [props.filter.days, ...LENGTHS])
  return (
    <div class="desk-filter list-fields">
      <AreaSelect
        value={props.filter.area === 'TH' ? '' : props.filter.area}
        onChange={(area) => props.change({ area: area || (props.nationwide ? 'TH' : null) })}
        {...(props.nationwide ? { none: desk('nation') } : {})}
      />
      <SelectField
        label={t('number.label')}
        value={props.filter.metric}
        options={metrics()}
        text={names.number}
        onChange={(metric) => props.change({ metric: metric || null, severity: null, carePlace: null })}
      />
      <Show when={isFlow(props.filter.metric)}>
        <InputField
          label={t('day')}
          type="date"
          value={props.filter.day}
          onChange={({ currentTarget }) => props.change({ day: currentTarget.value || null })}
        />
        <SelectField
          label={t('days')}
          value={props.filter.days}
          options={lengths()}
          text={(days) => format().number(Number(days))}
          onChange={(days) => props.change({ days: days === '1' ? null : days })}
        />
      </Show>
      <Show when={listKind(props.filter.metric) === 'cases'}>
        <SelectField
          label={t('severity')}
          value={props.filter.severity}
          options={['', ...SEVERITIES]}
          text={(code) => (code === '' ? desk('all') : common(`severity.${code}`))}
          onChange={(severity) => props.change({ severity: severity || null })}
        />
        <SelectField
          label={t('carePlace')}
          value={props.filter.carePlace}
          options={['', ...CARE_PLACES]}
          text={(code) => (code === '' ? desk('all') : names.place(code))}
          onChange={(carePlace) => props.change({ carePlace: carePlace || null })}
        />
        <SelectField
          label={t('order')}
          value={props.filter.order}
          options={['', ...ORDERS] as const}
          text={(order) => t(`orders.${order === '' ? 'newest' : order}`)}
          onChange={(order) => props.change({ order: order || null })}
        />
      </Show>
    </div>
  )
}
