import type uPlot from 'uplot'

export type SparkColours = { readonly line: string; readonly end: string }

/** uPlot options of a line without axes that ends in a dot. `width`, `height` in px. */
export function sparkOptions(width: number, height: number, colours: SparkColours): uPlot.Options {
  const stroke = Math.max(1.4, height / 16)
  const room = stroke * 2
  return {
    width,
    height,
    padding: [room, room * 1.4, room, 1],
    legend: { show: false },
    cursor: { show: false },
    select: { show: false, left: 0, top: 0, width: 0, height: 0 },
    scales: { x: { time: false }, y: { range: (_self, min, max) => [Math.min(0, min), Math.max(1, max)] } },
    axes: [{ show: false }, { show: false }],
    series: [
      {},
      {
        stroke: colours.line,
        width: stroke,
        points: {
          show: true,
          size: stroke * 3.2,
          fill: colours.end,
          stroke: colours.end,
          filter: (self) => [self.data[0].length - 1],
        },
      },
    ],
  }
}

/** `null`: not known, and not drawn. */
export function sparkData(values: readonly (number | null)[]): uPlot.AlignedData {
  return [values.map((_, i) => i), [...values]]
}
