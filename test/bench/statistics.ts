/** The value below which `share` (0..1) of the values lie (nearest rank); NaN of none. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

export const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits))

/** `1.2 / 1.3 / 1.9`: every run, so that a reader sees how they scatter. */
export const listed = (values: readonly number[], digits = 1): string =>
  values.map((value) => value.toFixed(digits)).join(' / ')
