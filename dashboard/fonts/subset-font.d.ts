declare module 'subset-font' {
  type Options = {
    readonly targetFormat: 'woff2' | 'truetype'
    readonly variationAxes?: Readonly<Record<string, number>>
  }
  /** A font with the glyphs of `text` alone, and the rules that join them. */
  export default function subsetFont(font: Buffer, text: string, options: Options): Promise<Buffer>
}
