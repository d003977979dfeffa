import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { createEffect, createSignal, type JSX, on, onCleanup, onMount } from 'solid-js'
import type { Breaks } from '../../../hub/contract/indicators/breaks.ts'
import type { Curve } from '../../../hub/contract/indicators/cells.ts'
import { sinceOpened } from '../clock.ts'
import { useLanguage } from '../i18n/language.tsx'
import { onPaper } from '../ui/theme.ts'
import './CurveChart.css'
import { type CurveLook, curveOption } from './curveOption.ts'
import { tokenColour } from './tokens.ts'

use([BarChart, LineChart, GridComponent, CanvasRenderer])

/** A curve of days does not need ten frames a second. */
const DRAW_EVERY_MS = 1_000
/** px of the drawing that the width of a sheet scales down: the same from every screen, and sharp. */
const PAPER = { width: 1_440, height: 380, fontSize: 18 }

type CurveChartProps = {
  curve: Curve
  breaks: Breaks
  label: string
  /** what a click on a day does; without it a click does nothing */
  open?: ((day: string) => void) | undefined
}

export default function CurveChart(props: CurveChartProps): JSX.Element {
  const { format } = useLanguage()
  const [chart, setChart] = createSignal<EChartsType>()
  let place!: HTMLDivElement
  let drawnAt = Number.NEGATIVE_INFINITY
  let waiting: ReturnType<typeof setTimeout> | undefined

  const look = (): CurveLook => {
    const style = getComputedStyle(place)
    const compact = format().number
    return {
      colours: {
        bar: tokenColour(place, '--border-strong'),
        today: tokenColour(place, '--text-muted'),
        mean: tokenColour(place, '--text'),
        axis: tokenColour(place, '--text-muted'),
        grid: tokenColour(place, '--border'),
        gap: tokenColour(place, '--warn'),
      },
      fontSize: onPaper() ? PAPER.fontSize : Number.parseFloat(style.fontSize) * 0.95,
      fontFamily: style.fontFamily,
      height: onPaper() ? PAPER.height : place.clientHeight,
      number: (value) => compact(value),
      month: format().monthShort,
      day: format().dayShort,
    }
  }
  const draw = () => {
    waiting = undefined
    drawnAt = sinceOpened()
    chart()?.setOption(curveOption(props.curve, props.breaks, look()))
  }
  const drawSoon = () => {
    if (waiting !== undefined) return
    waiting = setTimeout(draw, Math.max(0, drawnAt + DRAW_EVERY_MS - sinceOpened()))
  }

  onMount(() => {
    const made = init(place, undefined, { renderer: 'canvas' })
    setChart(made)
    // The whole column of a day is meant, not only its bar: a small day would be hard to hit.
    made.getZr().on('click', ({ offsetX }) => {
      const day = props.curve.days[Number(made.convertFromPixel({ xAxisIndex: 0 }, offsetX))]
      if (day !== undefined) props.open?.(day)
    })
    // The web font may come after the first drawing; a canvas does not notice by itself.
    document.fonts.ready.then(drawSoon)
    const observer = new ResizeObserver(() => {
      if (onPaper()) return
      made.resize()
      drawSoon()
    })
    observer.observe(place)
    onCleanup(() => {
      observer.disconnect()
      clearTimeout(waiting)
      made.dispose()
    })
  })
  createEffect(
    on(
      onPaper,
      (paper) => {
        chart()?.resize(paper ? PAPER : { width: 'auto', height: 'auto' })
        draw()
      },
      { defer: true },
    ),
  )
  createEffect(on(() => [props.curve, props.breaks, format(), chart()], drawSoon))
  return (
    <div
      class="curve-chart"
      classList={{ 'curve-opens': props.open !== undefined }}
      ref={place}
      role="img"
      aria-label={props.label}
    />
  )
}
