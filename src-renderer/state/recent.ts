import { create } from 'zustand'

/** What was opened lately, for the palette; in memory only, newest first. */
export interface RecentItem {
  readonly route: string
  readonly title: string
  readonly kind: 'olt' | 'onu' | 'subscriber'
}

const keep = 8

export const useRecent = create<{ readonly items: readonly RecentItem[] }>(() => ({ items: [] }))

/** A record page calls this when it knows its title. */
export const rememberRecent = (item: RecentItem): void =>
  useRecent.setState(({ items }) => ({
    items: [item, ...items.filter((other) => other.route !== item.route)].slice(0, keep),
  }))

export const forgetRecent = (): void => useRecent.setState({ items: [] })
