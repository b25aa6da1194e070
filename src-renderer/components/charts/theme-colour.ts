/**
 * A token of app/tokens.css as a colour that a canvas takes. Read it when painting: then it is
 * always the colour of the theme that is on.
 */
export const readToken = (name: `--nc-${string}`): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** Reads several at once; asking for the computed style once is what makes it cheap. */
export const readTokens = <Key extends string>(
  names: Readonly<Record<Key, `--nc-${string}`>>,
): Readonly<Record<Key, string>> => {
  const style = getComputedStyle(document.documentElement)
  return Object.fromEntries(
    Object.entries<string>(names).map(([key, name]) => [key, style.getPropertyValue(name).trim()]),
  ) as Record<Key, string>
}
