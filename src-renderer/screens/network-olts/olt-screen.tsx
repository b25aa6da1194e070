import { Button } from '@mantine/core'
import { IconList, IconPencil, IconServerOff } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { MayOnly } from '../../components/may-only.tsx'
import { PresentOnly } from '../../components/as-of/present-only.tsx'
import { Since } from '../../components/data-age.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { rememberRecent } from '../../state/recent.ts'
import { AlarmsPanel } from '../alarms/alarms-panel.tsx'
import { MaintenanceButton } from '../alarms/maintenance-button.tsx'
import { CliNotices } from '../olt-cli/cli-notices.tsx'
import { CliPanel } from '../olt-cli/cli-panel.tsx'
import { useCliAccess } from '../olt-cli/use-cli-access.ts'
import { CarePanel } from './care-panel.tsx'
import { BoardsPanel } from './boards-panel.tsx'
import { EditOltDrawer } from './edit-olt-drawer.tsx'
import { HistoryOlt } from './history-olt.tsx'
import { InterfacesPanel } from './interfaces-panel.tsx'
import { LevelsPanel } from './levels-panel.tsx'
import { readNow, removeOlt } from './olt-actions.ts'
import { OltCounts } from './olt-counts.tsx'
import { OltFacts } from './olt-facts.tsx'
import { OltMenu } from './olt-menu.tsx'
import { OltProblem } from './olt-problem.tsx'
import { OltReadings } from './olt-readings.tsx'
import { onusWith } from './onu-links.ts'
import { PonHeat } from './pon-heat.tsx'
import { PonTable } from './pon-table.tsx'
import { QuietBanner } from './quiet-banner.tsx'
import { QuietButton } from './quiet-menu.tsx'
import { ReachabilityBadge } from './reachability-badge.tsx'
import { ReadingNotes } from './reading-notes.tsx'
import { useCare } from './use-care.ts'
import { useRefreshOnOltChange } from './use-olts.ts'
import './olts.css'
import './olt-page.css'

/** One OLT: what it is, how current what we know is, its ports and every ONU's light. */
export const OltScreen = () => {
  const { oltId } = useParams<{ oltId: string }>()
  return <OltPage key={oltId} oltId={oltId} />
}

const OltPage = ({ oltId }: { readonly oltId: string }) => {
  const { t } = useTranslation('network')
  const { value, failure, refresh } = useQuery('network.olt', { oltId })
  useRefreshOnOltChange(refresh)
  if (failure?.code === 'not-found' || failure?.code === 'invalid-input') {
    return (
      <div className="nc-page nc-page--full">
        <EmptyState
          icon={IconServerOff}
          title={t('olts.page.notFound')}
          action={
            <Button component={Link} href={paths.olts()} variant="default">
              {t('olts.page.back')}
            </Button>
          }
        />
      </div>
    )
  }
  if (value === undefined) {
    return (
      <div className="nc-page">
        <Awaiting failure={failure} onRetry={refresh} rows={14} />
      </div>
    )
  }
  return <LoadedOlt page={value} refresh={refresh} />
}

interface LoadedProps {
  readonly page: Output<'network.olt'>
  readonly refresh: () => void
}

const LoadedOlt = ({ page, refresh }: LoadedProps) => {
  const { t } = useTranslation('network')
  const { olt } = page
  const [editing, setEditing] = useState(false)
  const element = useRef<HTMLDivElement>(null)
  const care = useCare(olt.id, element)
  const cli = useCliAccess(olt.id)
  useEffect(() => {
    rememberRecent({ route: paths.olt(olt.id), title: olt.name, kind: 'olt' })
  }, [olt.id, olt.name])
  useShortcut('refresh', () => void readNow(olt, 'status'))
  const remove = async (): Promise<void> => {
    if (await removeOlt(olt, () => undefined)) navigate(paths.olts())
  }
  const generic = olt.reachability === 'unrecognised'
  return (
    <div className="nc-page no-page" ref={element}>
      <header className="nc-page__head">
        <h1 className="no-page__title">
          {olt.name}
          <ReachabilityBadge reachability={olt.reachability} />
          {olt.since === null ? null : (
            <span className="nc-soft no-page__since">
              <Since at={olt.since} />
            </span>
          )}
        </h1>
        {generic ? null : (
          <Button
            component={Link}
            href={onusWith({ oltIds: [olt.id] })}
            variant="default"
            leftSection={<IconList size={14} aria-hidden="true" />}
          >
            {t('olts.page.showOnus')}
          </Button>
        )}
        <PresentOnly>
          <MayOnly needs="network.olt.manage">
            <Button
              variant="default"
              onClick={() => setEditing(true)}
              leftSection={<IconPencil size={14} aria-hidden="true" />}
            >
              {t('olts.page.edit')}
            </Button>
          </MayOnly>
          <MaintenanceButton scope={{ oltIds: [olt.id] }} title={olt.name} />
          <MayOnly needs="network.olt.manage">
            <QuietButton olt={olt} onChange={refresh} />
          </MayOnly>
          <OltMenu
            olt={olt}
            onEdit={() => setEditing(true)}
            onRemove={() => void remove()}
            onChange={refresh}
          />
        </PresentOnly>
      </header>
      <PresentOnly>
        <QuietBanner olt={olt} onChange={refresh} />
      </PresentOnly>
      {cli?.value === undefined ? null : (
        <CliNotices olt={olt} access={cli.value.access} onChange={cli.refresh} />
      )}
      {olt.problem !== null || olt.reachability === 'unreachable' ? <OltProblem olt={olt} /> : null}
      <PresentOnly>
        <AlarmsPanel resource={{ kind: 'olt', oltId: olt.id }} />
      </PresentOnly>
      <div className="no-page__top">
        <OltFacts olt={olt} />
        <OltReadings olt={olt} care={care.value} />
      </div>
      {generic ? null : (
        <div className="no-page__counts">
          <OltCounts olt={olt} />
        </div>
      )}
      {generic ? (
        <InterfacesPanel oltId={olt.id} explained={olt.problem !== null} />
      ) : (
        <>
          <PonHeat olt={olt} />
          <div className="no-page__pair">
            <LevelsPanel olt={olt} />
            <BoardsPanel page={page} />
          </div>
          <PonTable page={page} />
        </>
      )}
      {cli === undefined ? null : <CliPanel olt={olt} query={cli} />}
      <PresentOnly>
        <CarePanel olt={olt} state={care} onChange={refresh} />
      </PresentOnly>
      <HistoryOlt olt={olt} />
      <ReadingNotes page={page} />
      {editing ? (
        <EditOltDrawer olt={olt} onClose={() => setEditing(false)} onSaved={refresh} />
      ) : null}
    </div>
  )
}
