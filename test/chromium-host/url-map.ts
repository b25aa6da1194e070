/**
 * Chromium knows no custom schemes that a page may treat as a secure, standard origin, so the
 * stand-in lets it navigate to `https://<host>.invalid/…` (a reserved top-level domain, RFC 2606)
 * and shows the shell `app://<host>/…` in its place, both ways. `blob:` URLs carry an origin inside
 * and are mapped too.
 */
const handledScheme = 'app:'
const suffix = '.invalid'
/** Hosts that stand for the app; every other name under `.invalid` is foreign, as tests want it. */
const appHosts: ReadonlySet<string> = new Set(['console'])

/** Turns `app://console/x` into `https://console.invalid/x`; any other URL is returned unchanged. */
export const toChromiumUrl = (url: string): string => {
  if (url.startsWith('blob:')) return `blob:${toChromiumUrl(url.slice('blob:'.length))}`
  const parsed = URL.parse(url)
  if (parsed?.protocol !== handledScheme || !appHosts.has(parsed.host)) return url
  return `https://${parsed.host}${suffix}${parsed.pathname}${parsed.search}${parsed.hash}`
}

/** Turns `https://console.invalid/x` back into `app://console/x`; any other URL is unchanged. */
export const toShellUrl = (url: string): string => {
  if (url.startsWith('blob:')) return `blob:${toShellUrl(url.slice('blob:'.length))}`
  const parsed = URL.parse(url)
  if (parsed?.protocol !== 'https:' || !parsed.host.endsWith(suffix)) return url
  const host = parsed.host.slice(0, -suffix.length)
  if (!appHosts.has(host)) return url
  return `${handledScheme}//${host}${parsed.pathname}${parsed.search}${parsed.hash}`
}
