import { NAMED_VACCINES } from './doses.ts'

/**
 * What a site uses up: vaccine in doses, oxygen in cylinders, lent sets of an oximeter and a thermometer, antigen test kits. Where a
 * site counts vaccine by its kind, `vaccine` is their sum (migration 0042).
 */
export const STOCK_ITEMS = ['vaccine', ...NAMED_VACCINES, 'oxygen', 'oximeter', 'atk'] as const
export type StockItem = (typeof STOCK_ITEMS)[number]

/** A site whose stock lasts less than this is short of it: an order takes two days to arrive. [B] */
export const SHORT_DAYS = 3
/** Stock is counted once a day; an older count is overdue. */
export const STOCK_HOURS = 24
