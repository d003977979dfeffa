export type * from './change.ts'
export * from './counted.ts'
export * from './row-tables.ts'
export * from './situation.ts'
