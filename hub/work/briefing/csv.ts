import { type CsvCell, csvFile } from '../exchange/csv.ts'
import type { Briefing } from './gather.ts'
import { sayings } from './say.ts'
import type { BriefingLanguage } from './words.ts'

const iso = (ms: number | null) => (ms === null ? '' : new Date(ms).toISOString())

const COLUMNS = ['section', 'code', 'name', 'value', 'before', 'at', 'state', 'by'] as const

/** The same as the PDF for a spreadsheet: codes beside names, numbers unrounded, a share of one; every line as wide as the first. */
export function briefingCsv(briefing: Briefing, language: BriefingLanguage): string {
  const say = sayings(language)
  const { area, at, position, today, kind, figures, regions, curve, command, late, alerts } = briefing
  const rows: (readonly CsvCell[])[] = [
    COLUMNS,
    ['briefing', area.code, language === 'th' ? area.nameTh : area.nameEn, position, '', iso(at), kind, today],
    ...figures.map((figure) => [
      'situation',
      [figure.id, ...Object.values(figure.options)].join('/'),
      say.name(figure),
      figure.now.value,
      figure.before?.value,
      '',
      figure.now.value === null ? figure.now.why : figure.tone,
    ]),
    ...regions.flatMap(({ code, figures: of }) =>
      of.map((figure) => [
        'region',
        [code, figure.id, ...Object.values(figure.options)].join('/'),
        say.name(figure),
        figure.now.value,
        '',
        '',
        figure.now.value === null ? figure.now.why : figure.tone,
      ]),
    ),
    ...curve.days.map((day, i) => ['cases', day, '', curve.values[i], curve.mean[i]]),
    ...(command.period === null
      ? []
      : [
          [
            'shift',
            command.period.id,
            command.period.title,
            '',
            '',
            iso(command.period.endsAt),
            command.period.status,
            command.period.startedBy,
          ],
        ]),
    ...command.objectives.map((one) => [
      one.kind,
      one.id,
      one.title,
      '',
      '',
      iso(one.dueAt),
      one.state,
      one.role ?? one.owner,
    ]),
    ...command.messages.map((one) => ['message', one.id, one.text, '', '', iso(one.until), one.state, one.by]),
    ...command.log.map((one) => [one.kind, one.id, one.text, '', '', iso(one.at), one.state, one.by]),
    ...alerts.map((one) => [
      'alert',
      one.id,
      say.alert(one, say.place(briefing, one.area)),
      one.value,
      one.bound,
      iso(one.raisedAt),
      one.state,
      one.holder,
    ]),
    ...late.facilities.map((one) => [
      'late',
      one.code ?? one.id,
      language === 'th' ? one.nameTh : one.nameEn,
      '',
      '',
      iso(one.reportedAt),
    ]),
  ]
  return csvFile(rows.map((row) => COLUMNS.map((_, i) => row[i])))
}
