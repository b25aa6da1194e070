import { useSyncExternalStore } from 'react'

/**
 * Routes live behind the `#` of the page's address, path and query together
 * (`app://console/#/onus?states=unknown`): a reload never asks the shell for another file, and the
 * address can be copied, pasted and kept.
 */

export interface NavigateOptions {
  readonly replace?: boolean
  readonly state?: unknown
}

/** Path and query of a hash; a hash that is no path is the start page. */
export const splitHash = (hash: string): { readonly path: string; readonly search: string } => {
  const text = hash.replace(/^#?\/?/, '')
  const mark = text.indexOf('?')
  return mark < 0
    ? { path: `/${text}`, search: '' }
    : { path: `/${text.slice(0, mark)}`, search: text.slice(mark + 1) }
}

const listeners = new Set<() => void>()
const tell = (): void => {
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  if (listeners.size === 0) {
    window.addEventListener('hashchange', tell)
    window.addEventListener('popstate', tell)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    window.removeEventListener('hashchange', tell)
    window.removeEventListener('popstate', tell)
  }
}

export const navigate = (to: string, options: NavigateOptions = {}): void => {
  const hash = `#${to.startsWith('/') ? to : `/${to}`}`
  if (hash === window.location.hash) return
  window.history[options.replace === true ? 'replaceState' : 'pushState'](
    options.state ?? null,
    '',
    hash,
  )
  tell()
}

const currentPath = (): string => splitHash(window.location.hash).path
export const currentSearch = (): string => splitHash(window.location.hash).search

const usePath = (): [string, (to: string, options?: NavigateOptions) => void] => [
  useSyncExternalStore(subscribe, currentPath),
  navigate,
]

const useSearch = (): string => useSyncExternalStore(subscribe, currentSearch)

/** For wouter's `<Router hook={…}>`. */
export const useHashLocation = Object.assign(usePath, {
  hrefs: (href: string) => `#${href}`,
  searchHook: useSearch,
})
