export const TEST_KINDS = ['pcr', 'atk'] as const
export type TestKind = (typeof TEST_KINDS)[number]
