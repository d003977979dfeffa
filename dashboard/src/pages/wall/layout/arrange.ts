/**
 * Where the panels of a wall stand. Everything is in u, the unit that text is sized in (unit.ts): a panel that has room for its text
 * on one screen has it on each.
 */
export type Size = {
  /** the smallest that the panel can be */
  readonly width: number
  readonly height: number
  /** its part of the height that is left over */
  readonly grow: number
  /** may stand beside others in a row */
  readonly pairs?: boolean
  /** begins a column where there is room for another */
  readonly opens?: boolean
}

export type Sized<Id> = { readonly id: Id; readonly size: Size }
export type Room = { readonly width: number; readonly height: number }
export type Box<Id> = { readonly id: Id; readonly x: number; readonly y: number } & Room
/** `left`: had no room, in the order of their rank */
export type Arrangement<Id> = { readonly boxes: readonly Box<Id>[]; readonly left: readonly Id[] }

export const GAP_U = 1.1
/** A row of several panels is no wider than the panels that have one of their own. */
const ROW_WIDTH = 58

type Row<Id> = { readonly panels: Sized<Id>[]; height: number }
type Column<Id> = { readonly rows: Row<Id>[]; width: number }

const spaced = (sizes: readonly number[]) => sizes.reduce((sum, size) => sum + size, 0) + GAP_U * (sizes.length - 1)
const rowWidth = <Id>({ panels }: Row<Id>) => spaced(panels.map(({ size }) => size.width))

/**
 * Places the panels by their rank, the first first: each where the first column has room for it at its smallest, or in a new one. What has no
 * room is left out, whatever comes after it that is smaller is not. The rest of the room is shared, so that no panel is cut and none is bare.
 */
export function arrange<Id>(panels: readonly Sized<Id>[], room: Room): Arrangement<Id> {
  const columns: Column<Id>[] = []
  const left: Id[] = []
  for (const panel of panels) if (!place(columns, panel, room)) left.push(panel.id)
  return { boxes: boxesOf(columns, room), left }
}

function place<Id>(columns: Column<Id>[], panel: Sized<Id>, room: Room): boolean {
  if (panel.size.height > room.height) return false
  if (panel.size.opens && opensColumn(columns, panel, room)) return true
  return columns.some((column) => joins(columns, column, panel, room)) || opensColumn(columns, panel, room)
}

function opensColumn<Id>(columns: Column<Id>[], panel: Sized<Id>, room: Room): boolean {
  const { width, height } = panel.size
  if (spaced([...columns.map((column) => column.width), width]) > room.width) return false
  columns.push({ rows: [{ panels: [panel], height }], width })
  return true
}

/** In the last row of the column, or in a new one. */
function joins<Id>(columns: Column<Id>[], column: Column<Id>, panel: Sized<Id>, room: Room): boolean {
  const { size } = panel
  const others = columns.filter((each) => each !== column).map(({ width }) => width)
  const row = column.rows.at(-1)
  if (row && size.pairs && row.panels.every((each) => each.size.pairs)) {
    const width = rowWidth(row) + GAP_U + size.width
    const height = Math.max(row.height, size.height)
    const rest = column.rows.slice(0, -1).map((each) => each.height)
    if (width <= Math.max(ROW_WIDTH, column.width) && fits(others, column, width, [...rest, height], room)) {
      row.panels.push(panel)
      row.height = height
      return true
    }
  }
  if (!fits(others, column, size.width, [...column.rows.map((each) => each.height), size.height], room)) return false
  column.rows.push({ panels: [panel], height: size.height })
  return true
}

/** Whether the column has room for rows of these heights and this width; it becomes as wide where it is not. */
function fits<Id>(
  others: readonly number[],
  column: Column<Id>,
  width: number,
  heights: readonly number[],
  room: Room,
): boolean {
  const wide = Math.max(column.width, width)
  if (spaced(heights) > room.height || spaced([...others, wide]) > room.width) return false
  column.width = wide
  return true
}

function boxesOf<Id>(columns: readonly Column<Id>[], room: Room): Box<Id>[] {
  const widths = columns.reduce((sum, { width }) => sum + width, 0)
  const wider = (room.width - GAP_U * (columns.length - 1)) / widths
  const boxes: Box<Id>[] = []
  let x = 0
  for (const column of columns) {
    const width = column.width * wider
    const growth = column.rows.map(({ panels }) => Math.max(...panels.map(({ size }) => size.grow)))
    const spare = room.height - spaced(column.rows.map(({ height }) => height))
    const share = spare / growth.reduce((sum, each) => sum + each, 0)
    let y = 0
    column.rows.forEach((row, i) => {
      const height = row.height + share * growth[i]!
      const across =
        (width - GAP_U * (row.panels.length - 1)) / row.panels.reduce((sum, { size }) => sum + size.width, 0)
      let at = x
      for (const { id, size } of row.panels) {
        boxes.push({ id, x: at, y, width: size.width * across, height })
        at += size.width * across + GAP_U
      }
      y += height + GAP_U
    })
    x += width + GAP_U
  }
  return boxes
}
