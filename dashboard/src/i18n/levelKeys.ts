/** The word of a level of care, `bedLevel.2_1`: a dot in a key leads further down. */
export const LEVEL_KEYS = { '0': '0', '1': '1', '2.1': '2_1', '2.2': '2_2', '3': '3' } as const
