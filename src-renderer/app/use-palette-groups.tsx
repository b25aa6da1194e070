import { IconHistory, IconServer2, IconTable, type Icon } from '@tabler/icons-react'
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../src-shared/contract/index.ts'
import { callQuery } from '../client/client.ts'
import { Kbd } from '../components/kbd.tsx'
import { useRecent } from '../state/recent.ts'
import { useSimulated } from '../state/workspace.ts'
import { navigate } from './location.ts'
import { usePageActions } from './page-actions.ts'
import { PaletteOnu } from './palette-onu.tsx'
import { paletteActions } from './palette-actions.ts'
import { foundOlts, foundOnus, matches, type Line } from './palette-items.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'
import { shortcuts } from './shortcuts.ts'

export interface PaletteLine extends Line {
  readonly content: ReactNode
  readonly run: () => void
}

export interface PaletteGroup {
  readonly title: string
  readonly lines: readonly PaletteLine[]
}

export type SearchState = 'idle' | 'searching' | 'done' | 'failed'

const debounceMs = 90
const limit = 12

/** Asks the engine a moment after the last key; an overtaken answer is dropped. */
const useSearchResult = (
  text: string,
): { readonly state: SearchState; readonly result: Output<'network.search'> | undefined } => {
  const [found, setFound] = useState<{
    readonly state: SearchState
    readonly result: Output<'network.search'> | undefined
    readonly text: string
  }>({ state: 'idle', result: undefined, text: '' })
  useEffect(() => {
    if (text === '') {
      setFound({ state: 'idle', result: undefined, text })
      return undefined
    }
    let overtaken = false
    setFound((before) => ({ state: 'searching', result: before.result, text }))
    const timer = setTimeout(() => {
      callQuery('network.search', { text, limit }).then(
        (result) => {
          if (!overtaken) setFound({ state: 'done', result, text })
        },
        () => {
          if (!overtaken) setFound({ state: 'failed', result: undefined, text })
        },
      )
    }, debounceMs)
    return () => {
      overtaken = true
      clearTimeout(timer)
    }
  }, [text])
  // Between a key press and the effect above the state is still that of the text before.
  return found.text === text || text === '' ? found : { ...found, state: 'searching' }
}

/** The lines for what was typed: pages and actions at once, ONUs and OLTs from the engine. */
export const usePaletteGroups = (
  typed: string,
  onHelp: () => void,
): { readonly groups: readonly PaletteGroup[]; readonly state: SearchState } => {
  const { t } = useTranslation()
  const simulated = useSimulated()
  const recent = useRecent((store) => store.items)
  const offered = usePageActions()
  const actionsOnly = typed.startsWith('>')
  const text = (actionsOnly ? typed.slice(1) : typed).trim()
  const { state, result } = useSearchResult(actionsOnly ? '' : text.slice(0, 100))

  const groups = useMemo(() => {
    const pageLines = pages
      .filter((page) => matches(t(`page.${page.name}`), text))
      .map((page) => line(page.route, page.icon, t(`page.${page.name}`), keysOf(page.shortcut)))
    const actionLines = [
      // What the open page offers stands first: it is about what the person looks at.
      ...offered.map((action) => ({ ...action, name: `page ${action.id}` })),
      ...paletteActions({ simulated, onHelp }).map((action) => ({
        ...action,
        label: t(`action.${action.name}`),
      })),
    ]
      .filter((action) => matches(action.label, text))
      .map((action) => ({
        ...line('', action.icon, action.label, action.keys),
        key: `action ${action.name}`,
        kind: 'action' as const,
        run: action.run,
      }))
    if (actionsOnly) return [{ title: t('palette.actions'), lines: actionLines }]
    if (text === '') {
      return [
        {
          title: t('palette.recent'),
          lines: recent.map((item) => ({
            ...line(item.route, IconHistory, item.title),
            key: `recent ${item.route}`,
            kind: 'recent' as const,
          })),
        },
        { title: t('palette.pages'), lines: pageLines },
        { title: t('palette.actions'), lines: actionLines },
      ]
    }
    const onuLines: PaletteLine[] = (result === undefined ? [] : foundOnus(result)).map(
      (found) => ({
        key: found.key,
        kind: 'found',
        content: <PaletteOnu onu={found.onu} />,
        run: () => navigate(found.route),
      }),
    )
    if (result !== undefined && result.onusTotal > result.onus.length) {
      const query = new URLSearchParams({ search: text }).toString()
      onuLines.push({
        ...line(paths.onus(query), IconTable, t('palette.more', { count: result.onusTotal })),
        key: 'more',
        kind: 'found',
      })
    }
    const oltLines = (result === undefined ? [] : foundOlts(result)).map((found) => ({
      ...line(found.route, IconServer2, found.olt.name, undefined, found.olt.host),
      key: found.key,
      kind: 'found' as const,
    }))
    return [
      { title: t('palette.pages'), lines: pageLines },
      { title: t('palette.olts'), lines: oltLines },
      { title: t('palette.onus'), lines: onuLines },
      { title: t('palette.actions'), lines: actionLines },
    ]
  }, [t, text, actionsOnly, result, recent, offered, simulated, onHelp])

  return { groups: groups.filter((group) => group.lines.length > 0), state }
}

const keysOf = (name: keyof typeof shortcuts): string => shortcuts[name].keys

const line = (
  route: string,
  LineIcon: Icon,
  label: string,
  keys?: string,
  detail?: string,
): PaletteLine => ({
  key: `go ${route}`,
  kind: 'page',
  content: (
    <>
      <LineIcon size={16} stroke={1.6} aria-hidden="true" className="nc-icon nc-faint" />
      <span className="nc-palette__name nc-cut">{label}</span>
      {detail !== undefined && <span className="nc-mono nc-soft">{detail}</span>}
      {keys !== undefined && <Kbd keys={keys} />}
    </>
  ),
  run: () => navigate(route),
})
