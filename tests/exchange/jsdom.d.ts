/** The little that the tests use of jsdom, which ships no types. */
declare module 'jsdom' {
  export class JSDOM {
    readonly window: { readonly DOMParser: typeof DOMParser }
    constructor(html: string)
  }
}
