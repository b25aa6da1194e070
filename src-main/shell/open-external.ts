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

/** The only caller of `shell.openExternal`. Resolves to whether the URL was handed over. */
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
