import { IconHistory, IconKeyboard, IconTable, type Icon } from '@tabler/icons-react'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SearchHit, SearchScope } from '../../src-shared/contract/search.ts'
import { Kbd } from '../components/kbd.tsx'
import { useRecent } from '../state/recent.ts'
import { usePermissions, useReachesAll, useSimulated } from '../state/workspace.ts'
import { navigate } from './location.ts'
import { usePageActions } from './page-actions.ts'
import { paletteActions } from './palette-actions.ts'
import { PaletteHit, routeOf } from './palette-hits.tsx'
import { matches, type Line } from './palette-items.ts'
import { prefixes, readTyped } from './palette-scopes.ts'
import { usePaletteSearch, type SearchResult, type SearchState } from './palette-search.ts'
import { mayOpen, pages } from './pages.ts'
import { paths } from './paths.ts'
import { shortcuts } from './shortcuts.ts'

export interface PaletteLine extends Line {
  readonly content: ReactNode
  /** A text for the field of the palette, which stays open; or what is done when it has closed. */
  readonly act: { readonly type: string } | (() => void)
}

export interface PaletteGroup {
  readonly title: string
  /** How many there are, where more may be than stand here. */
  readonly count?: number
  readonly lines: readonly PaletteLine[]
  /** Two beside each other. */
  readonly dense?: true
}

/** The lines for what was typed: pages and actions at once, records from the engine. */
export const usePaletteGroups = (
  typed: string,
  onHelp: () => void,
): { readonly groups: readonly PaletteGroup[]; readonly state: SearchState } => {
  const { t } = useTranslation()
  const { t: tSearch } = useTranslation('search')
  const simulated = useSimulated()
  const recent = useRecent((store) => store.items)
  const permissions = usePermissions()
  const reachesAll = useReachesAll()
  const offered = usePageActions()
  const asked = useMemo(() => readTyped(typed), [typed])
  const { state, result } = usePaletteSearch(asked, permissions.includes('network.onu.read'))
  const { mode, text } = asked

  const groups = useMemo((): readonly PaletteGroup[] => {
    const pageLines = pages
      .filter(
        (page) => mayOpen(page, permissions, reachesAll) && matches(t(`page.${page.name}`), text),
      )
      .map((page) =>
        goLine(page.route, page.icon, t(`page.${page.name}`), shortcuts[page.shortcut].keys),
      )
    const actionLines = [
      // What the open page offers stands first: it is about what the person looks at.
      ...offered.map((action) => ({ ...action, name: `page ${action.id}` })),
      ...paletteActions({ simulated, onHelp })
        .filter(({ needs, whole }) => {
          return (
            (needs === undefined || permissions.includes(needs)) && (reachesAll || whole !== true)
          )
        })
        .map((action) => ({ ...action, label: t(`action.${action.name}`) })),
    ]
      .filter((action) => matches(action.label, text))
      .map((action) => ({
        ...plainLine(action.icon, action.label, action.keys),
        key: `action ${action.name}`,
        kind: 'action' as const,
        act: action.run,
      }))
    const actions = { title: t('palette.actions'), lines: actionLines }
    const prefixLines = prefixes.map(({ name, sign }) => ({
      key: `prefix ${sign}`,
      kind: 'prefix' as const,
      act: { type: sign.length === 1 ? sign : `${sign} ` },
      content: (
        <>
          <span className="nc-mono nc-palette__sign">{sign}</span>
          <span className="nc-palette__name nc-cut">{tSearch(`prefix.${name}`)}</span>
          {mode === 'help' && name !== 'help' && (
            <span className="nc-mono nc-faint nc-cut">{tSearch(`example.${name}`)}</span>
          )}
        </>
      ),
    }))
    const prefixGroup = { title: tSearch('prefixes'), lines: prefixLines }
    if (mode === 'actions') return [actions]
    if (mode === 'help') {
      const keys = {
        ...plainLine(IconKeyboard, tSearch('tip.keys'), shortcuts.help.keys),
        key: 'keys',
        kind: 'action' as const,
        act: onHelp,
      }
      return [
        { ...prefixGroup, lines: prefixLines.filter(({ key }) => key !== 'prefix ?') },
        { title: tSearch('tips'), lines: [keys] },
      ]
    }
    const found = result === undefined ? [] : foundGroups(result, text)
    if (mode === 'records') return text === '' ? [] : found.map(titled)
    if (text === '') {
      return [
        {
          title: t('palette.recent'),
          lines: recent.map((item) => ({
            ...goLine(item.route, IconHistory, item.title),
            key: `recent ${item.route}`,
            kind: 'recent' as const,
          })),
        },
        { title: t('palette.pages'), lines: pageLines },
        { ...prefixGroup, dense: true },
        { ...actions, lines: actionLines.filter(({ key }) => key.startsWith('action page ')) },
      ]
    }
    return [{ title: t('palette.pages'), lines: pageLines }, ...found.map(titled), actions]

    function titled({ scope, total, lines }: Found): PaletteGroup {
      const more = moreLine(scope, total, lines.length)
      return {
        title: tSearch(`group.${scope}`),
        count: Math.max(total, lines.length),
        lines: more === null ? lines : [...lines, more],
      }
    }

    function moreLine(scope: SearchScope, total: number, shown: number): PaletteLine | null {
      if (total <= shown || (scope !== 'onus' && scope !== 'alarms') || asked.onlyIds) return null
      const key = `more ${scope}`
      if (scope === 'alarms') {
        const query = new URLSearchParams({ q: text }).toString()
        const label = tSearch('moreAlarms', { count: total })
        return { ...goLine(paths.alarms(query), IconTable, label), key, kind: 'found' }
      }
      const query = new URLSearchParams({ search: text }).toString()
      const label = t('palette.more', { count: total })
      return { ...goLine(paths.onus(query), IconTable, label), key, kind: 'found' }
    }
  }, [
    t,
    tSearch,
    mode,
    text,
    asked,
    result,
    recent,
    offered,
    permissions,
    reachesAll,
    simulated,
    onHelp,
  ])

  return { groups: groups.filter((group) => group.lines.length > 0), state }
}

interface Found {
  readonly scope: SearchScope
  readonly total: number
  readonly lines: readonly PaletteLine[]
}

const scopeOf: Readonly<Record<SearchHit['kind'], SearchScope>> = {
  onu: 'onus',
  olt: 'olts',
  pon: 'pons',
  alarm: 'alarms',
  outage: 'outages',
  node: 'nodes',
  subscriber: 'subscribers',
  ticket: 'tickets',
  'work-order': 'work-orders',
  document: 'documents',
  receipt: 'receipts',
}

/** By scope, in the engine's order: the scope with the best record first. */
const foundGroups = ({ hits, totals }: SearchResult, text: string): readonly Found[] => {
  const groups = new Map<SearchScope, PaletteLine[]>()
  for (const hit of text === '' ? [] : hits) {
    const scope = scopeOf[hit.kind]
    const route = routeOf(hit)
    const lines = groups.get(scope) ?? []
    groups.set(scope, lines)
    lines.push({
      key: `${hit.kind} ${route}`,
      kind: 'found',
      content: <PaletteHit hit={hit} />,
      act: () => navigate(route),
    })
  }
  return [...groups].map(([scope, lines]) => ({ scope, total: totals[scope], lines }))
}

const plainLine = (LineIcon: Icon, label: string, keys?: string) => ({
  content: (
    <>
      <LineIcon size={16} stroke={1.6} aria-hidden="true" className="nc-icon nc-faint" />
      <span className="nc-palette__name nc-cut">{label}</span>
      {keys !== undefined && <Kbd keys={keys} />}
    </>
  ),
})

const goLine = (route: string, icon: Icon, label: string, keys?: string): PaletteLine => ({
  ...plainLine(icon, label, keys),
  key: `go ${route}`,
  kind: 'page',
  act: () => navigate(route),
})
