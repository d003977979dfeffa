import { createSignal, type JSX } from 'solid-js'
import { TEST_KINDS } from '../../../../hub/contract/vocabulary/tests.ts'
import { ask } from '../../api/http.ts'
import { SelectField } from '../../forms/SelectField.tsx'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { readCount } from './beds.ts'
import { createReport } from './createReport.ts'
import { CountField, ReportDay, ReportFoot, RowOf } from './ReportParts.tsx'
import { createKeeper } from './ReportQueue.tsx'
import type { TestReport } from './report.ts'
import { facilityWords } from './words.ts'

/** Tests of the facility's district and day. */
export function TestForm(props: { facility: string; name: string; district: string; today: string }): JSX.Element {
  const t = useWords(facilityWords)
  const { format } = useLanguage()
  const [kind, setKind] = createSignal<TestReport['kind']>('pcr')
  const [tested, setTested] = createSignal('')
  const [positive, setPositive] = createSignal('')

  const testedError = () => (report.shown() && (readCount(tested()) ?? 0) === 0 ? t('doses.number') : undefined)
  const positiveError = () => {
    const count = readCount(positive())
    if (report.shown() && count === undefined) return t('beds.wrongNumber', t('tests.positive'))
    return (count ?? 0) > (readCount(tested()) ?? Number.POSITIVE_INFINITY) ? t('tests.more') : undefined
  }

  const report = createReport<TestReport>({
    today: () => props.today,
    read(day, correction) {
      if (testedError() || positiveError()) return undefined
      const counts = { tested: readCount(tested()) ?? 0, positive: readCount(positive()) ?? 0 }
      const sign = correction ? -1 : 1
      return {
        area: props.district,
        kind: kind(),
        day,
        correction,
        tested: sign * counts.tested,
        positive: counts.positive === 0 ? 0 : sign * counts.positive,
      }
    },
    send: (body, key) => ask('POST /api/tests', { body, key }),
    said: (sent, day) =>
      t('tests.sent', format().number(sent.tested), format().number(sent.positive), format().day(day)),
    takeBack: (sent) =>
      sent.correction
        ? undefined
        : { ...sent, correction: true, tested: -sent.tested, positive: sent.positive === 0 ? 0 : -sent.positive },
    keep: createKeeper(
      'POST /api/tests',
      () => props.facility,
      () => `${t('tab.tests')} · ${props.name}`,
    ),
    clear() {
      setTested('')
      setPositive('')
    },
  })

  return (
    <form class="desk-card" onSubmit={report.submit} noValidate>
      <div>
        <h2>{t('tests.title')}</h2>
        <p class="desk-muted">{t('tests.lead')}</p>
      </div>
      <RowOf
        what={t(`tests.${kind()}`)}
        where={<AreaName code={props.district} />}
        day={report.day()}
        class="desk-pair"
      >
        <SelectField
          label={t('tests.kind')}
          options={TEST_KINDS}
          value={kind()}
          text={(each) => t(`tests.${each}`)}
          onChange={setKind}
        />
        <ReportDay report={report} />
        <CountField label={t('tests.tested')} value={tested()} error={testedError()} onChange={setTested} live />
        <CountField
          label={t('tests.positive')}
          value={positive()}
          error={positiveError()}
          onChange={setPositive}
          live
        />
      </RowOf>
      <ReportFoot report={report} of="tests" />
    </form>
  )
}
