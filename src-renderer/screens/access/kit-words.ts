/** Words of a recovery kit as the engine makes them: eight of five letters and digits. */
export const kitWordCount = 8
const kitWordLength = 5

/** Without blanks, dashes and what numbers the lines of a print ("1.", "2)"). */
export const readKitWords = (typed: string): string =>
  typed
    .split(/[\s,;]+/)
    .filter((word) => !/^\d{1,2}[.):]$/.test(word))
    .join('')
    .replaceAll(/[-–—.]/g, '')
    .toUpperCase()

/** Whole words in what was typed so far. */
export const countKitWords = (plain: string): number => Math.floor(plain.length / kitWordLength)

export const isWholeKit = (plain: string): boolean => plain.length === kitWordCount * kitWordLength

/** In groups, as they are printed. */
export const kitInGroups = (plain: string): string => plain.match(/.{1,5}/g)?.join(' ') ?? ''
