import { useSyncExternalStore } from 'react'
import { atMoment, readMoment, withoutMoment } from './moment-address.ts'

/**
 * Routes live behind the `#` of the page's address, path and query together
 * (`app://console/#/onus?states=unknown`): a reload never asks the shell for another file, and the
 * address can be copied, pasted and kept. A past moment that is looked at goes along with every step
 * (moment-address.ts).
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

/** Returns the function that ends it. */
export const onLocation = (listener: () => void): (() => void) => {
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
  const address = to.startsWith('/') ? to : `/${to}`
  go(carryingMoment(address), options)
}

/** An address that names a moment leads there; any other stays at the one that is looked at. */
const carryingMoment = (to: string): string =>
  atMoment(to, readMoment(to.slice(to.indexOf('?') + 1)) ?? currentMoment())

/** The same page at another moment; null: at present. */
export const goToMoment = (at: number | null): void => {
  const { path, search } = splitHash(window.location.hash)
  go(atMoment(search === '' ? path : `${path}?${search}`, at), {})
}

const go = (address: string, options: NavigateOptions): void => {
  const hash = `#${address}`
  if (hash === window.location.hash) return
  window.history[options.replace === true ? 'replaceState' : 'pushState'](
    options.state ?? null,
    '',
    hash,
  )
  tell()
}

export const currentRoute = (): string => splitHash(window.location.hash).path
export const currentSearch = (): string => withoutMoment(splitHash(window.location.hash).search)
/** Wall ms; null: the present. */
export const currentMoment = (): number | null => readMoment(splitHash(window.location.hash).search)

const usePath = (): [string, (to: string, options?: NavigateOptions) => void] => [
  useSyncExternalStore(onLocation, currentRoute),
  navigate,
]

const useSearch = (): string => useSyncExternalStore(onLocation, currentSearch)

/** For wouter's `<Router hook={…}>`. */
export const useHashLocation = Object.assign(usePath, {
  hrefs: (href: string) => `#${carryingMoment(href)}`,
  searchHook: useSearch,
})
