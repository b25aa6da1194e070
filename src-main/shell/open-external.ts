import type { Shell } from 'electron'

/**
 * Hosts that the console may open in the person's own browser. Empty for now: nothing in the
 * console links outward yet, and a link that an OLT's answer could influence must never get here.
 */
export const externalHosts: ReadonlySet<string> = new Set()

const longestUrl = 2_000

// SECURITY: row 15. https, a known host, nothing else: no user, no port, no look-alike, no file.
export const externalUrl = (
  text: string,
  hosts: ReadonlySet<string> = externalHosts,
): string | null => {
  // Anything but printable ASCII, and what some launchers take apart, has no place in a link.
  if (text.length > longestUrl || !/^https:\/\/[a-z\d][!#-;=?-[\]_a-z~]+$/i.test(text)) return null
  const parsed = URL.parse(text)
  if (parsed === null || parsed.protocol !== 'https:' || !hosts.has(parsed.host)) return null
  if (parsed.username !== '' || parsed.password !== '' || parsed.port !== '') return null
  return parsed.href
}

/** An authorisation request is longer than a link. */
const longestRequest = 4_000

/**
 * The page of a company's sign-in (RFC 8252): the engine says which, of the provider that an
 * administrator has set. `loopback`: http to this machine is in order (simulated workspaces).
 */
export const signInUrl = (text: string, loopback: boolean): string | null => {
  // SECURITY: row 15 again: a page of the web on some host, printable, with no user; never a file.
  if (text.length > longestRequest || !/^https?:\/\/[a-z\d[][!#-;=?-[\]_a-z~]+$/i.test(text))
    return null
  const parsed = URL.parse(text)
  if (parsed === null || parsed.username !== '' || parsed.password !== '') return null
  const isHere = parsed.hostname === '127.0.0.1' || parsed.hostname === 'localhost'
  // SECURITY: what is sent there is the way in.
  const isSecure = parsed.protocol === 'https:' || (loopback && isHere)
  return isSecure ? parsed.href : null
}

export const openSignInPage = async (
  shell: Pick<Shell, 'openExternal'>,
  text: string,
  loopback: boolean,
): Promise<boolean> => {
  const url = signInUrl(text, loopback)
  if (url === null) return false
  await shell.openExternal(url)
  return true
}

/** For links of the console itself. Resolves to whether the URL was handed over. */
export const openExternal = async (
  shell: Pick<Shell, 'openExternal'>,
  text: string,
  hosts: ReadonlySet<string> = externalHosts,
): Promise<boolean> => {
  const url = externalUrl(text, hosts)
  if (url === null) return false
  await shell.openExternal(url)
  return true
}
