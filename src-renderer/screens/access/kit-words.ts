/** The words as they were typed, in their order: blanks, lines, commas and numbering fall away. */
export const readKitWords = (typed: string): readonly string[] =>
  typed
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '' && !/^\d{1,2}[.):]?$/.test(word))
