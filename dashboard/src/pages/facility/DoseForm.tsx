import { createSignal, Index, type JSX, Show } from 'solid-js'
import {
  DOSE_NUMBERS,
  DOSE_ROWS_MAX,
  type DoseNumber,
  TARGET_GROUPS,
  type TargetGroup,
  VACCINES,
  type Vaccine,
} from '../../../../hub/contract/vocabulary/doses.ts'
import { ask } from '../../api/http.ts'
import { SelectField } from '../../forms/SelectField.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { readCount } from './beds.ts'
import { createReport } from './createReport.ts'
import { DoseSheet } from './DoseSheet.tsx'
import { CountField, ReportDay, ReportFoot, RowOf } from './ReportParts.tsx'
import { createKeeper } from './ReportQueue.tsx'
import { facilityWords } from './words.ts'

type Row = {
  readonly dose: DoseNumber
  readonly group: TargetGroup
  readonly vaccine: Vaccine
  readonly count: string
}

const FIRST: Row = { dose: 1, group: 'general', vaccine: 'unknown', count: '' }

/** Doses of one day; an earlier day is late, a correction takes back. */
export function DoseForm(props: { facility: string; name: string; today: string }): JSX.Element {
  const t = useWords(facilityWords)
  const { format } = useLanguage()
  const [rows, setRows] = createSignal<readonly Row[]>([FIRST])

  const change = (at: number, part: Partial<Row>) =>
    setRows((all) => all.map((row, i) => (i === at ? { ...row, ...part } : row)))
  const wrong = (row: Row) => (readCount(row.count) ?? 0) === 0
  const named = (row: Row) => t('doses.row', String(row.dose), t(`group.${row.group}`))

  const report = createReport({
    today: () => props.today,
    read(day, correction) {
      if (rows().some(wrong)) return undefined
      const sign = correction ? -1 : 1
      return {
        day,
        correction,
        rows: rows().map(({ dose, group, vaccine, count }) => ({
          dose,
          group,
          vaccine,
          doses: sign * (readCount(count) ?? 0),
        })),
      }
    },
    send: (body, key) => ask('POST /api/facilities/{id}/vaccinations', { params: { id: props.facility }, body, key }),
    said(doses, day) {
      const sum = doses.rows.reduce((total, row) => total + Math.abs(row.doses), 0)
      return t(doses.correction ? 'doses.sentCorrection' : 'doses.sent', format().number(sum), format().day(day))
    },
    takeBack: (doses) =>
      doses.correction
        ? undefined
        : { ...doses, correction: true, rows: doses.rows.map((row) => ({ ...row, doses: -row.doses })) },
    keep: createKeeper(
      'POST /api/facilities/{id}/vaccinations',
      () => props.facility,
      () => `${t('tab.doses')} · ${props.name}`,
    ),
    clear: () => setRows([FIRST]),
  })

  return (
    <form class="desk-card" onSubmit={report.submit} noValidate>
      <div>
        <h2>{t('doses.title')}</h2>
        <p class="desk-muted">{t('doses.lead')}</p>
      </div>
      <ReportDay report={report} />
      <Index each={rows()}>
        {(row, i) => (
          <RowOf what={named(row())} where={props.name} day={report.day()} class="dose-row">
            <SelectField
              label={t('doses.dose')}
              options={DOSE_NUMBERS}
              value={row().dose}
              text={String}
              onChange={(dose) => change(i, { dose })}
            />
            <SelectField
              label={t('doses.group')}
              options={TARGET_GROUPS}
              value={row().group}
              text={(group) => t(`group.${group}`)}
              onChange={(group) => change(i, { group })}
            />
            <SelectField
              label={t('doses.vaccine')}
              options={VACCINES}
              value={row().vaccine}
              text={(vaccine) => t(`vaccine.${vaccine}`)}
              onChange={(vaccine) => change(i, { vaccine })}
            />
            <CountField
              label={t('doses.count')}
              value={row().count}
              error={report.shown() && wrong(row()) ? t('doses.number') : undefined}
              onChange={(count) => change(i, { count })}
            />
            <Show when={rows().length > 1}>
              <button
                type="button"
                class="form-link"
                aria-label={`${t('doses.remove')}: ${named(row())}`}
                onClick={() => setRows((all) => all.filter((_, at) => at !== i))}
              >
                ✕
              </button>
            </Show>
          </RowOf>
        )}
      </Index>
      <Show when={rows().length < DOSE_ROWS_MAX}>
        <Button
          onClick={() =>
            setRows((all) => {
              const { dose, vaccine } = all.at(-1) ?? FIRST
              return [...all, { ...FIRST, dose, vaccine }]
            })
          }
        >
          {t('doses.add')}
        </Button>
      </Show>
      <ReportFoot report={report} of="doses" />
      <DoseSheet facility={props.facility} today={props.today} />
    </form>
  )
}
