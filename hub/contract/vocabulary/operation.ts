/** What an operation is: the real one, an exercise, or days of the past shown again. */
export const OPERATION_KINDS = ['live', 'drill', 'replay'] as const
export type OperationKind = (typeof OPERATION_KINDS)[number]
