import { usePreferences } from '../../state/preferences.ts'

/** px; every line of a long text has the same height, or a hundred thousand could not be placed. */
export const useLineHeight = (): number =>
  usePreferences((state) => (state.preferences.density === 'compact' ? 18 : 20))

export const longestOf = (texts: Iterable<string>): number => {
  let longest = 0
  for (const { length } of texts) longest = Math.max(longest, length)
  return longest
}
