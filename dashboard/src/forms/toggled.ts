/** @returns the values without this one, or with it as the last. */
export function toggled<T>(values: readonly T[], value: T, on: boolean): readonly T[] {
  const others = values.filter((one) => one !== value)
  return on ? [...others, value] : others
}
