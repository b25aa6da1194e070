/** The one origin of the console's pages (facts/security.md rows 1, 17 and 18). */
export const appScheme = 'app'
const appHost = 'console'
export const startUrl = `${appScheme}://${appHost}/`
/** The page of the confirmation window. */
export const confirmUrl = `${startUrl}confirm.html`

/**
 * Whether the URL is one of the console's own. Compares protocol and host: Node's `URL.origin` is
 * the text 'null' for every custom scheme, so an origin comparison would let anything through.
 */
export const isAppUrl = (url: string): boolean => {
  const parsed = URL.parse(url)
  return (
    parsed !== null &&
    parsed.protocol === `${appScheme}:` &&
    parsed.host === appHost &&
    parsed.username === '' &&
    parsed.password === ''
  )
}
