/** Per cent. docs/DOMAIN.md says "SpO₂ low"; 94 is the threshold of the Department of Medical Services' guidance [B]. */
export const SPO2_LOW_BELOW = 94

/** Why somebody with danger signs is milder than red. Out of a list: free text could hold personal data. */
export const MILDER_REASONS = ['seen', 'measured_again', 'better', 'misunderstood', 'other'] as const
export type MilderReason = (typeof MILDER_REASONS)[number]

export const SEVERITIES = ['unknown', 'green', 'yellow', 'red'] as const
export type Severity = (typeof SEVERITIES)[number]

export const CARE_PLACES = ['unknown', 'waiting', 'hi', 'ci', 'field', 'hospitel', 'hospital', 'discharged'] as const
export type CarePlace = (typeof CARE_PLACES)[number]
