/** What is acted upon, as far as the decision needs it. An absent field is not known to concern the resource. */
export type Resource = {
  /** an area code of any level */
  readonly area?: string
  readonly facility?: number
  /** the account that holds the claim, or owns the thing; `null`: nobody */
  readonly holder?: string | null
  /** of a case that is under way and needs nothing any more: the account that held its last need to the end */
  readonly lastHolder?: string | null
}
