/**
 * Tokens of app/tokens.css as colours that a canvas takes. Read them when painting: then they are
 * the colours of the theme that is on. Asking for the computed style once is what makes it cheap.
 */
export const readTokens = <Key extends string>(
  names: Readonly<Record<Key, `--nc-${string}`>>,
): Readonly<Record<Key, string>> => {
  const style = getComputedStyle(document.documentElement)
  return Object.fromEntries(
    Object.entries<string>(names).map(([key, name]) => [key, style.getPropertyValue(name).trim()]),
  ) as Record<Key, string>
}
