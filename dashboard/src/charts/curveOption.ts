import type { EChartsCoreOption } from 'echarts/core'
import type { Breaks } from '../../../hub/contract/indicators/breaks.ts'
import type { Curve } from '../../../hub/contract/indicators/cells.ts'

export type CurveColours = {
  readonly bar: string
  readonly today: string
  readonly mean: string
  readonly axis: string
  readonly grid: string
  /** of a break in the source */
  readonly gap: string
}

export type CurveLook = {
  readonly colours: CurveColours
  /** px */
  readonly fontSize: number
  readonly fontFamily: string
  /** px of the whole chart; a low one has fewer lines */
  readonly height: number
  readonly number: (value: number) => string
  readonly month: (day: string) => string
  readonly day: (day: string) => string
}

/** Fewer days than this may hold no first of a month that has room for its name. */
const DAYS_BY_MONTH_MIN = 60
/** Labels on an axis of days, at most. */
const DAY_LABELS_MAX = 5

/** By month: its first day, and not so near to an end that its name would be cut. By day: evenly, today the last. */
function isTick(day: string | undefined, index: number, length: number): boolean {
  if (length >= DAYS_BY_MONTH_MIN) return day?.endsWith('-01') === true && index > 2 && index < length - 4
  return (length - 1 - index) % Math.ceil(length / DAY_LABELS_MAX) === 0
}

/** Hidden axes of the marks, so that their bars do not share the room of the days. */
const MARK_AXES = [0, 0] as const

/** Whether of a day nobody, or not everybody, has reported. */
export function isBroken({ gaps, partial }: Breaks, day: string): boolean {
  return [...gaps, ...partial].some(({ from, to }) => from <= day && day <= to)
}

function mark(xAxisIndex: number, isMarked: readonly boolean[], itemStyle: object, width: object): object {
  const data = isMarked.map((marked) => (marked ? 1 : null))
  return { type: 'bar', xAxisIndex, yAxisIndex: 1, silent: true, data, itemStyle, ...width }
}

/** Bars per day, the mean over them; today is hollow, because it is not over; a break in the source is marked behind them. */
export function curveOption(curve: Curve, breaks: Breaks, look: CurveLook): EChartsCoreOption {
  const { colours, fontSize } = look
  const last = curve.days.length - 1
  const label = { color: colours.axis, fontSize, fontFamily: look.fontFamily }
  return {
    animation: false,
    grid: { left: 0, right: fontSize * 0.4, top: fontSize * 0.7, bottom: fontSize * 0.5, outerBoundsMode: 'same' },
    xAxis: [
      {
        type: 'category',
        data: curve.days,
        axisTick: { show: true, interval: (i: number) => isTick(curve.days[i], i, curve.days.length) },
        axisLine: { lineStyle: { color: colours.grid } },
        axisLabel: {
          ...label,
          margin: fontSize * 0.4,
          interval: (i: number) => isTick(curve.days[i], i, curve.days.length),
          formatter: curve.days.length >= DAYS_BY_MONTH_MIN ? look.month : look.day,
        },
      },
      ...MARK_AXES.map((gridIndex) => ({ type: 'category', data: curve.days, show: false, gridIndex })),
    ],
    yAxis: [
      {
        type: 'value',
        splitNumber: look.height < fontSize * 7 ? 1 : look.height < fontSize * 10 ? 2 : 3,
        minInterval: 1,
        splitLine: { lineStyle: { color: colours.grid } },
        axisLabel: { ...label, margin: fontSize * 0.5, formatter: look.number },
      },
      { type: 'value', show: false, min: 0, max: 1 },
    ],
    series: [
      mark(
        1,
        curve.days.map((day) => isBroken(breaks, day)),
        { color: colours.gap, opacity: 0.3 },
        { barCategoryGap: '0%' },
      ),
      mark(
        2,
        curve.days.map((day) => breaks.sources.includes(day)),
        { color: colours.gap },
        { barWidth: Math.max(2, fontSize / 7) },
      ),
      {
        type: 'bar',
        data: curve.values.map((value, i) =>
          i === last
            ? {
                value,
                itemStyle: {
                  color: 'transparent',
                  borderColor: colours.today,
                  borderWidth: Math.max(1, fontSize / 12),
                },
              }
            : value,
        ),
        itemStyle: { color: colours.bar },
        barCategoryGap: '18%',
        barMaxWidth: fontSize * 2.5,
      },
      {
        type: 'line',
        data: curve.mean,
        showSymbol: false,
        lineStyle: { color: colours.mean, width: Math.max(2, fontSize / 7) },
        z: 3,
      },
    ],
  }
}
