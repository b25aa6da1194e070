import { Button, SegmentedControl } from '@mantine/core'
import { IconDownload, IconSettings, IconX } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate, useHashLocation } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { FilterBox } from '../../components/filter-box.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { useFormat } from '../../components/use-format.ts'
import { RecentTable, useRecentSort } from './recent-table.tsx'
import { exportRecent, exportUnknown } from './trap-export.ts'
import { fitsNews, fitsUnknown, sortNews, sortUnknown } from './trap-list.ts'
import { parseTrapQuery, writeTrapQuery, type TrapQuery } from './trap-query.ts'
import { TrapSettingsDrawer } from './trap-settings-drawer.tsx'
import { TrapStatusPanel } from './trap-status-panel.tsx'
import { meaningWords } from './trap-words.ts'
import { TrapsEmpty } from './traps-empty.tsx'
import { UnknownTable, useUnknownSort } from './unknown-table.tsx'
import { useTraps } from './use-traps.ts'
import '../network-olts/olt-parts.css'
import '../network-olts/olts.css'
import './traps.css'

/** What came in by itself: what was made of it, and what nobody knows. */
export const TrapsScreen = () => {
  const { t } = useTranslation('traps')
  const format = useFormat()
  const query = parseTrapQuery(useHashLocation.searchHook())
  const { show, oltId } = query
  const go = (change: Partial<TrapQuery>): void =>
    navigate(paths.traps(writeTrapQuery({ ...query, ...change })), { replace: true })
  const { status, recent, unknown, refresh } = useTraps(oltId)
  const [text, setText] = useState('')
  const [setting, setSetting] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const [recentSort] = useRecentSort()
  const [unknownSort] = useUnknownSort()

  const news = useMemo(() => recent.value?.news ?? [], [recent.value])
  const traps = useMemo(
    () => (unknown.value?.traps ?? []).filter((trap) => oltId === null || trap.oltId === oltId),
    [unknown.value, oltId],
  )
  const shownNews = useMemo(
    () => news.filter((each) => fitsNews(each, meaningWords(t, each), text)),
    [news, text, t],
  )
  const shownTraps = useMemo(() => traps.filter((trap) => fitsUnknown(trap, text)), [traps, text])

  const total = show === 'unknown' ? traps.length : news.length
  const shown = show === 'unknown' ? shownTraps.length : shownNews.length
  const exportShown = (): void => {
    if (show === 'unknown') exportUnknown(t, sortUnknown(shownTraps, unknownSort))
    else
      exportRecent(
        t,
        sortNews(shownNews, recentSort, (each) => meaningWords(t, each)),
      )
  }
  useShortcut('focusFilter', () => input.current?.focus(), total > 0)
  useShortcut('exportList', exportShown, shown > 0)
  useShortcut('refresh', refresh)

  if (status.value === undefined) {
    return (
      <div className="nc-page">
        <h1>{t('title')}</h1>
        <Awaiting failure={status.failure} onRetry={refresh} rows={10} />
      </div>
    )
  }
  const list = show === 'unknown' ? unknown : recent
  const failure = status.failure ?? list.failure
  return (
    <div className="nc-page nc-page--full">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
        {total === 0 ? null : (
          <>
            <FilterBox input={input} text={text} onText={setText} label={t('filter')} />
            <Button
              variant="default"
              disabled={shown === 0}
              leftSection={<IconDownload size={14} aria-hidden="true" />}
              onClick={exportShown}
            >
              {t('button.export', { ns: 'common' })}
            </Button>
          </>
        )}
        <Button
          variant="default"
          leftSection={<IconSettings size={14} aria-hidden="true" />}
          onClick={() => setSetting(true)}
        >
          {t('settings')}
        </Button>
      </header>
      <p className="nc-soft">{t('intro')}</p>
      <TrapStatusPanel status={status.value} onChanged={refresh} />
      <div className="ntr-lists">
        <SegmentedControl
          aria-label={t('lists')}
          value={show}
          onChange={(value) => go({ show: value })}
          data={[
            {
              value: 'looked-at',
              label: t('tabCount', { name: t('lookedAt'), shown: format.number(news.length) }),
            },
            {
              value: 'unknown',
              label: t('tabCount', { name: t('unknown'), shown: format.number(traps.length) }),
            },
          ]}
        />
        {oltId === null ? null : (
          <OnlyOlt
            oltId={oltId}
            known={news[0]?.oltName ?? traps[0]?.oltName ?? undefined}
            onAll={() => go({ oltId: null })}
          />
        )}
      </div>
      {failure === undefined ? null : <FailureState failure={failure} onRetry={refresh} brief />}
      {list.value === undefined ? (
        list.failure === undefined ? (
          <LoadingState rows={8} />
        ) : null
      ) : shown === 0 ? (
        <TrapsEmpty
          status={status.value}
          query={query}
          text={total === 0 ? '' : text}
          onClear={() => setText('')}
          onChanged={refresh}
        />
      ) : show === 'unknown' ? (
        <UnknownTable
          traps={shownTraps}
          port={status.value.listening?.port ?? status.value.settings.port}
        />
      ) : (
        <RecentTable news={shownNews} />
      )}
      {setting ? (
        <TrapSettingsDrawer
          status={status.value}
          onClose={() => setSetting(false)}
          onChanged={refresh}
        />
      ) : null}
    </div>
  )
}

interface OnlyOltProps {
  readonly oltId: string
  /** Its name, where a trap says it. */
  readonly known: string | undefined
  readonly onAll: () => void
}

const OnlyOlt = ({ oltId, known, onAll }: OnlyOltProps) => {
  const { t } = useTranslation('traps')
  const { value } = useQuery('network.olt', { oltId }, { skip: known !== undefined })
  const name = known ?? value?.olt.name ?? t('oneOlt')
  return (
    <span className="ntr-only">
      {t('onlyOlt', { name })}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconX size={13} aria-hidden="true" />}
        onClick={onAll}
      >
        {t('allOlts')}
      </Button>
    </span>
  )
}
