/** How well a typed word fits a word of a text, the better the lower; 0: it does not. */
export const tier = { exact: 1, prefix: 2, inside: 3, oneTypo: 4, twoTypos: 5 } as const

/** Parts inside a word count from this length on: shorter ones are inside almost everything. */
export const insideFrom = 3

/** Wrong, missing, surplus or transposed letters that a typed word of this length may have. */
export const typosAllowed = (length: number): 0 | 1 | 2 => (length >= 8 ? 2 : length >= 4 ? 1 : 0)

export const tierOfTypos = (typos: number): number => tier.inside + typos
