import { Button } from '@mantine/core'
import {
  IconCalendarTime,
  IconFileDiff,
  IconFileOff,
  IconRefresh,
  IconSend,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'wouter'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { useOfferedActions } from '../../app/page-actions.ts'
import { paths } from '../../app/paths.ts'
import { runCommand } from '../../client/client.ts'
import { useQuery } from '../../client/hooks.ts'
import { useTask } from '../../client/use-task.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { PresentOnly } from '../../components/as-of/present-only.tsx'
import { Since } from '../../components/data-age.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { errorText } from '../../components/error-text.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { GonePage, isGone } from '../../components/gone-page.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useMay } from '../olt-cli/use-may.ts'
import { BackupConditionMark } from './backup-condition.tsx'
import { chosenPair } from './backup-model.ts'
import { ExportByOltDialog } from './export-by-olt-dialog.tsx'
import { ScheduleDialog } from './schedule-dialog.tsx'
import { useNextWords, useScheduleWords } from './schedule-words.ts'
import { UnknownChange } from './unknown-change.tsx'
import { VersionList } from './version-list.tsx'
import '../network-olts/olts.css'
import './olt-backups.css'

/** One OLT's configurations: every content that was ever read, the latest first. */
export const OltBackupsScreen = () => {
  const { oltId } = useParams<{ oltId: string }>()
  return <Versions key={oltId} oltId={oltId} />
}

const Versions = ({ oltId }: { readonly oltId: string }) => {
  const { t } = useTranslation('olt-backups')
  const { value, failure, refresh } = useQuery(
    'olt-backups.versions',
    { oltId },
    { on: ['olt-backups.changed'], everyMs: 500 },
  )
  if (isGone(failure)) {
    return (
      <GonePage
        icon={IconFileOff}
        title={t('notFound')}
        to={paths.configurations()}
        back={t('back')}
      />
    )
  }
  if (value === undefined) {
    return (
      <div className="nc-page">
        <Awaiting failure={failure} onRetry={refresh} rows={12} />
      </div>
    )
  }
  return <LoadedVersions page={value} refresh={refresh} />
}

interface LoadedProps {
  readonly page: Output<'olt-backups.versions'>
  readonly refresh: () => void
}

const LoadedVersions = ({ page, refresh }: LoadedProps) => {
  const { t } = useTranslation('olt-backups')
  const { t: common } = useTranslation()
  const format = useFormat()
  const wordsOf = useScheduleWords()
  const nextOf = useNextWords()
  const { state, versions } = page
  const manages = useMay('olt-backups.config.manage')
  const exports = useMay('olt-backups.config.export')
  const [scheduling, setScheduling] = useState(false)
  const [sending, setSending] = useState(false)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const task = useTask<Output<'olt-backups.make'>>()
  const running = task.state.kind === 'running'
  const able = manages && state.obstacle === null
  const make = (): void => {
    if (running || !able) return
    task.start(async (taskId) => {
      const made = await runCommand('olt-backups.make', { oltId: state.oltId, taskId })
      showToast({
        kind: 'done',
        title: t(made.changed ? 'make.changed' : 'make.same', { name: state.oltName }),
      })
      refresh()
      return made
    })
  }
  const pair = chosenPair(versions, chosen)
  const compare = (): void => {
    if (pair !== undefined) navigate(paths.configurationDiff(pair[0].id, pair[1].id))
  }
  useShortcut('refresh', refresh)
  useOfferedActions([
    ...(able ? [{ id: 'backup-make', label: t('make.button'), icon: IconRefresh, run: make }] : []),
    ...(manages
      ? [
          {
            id: 'backup-schedule',
            label: t('schedule.button'),
            icon: IconCalendarTime,
            run: () => setScheduling(true),
          },
        ]
      : []),
  ])
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>
          <RouteLink to={paths.configurations()} className="nb-crumb">
            {t('title')}
          </RouteLink>{' '}
          <RouteLink to={paths.olt(state.oltId)} className="no-name">
            {state.oltName}
          </RouteLink>
        </h1>
        <Button
          variant="default"
          disabled={pair === undefined}
          leftSection={<IconFileDiff size={14} aria-hidden="true" />}
          onClick={compare}
        >
          {t('compare.button')}
        </Button>
        {manages ? (
          <PresentOnly>
            <Button
              variant="default"
              leftSection={<IconCalendarTime size={14} aria-hidden="true" />}
              onClick={() => setScheduling(true)}
            >
              {t('schedule.button')}
            </Button>
            {exports && state.exportsBy.length > 0 ? (
              <Button
                variant="default"
                disabled={state.obstacle !== null}
                leftSection={<IconSend size={14} aria-hidden="true" />}
                onClick={() => setSending(true)}
              >
                {t('byOlt.button')}
              </Button>
            ) : null}
            {running ? (
              <Button variant="default" onClick={task.cancel}>
                {common('button.cancel')}
              </Button>
            ) : (
              <Button
                leftSection={<IconRefresh size={14} aria-hidden="true" />}
                disabled={state.obstacle !== null || state.running}
                onClick={make}
              >
                {t('make.button')}
              </Button>
            )}
          </PresentOnly>
        ) : null}
      </header>
      <section className="nc-panel nb-state" aria-label={t('state.label')}>
        <BackupConditionMark state={state} />
        <dl className="nb-state__facts">
          <div>
            <dt>{t('column.lastAt')}</dt>
            <dd>{state.lastAt === null ? t('never') : <Since at={state.lastAt} />}</dd>
          </div>
          <div>
            <dt>{t('column.nextAt')}</dt>
            <dd>{nextOf(state.nextAt)}</dd>
          </div>
          <div>
            <dt>{t('column.schedule')}</dt>
            <dd>{wordsOf(state.schedule)}</dd>
          </div>
          <div>
            <dt>{t('column.versions')}</dt>
            <dd>
              {t('state.versions', {
                count: state.versions,
                keep: format.number(state.schedule.keep),
              })}
            </dd>
          </div>
        </dl>
        <span className="nb-state__task nc-soft" role="status">
          {task.state.kind === 'running'
            ? task.state.done === 0
              ? t('make.reading')
              : t('make.running', { characters: format.number(task.state.done) })
            : task.state.kind === 'cancelled'
              ? t('make.cancelled')
              : ''}
        </span>
      </section>
      {task.state.kind === 'failed' ? (
        <FailureState failure={task.state.failure} onRetry={make} brief />
      ) : null}
      {state.obstacle === null ? null : <Obstacle state={state} />}
      <UnknownChange page={page} />
      {versions.length === 0 ? (
        <EmptyState icon={IconFileOff} title={t('noVersions.title')} text={t('noVersions.text')} />
      ) : (
        <VersionList
          state={state}
          versions={versions}
          chosen={chosen}
          onChosen={setChosen}
          onCompare={compare}
        />
      )}
      {sending ? <ExportByOltDialog state={state} onClose={() => setSending(false)} /> : null}
      {scheduling ? <ScheduleDialog state={state} onClose={() => setScheduling(false)} /> : null}
    </div>
  )
}

const Obstacle = ({ state }: { readonly state: LoadedProps['page']['state'] }) => {
  const { t } = useTranslation('olt-backups')
  const { t: tError } = useTranslation('error')
  if (state.obstacle === null) return null
  const text = errorText(tError, state.obstacle)
  return (
    <p className="nb-obstacle" role="note">
      <strong>{t('state.obstacle')}</strong> {text.what} {text.toDo}{' '}
      <RouteLink to={paths.olt(state.oltId)}>{state.oltName}</RouteLink>
    </p>
  )
}
