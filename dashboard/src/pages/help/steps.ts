/** The steps of the form, one part of the page. */
export { CheckStep } from './CheckStep.tsx'
export { ConditionStep } from './ConditionStep.tsx'
export { NeedsStep, PlaceStep } from './NeedsStep.tsx'
export { PersonStep } from './PersonStep.tsx'
