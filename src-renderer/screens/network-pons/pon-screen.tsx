import { Button } from '@mantine/core'
import { IconList, IconPlugConnectedX } from '@tabler/icons-react'
import { useEffect, useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'
import type { HistoryMetric, HistorySeries } from '../../../src-shared/contract/history.ts'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { PonPort } from '../../../src-shared/contract/network-model.ts'
import { formatPon, type PonAddress } from '../../../src-shared/domain/onu-address.ts'
import { opticClasses } from '../../../src-shared/domain/optics.ts'
import { paths, readPon } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { PresentOnly } from '../../components/as-of/present-only.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { HistoryPanel, type HistorySubject } from '../../components/time-chart/history-panel.tsx'
import { useChartRange } from '../../components/time-chart/use-chart-range.ts'
import { rememberRecent } from '../../state/recent.ts'
import { AlarmsPanel } from '../alarms/alarms-panel.tsx'
import { MaintenanceButton } from '../alarms/maintenance-button.tsx'
import { emptyFilter, serialiseOnuQuery } from '../network-onus/onu-query.ts'
import { PonMoveButton } from '../provisioning-move/pon-move-button.tsx'
import { PonFacts } from './pon-facts.tsx'
import { PonLight } from './pon-light.tsx'
import './pon-screen.css'

const metrics: readonly HistoryMetric[] = ['ponOnlineOnus', 'ponAverageRxDbm', 'ponTxDbm']
const unprovenTx: readonly HistoryMetric[] = ['ponTxDbm']
const proven: readonly HistoryMetric[] = []

/** One PON port: what it is, and what was read of it over the years. */
export const PonScreen = (): ReactNode => {
  const { t } = useTranslation('history')
  const params = useParams<{ readonly oltId: string; readonly address: string }>()
  const pon = readPon(params.address ?? '')
  if (params.oltId === undefined || pon === null) {
    return <EmptyState title={t('pon.notFound')} text={t('pon.notFoundText')} />
  }
  return <PonPage key={`${params.oltId} ${params.address}`} oltId={params.oltId} pon={pon} />
}

interface PonPageProps {
  readonly oltId: string
  readonly pon: PonAddress
}

const isPort = (port: PonPort, pon: PonAddress): boolean => formatPon(port) === formatPon(pon)

const PonPage = ({ oltId, pon }: PonPageProps): ReactNode => {
  const { t } = useTranslation('history')
  const { value, failure, refresh } = useQuery(
    'network.olt',
    { oltId },
    { on: ['network.changed'], everyMs: 2000 },
  )
  const port = value?.ponPorts.find((each) => isPort(each, pon))
  if (value !== undefined && port !== undefined) {
    return <LoadedPon page={value} port={port} />
  }
  const gone = value !== undefined || failure?.code === 'not-found'
  if (gone || failure?.code === 'invalid-input') {
    return (
      <div className="nc-page nc-page--full">
        <EmptyState
          icon={IconPlugConnectedX}
          title={t('pon.notFound')}
          text={t('pon.notFoundText')}
          action={
            <Button component={Link} href={paths.olt(oltId)} variant="default">
              {t('pon.back')}
            </Button>
          }
        />
      </div>
    )
  }
  return (
    <div className="nc-page">
      <Awaiting failure={failure} onRetry={refresh} rows={10} />
    </div>
  )
}

interface LoadedPonProps {
  readonly page: Output<'network.olt'>
  readonly port: PonPort
}

const LoadedPon = ({ page, port }: LoadedPonProps): ReactNode => {
  const { t } = useTranslation('history')
  const { t: network } = useTranslation('network')
  const { olt } = page
  const { shelf, slot, port: number } = port
  const state = useChartRange(true)
  const place = formatPon(port)
  const title = t('pon.title', { pon: place })
  const route = paths.pon(olt.id, port)
  useEffect(() => {
    rememberRecent({ route, title: `${olt.name} · ${title}`, kind: 'olt' })
  }, [route, title, olt.name])
  const pon = useMemo(() => ({ shelf, slot, port: number }), [shelf, slot, number])
  const subject = useMemo<HistorySubject>(
    () => ({
      name: `${olt.name} ${place}`,
      series: { kind: 'pon', oltId: olt.id, pon: { shelf, slot, port: number } },
    }),
    [olt.name, olt.id, place, shelf, slot, number],
  )
  const around = useMemo<readonly HistorySeries[]>(() => [{ kind: 'olt', oltId: olt.id }], [olt.id])
  const { onuRx } = opticClasses[olt.opticClass]
  const limits = useMemo(
    () => ({ ponAverageRxDbm: { min: onuRx.minDbm, max: onuRx.maxDbm } }),
    [onuRx.minDbm, onuRx.maxDbm],
  )
  const unproven = page.ponPortsUnproven.includes('txDbm') ? unprovenTx : proven
  const filter = { ...emptyFilter, oltIds: [olt.id], pon: { shelf, slot, port: number } }
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <div className="nc-pon-head">
          <nav className="nc-small nc-soft" aria-label={t('pon.back')}>
            <RouteLink to={paths.olts()}>{network('olts.title')}</RouteLink>
            {' › '}
            <RouteLink to={paths.olt(olt.id)}>{olt.name}</RouteLink>
            {' › '}
            <span className="nc-mono">{place}</span>
          </nav>
          <h1>
            {title}
            {port.name !== null && (
              <span className="nc-mono nc-soft nc-pon-head__name">{port.name}</span>
            )}
          </h1>
        </div>
        <Button
          component={Link}
          href={paths.onus(serialiseOnuQuery({ filter, sort: null }))}
          variant="default"
          leftSection={<IconList size={14} aria-hidden="true" />}
        >
          {t('pon.showOnus')}
        </Button>
        <PresentOnly>
          <PonMoveButton oltId={olt.id} pon={pon} />
          <MaintenanceButton
            scope={{ pons: [{ oltId: olt.id, pon }] }}
            title={`${olt.name} ${title}`}
          />
        </PresentOnly>
      </header>
      <PresentOnly>
        <AlarmsPanel resource={{ kind: 'pon', oltId: olt.id, pon }} />
      </PresentOnly>
      <PonFacts page={page} port={port} />
      <PonLight olt={olt} pon={pon} />
      <section className="nc-panel" aria-label={t('title')}>
        <header className="nc-panel__head">
          <h2>{t('title')}</h2>
        </header>
        <div className="nc-panel__body">
          <HistoryPanel
            name="history-pon"
            state={state}
            subject={subject}
            around={around}
            metrics={metrics}
            openAtFirst={metrics}
            limits={limits}
            unproven={unproven}
          />
        </div>
      </section>
    </div>
  )
}
