declare module 'odata-csdl' {
  /** CSDL XML → CSDL JSON. @throws Error for what is no CSDL, when `strict` */
  export function xml2json(xml: string, options?: { readonly strict?: boolean }): unknown
}
