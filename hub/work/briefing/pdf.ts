import { BED_LEVELS } from '../../contract/vocabulary/beds.ts'
import { provincesOfRegion } from '../../contract/vocabulary/regions.ts'
import { CURVE_HEIGHT, drawCurve, drawOccupancy } from './charts.ts'
import type { Briefing, Figure } from './gather.ts'
import { createPaper, INK, type Paper } from './paper.ts'
import { type Sayings, sayings } from './say.ts'
import type { BriefingLanguage } from './words.ts'

/** A briefing as pages of A4: text that can be searched and copied, charts as vectors. */
export async function briefingPdf(briefing: Briefing, language: BriefingLanguage): Promise<Buffer> {
  const say = sayings(language)
  const { words } = say
  const { area, at, position, today } = briefing
  const name = language === 'th' ? area.nameTh : area.nameEn
  const title = `${words.title}: ${name}`
  const paper = createPaper({ title, language, made: new Date(at) })
  const asOf = words.asOf(say.moment(at), say.number(position))
  paper.text(title, { size: 20, weight: 700 })
  paper.text(`${say.day(today)} · ${asOf}`, { ink: INK.muted })
  if (briefing.kind !== 'live') paper.text(words.exercise, { weight: 700, ink: INK.alarm })
  situation(paper, briefing, say)
  regions(paper, briefing, say)
  charts(paper, briefing, say)
  alerts(paper, briefing, say)
  command(paper, briefing, say)
  late(paper, briefing, say, language)
  return paper.finish((page, of) => `${name} · ${asOf} · ${words.page(page, of)}`)
}

/** Of a level that nobody staffs there is nothing to say. */
const isSaid = ({ options, now }: Figure) => options.level === undefined || now.parts > 0

function situation(paper: Paper, { figures }: Briefing, say: Sayings): void {
  const { words } = say
  paper.heading(words.sections.situation)
  if (figures.every(({ before }) => before === undefined)) paper.text(words.noComparison, { size: 9, ink: INK.muted })
  const { number, now, before, change } = words.columns
  paper.table(
    [
      { title: number, share: 0.43 },
      { title: now, share: 0.25, end: true },
      { title: before, share: 0.18, end: true },
      { title: change, share: 0.14, end: true },
    ],
    figures.filter(isSaid).map((figure) => ({
      cells: [
        say.name(figure),
        say.value(figure.id, figure.now),
        figure.before === undefined || figure.before.value === null ? '–' : say.value(figure.id, figure.before),
        say.change(figure.id, figure.now.value, figure.before?.value),
      ],
      ...(figure.tone === 'alarm' && { ink: INK.alarm, weight: 700 as const }),
    })),
  )
}

/** The nation by its health regions: a region's number is the dictionary's formula over its provinces. */
function regions(paper: Paper, { regions: all }: Briefing, say: Sayings): void {
  if (all.length === 0) return
  const { words } = say
  const { region, ...columns } = words.regionColumns
  paper.page()
  paper.heading(words.sections.regions)
  paper.table(
    [
      { title: region, share: 0.22 },
      ...Object.values(columns).map((title) => ({ title, share: 0.13, end: true as const })),
    ],
    all.map((one) => {
      const alarming = one.figures.some(({ tone }) => tone === 'alarm')
      return {
        cells: [
          words.region(say.number(one.region), say.number(provincesOfRegion(one.code).length)),
          ...one.figures.map(({ id, now }) => (now.value === null ? '–' : say.value(id, now))),
        ],
        ...(alarming && { ink: INK.alarm, weight: 700 as const }),
      }
    }),
  )
}

function charts(paper: Paper, { curve, figures }: Briefing, say: Sayings): void {
  const { words } = say
  const known = curve.values.some((value) => value !== null)
  paper.heading(words.sections.cases, known ? CURVE_HEIGHT + 14 : undefined)
  if (known) {
    drawCurve(paper, curve, say)
    paper.text(words.curve(say.number(curve.days.length)), { size: 8.5, ink: INK.muted })
  } else paper.text(words.none)
  paper.heading(words.sections.beds)
  const levels = [...BED_LEVELS].reverse().flatMap((level) => {
    const figure = figures.find(({ id, options }) => id === 'beds.occupancy' && options.level === level)
    const share = figure?.now.value
    if (figure === undefined || share == null) return []
    const staffed = figure.now.parts
    const text = `${say.value(figure.id, figure.now)} · ${words.ofBeds(say.number(Math.round(share * staffed)), say.number(staffed))}`
    return [{ label: words.level(level), share, text, alarming: figure.tone === 'alarm' }]
  })
  if (levels.length > 0) drawOccupancy(paper, levels)
  else paper.text(words.none)
}

/** What rang, and who answered after how long. */
function alerts(paper: Paper, briefing: Briefing, say: Sayings): void {
  const { words } = say
  const { alerts: rang, at } = briefing
  paper.heading(words.sections.alerts)
  if (rang.length === 0) {
    paper.text(words.none, { ink: INK.muted })
    return
  }
  const { alert, raised, answered, state } = words.alertColumns
  paper.table(
    [
      { title: alert, share: 0.44 },
      { title: raised, share: 0.16 },
      { title: answered, share: 0.24 },
      { title: state, share: 0.16 },
    ],
    rang.map((one) => {
      const after = one.answeredAt === null ? '' : say.wait(one.answeredAt - one.raisedAt)
      const who = one.holder === null ? after : `${one.holder}, ${after}`
      return {
        cells: [
          say.alert(one, say.place(briefing, one.area)),
          say.moment(one.raisedAt),
          one.answeredAt === null ? words.unanswered : who,
          words.alertStates[
            one.endedAt !== null || (one.clearedAt ?? at) < at ? 'over' : one.answeredAt === null ? 'open' : 'held'
          ],
        ],
        ...(one.answeredAt === null && one.endedAt === null && { weight: 700 as const, ink: INK.alarm }),
      }
    }),
  )
}

function command(
  paper: Paper,
  { command: { period, before, objectives, messages, log }, at }: Briefing,
  say: Sayings,
): void {
  const { words, moment } = say
  const list = (lines: readonly string[]) => {
    for (const line of lines) paper.text(`• ${line}`, { indent: 8 })
    if (lines.length === 0) paper.text(words.none, { ink: INK.muted })
  }
  paper.heading(words.sections.shift)
  paper.text(
    period === null
      ? words.noShift
      : words.shift(period.title, moment(period.startsAt), moment(period.endsAt), period.startedBy),
  )
  paper.heading(words.sections.objectives)
  list(
    objectives.map(({ title, state, dueAt }) => {
      const isLate = dueAt !== null && dueAt < at && (state === 'open' || state === 'doing')
      const due = dueAt === null ? '' : `, ${(isLate ? words.late : words.due)(moment(dueAt))}`
      return `${title}: ${words.states[state]}${due}`
    }),
  )
  paper.heading(words.sections.messages)
  list(
    messages
      .filter(({ state, until }) => state === 'live' && at < until)
      .map(({ text, until, by }) => `${text} (${by}, ${words.until(moment(until))})`),
  )
  paper.heading(words.sections.changes)
  list(
    log
      .filter(({ kind }) => kind === 'decision' || kind === 'correction')
      .map(
        (one) => `${moment(one.at)} ${one.by}: ${one.text}${one.kind === 'correction' ? ` (${words.correction})` : ''}`,
      ),
  )
  if (before?.summary) {
    paper.heading(`${words.sections.before}: ${before.title}`)
    paper.text(before.summary)
  }
}

function late(paper: Paper, briefing: Briefing, say: Sayings, language: BriefingLanguage): void {
  const { provinces, facilities, total } = briefing.late
  const { words } = say
  paper.heading(words.sections.late)
  if (provinces.length > 0)
    paper.text(words.lateProvinces(provinces.map(({ code }) => say.place(briefing, code)).join(', ')))
  paper.text(words.lateFacilities(say.number(total ?? facilities.length)))
  for (const { nameTh, nameEn, reportedAt } of facilities) {
    const when = reportedAt === null ? words.never : say.moment(reportedAt)
    paper.text(`• ${language === 'th' ? nameTh : nameEn}: ${when}`, { size: 9, indent: 8 })
  }
}
