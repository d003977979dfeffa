import { createEffect, createSignal, type JSX, on, onCleanup, onMount } from 'solid-js'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { onPaper } from '../ui/theme.ts'
import './Sparkline.css'
import { sparkData, sparkOptions } from './spark.ts'
import { tokenColour } from './tokens.ts'

/** The recent past in a line; the numbers stand beside it. */
export default function Sparkline(props: { values: readonly (number | null)[] }): JSX.Element {
  const [plot, setPlot] = createSignal<uPlot>()
  let place!: HTMLSpanElement
  const draw = () => {
    const { clientWidth: width, clientHeight: height } = place
    if (width === 0 || height === 0) return
    plot()?.destroy()
    const colours = { line: tokenColour(place, '--text-muted'), end: tokenColour(place, '--text') }
    setPlot(new uPlot(sparkOptions(width, height, colours), sparkData(props.values), place))
  }
  onMount(() => {
    const observer = new ResizeObserver(() => {
      if (!onPaper()) draw()
    })
    observer.observe(place)
    onCleanup(() => {
      observer.disconnect()
      plot()?.destroy()
    })
  })
  createEffect(on(onPaper, draw, { defer: true }))
  createEffect(() => plot()?.setData(sparkData(props.values)))
  return <span class="sparkline" ref={place} aria-hidden="true" />
}
