/** Whether what the screens show is real. */
export const OPERATION_KINDS = ['live', 'drill', 'replay'] as const
export type OperationKind = (typeof OPERATION_KINDS)[number]
