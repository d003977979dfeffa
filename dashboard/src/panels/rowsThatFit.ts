/** What a panel is given on a wall, in u; none where the page scrolls. */
export type PanelRoom = { readonly height: number } | undefined

/** How many rows of `rowU` stand below a head of `headU`; where the page scrolls, `inFlow` of them. */
export function rowsThatFit(room: PanelRoom, headU: number, rowU: number, inFlow: number): number {
  return room === undefined ? inFlow : Math.max(0, Math.floor((room.height - headU) / rowU))
}
