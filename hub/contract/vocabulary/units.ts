/** What care needs beside a bed of its level: ventilators, kinds of rooms by their air, beds for adults and for children. */
export const UNIT_KINDS = ['ventilator', 'aiir', 'modified_aiir', 'isolation', 'cohort', 'adult', 'child'] as const
export type UnitKind = (typeof UNIT_KINDS)[number]
