export const FACILITY_KINDS = ['hospital', 'field', 'hospitel', 'ci', 'vaccination'] as const
export type FacilityKind = (typeof FACILITY_KINDS)[number]

export function isFacilityKind(value: unknown): value is FacilityKind {
  return FACILITY_KINDS.some((kind) => kind === value)
}
