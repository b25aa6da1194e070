import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlarmRow } from '../../../src-shared/contract/alarms-model.ts'
import type { HandoverReport } from '../../../src-shared/contract/handover.ts'
import type { OutageRow } from '../../../src-shared/contract/outages.ts'
import { placeOfAlarm, placeOfOutage } from '../../../src-shared/domain/places.ts'
import { paths } from '../../app/paths.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { useFormat } from '../../components/use-format.ts'
import { momentText } from './moment.ts'
import { SheetTable } from './sheet-table.tsx'

/** The same sections as on paper, with links. */
export const ReportSections = ({ report }: { readonly report: HandoverReport }) => {
  const { t } = useTranslation('handover')
  return (
    <>
      <Counts report={report} />
      <Section title={t('section.openOutages')}>
        <Outages rows={report.openOutages} ended={false} />
      </Section>
      <Section title={t('section.openAlarms')}>
        <Alarms rows={report.openAlarms} total={report.openAlarmsTotal} />
      </Section>
      <Section title={t('section.shelved')}>
        <Shelved rows={report.shelved} />
      </Section>
      <Section title={t('section.maintenance')}>
        <Maintenance report={report} />
      </Section>
      <Section title={t('section.olts')}>
        <Olts report={report} />
      </Section>
      <Section title={t('section.owners')}>
        <Owners report={report} />
      </Section>
      <Section title={t('section.raised')}>
        <Raised report={report} />
      </Section>
      <Section title={t('section.endedOutages')}>
        <Outages rows={report.endedOutages} ended />
      </Section>
      <Section title={t('section.acts')}>
        <Acts report={report} />
      </Section>
    </>
  )
}

const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="nc-panel ho-section">
    <header className="nc-panel__head">
      <h2>{title}</h2>
    </header>
    {children}
  </section>
)

const Counts = ({ report }: { readonly report: HandoverReport }) => {
  const { t } = useTranslation('handover')
  const format = useFormat()
  const unacknowledged = Object.values(report.unacknowledged).reduce((all, one) => all + one, 0)
  const counts = [
    ['outages', report.openOutages.length],
    ['alarms', report.openAlarmsTotal],
    ['unacknowledged', unacknowledged],
    ['shelved', report.shelved.length],
    ['cleared', report.clearedCount],
  ] as const
  return (
    <dl className="ho-counts">
      {counts.map(([name, count]) => (
        <div key={name}>
          <dt>{t(`counts.${name}`)}</dt>
          <dd>{format.number(count)}</dd>
        </div>
      ))}
    </dl>
  )
}

const Outages = ({
  rows,
  ended,
}: {
  readonly rows: readonly OutageRow[]
  readonly ended: boolean
}) => {
  const { t } = useTranslation('handover')
  const { t: name } = useTranslation('notify')
  const format = useFormat()
  return (
    <SheetTable
      label={t(ended ? 'section.endedOutages' : 'section.openOutages')}
      heads={[
        t('head.where'),
        t('head.verdict'),
        t('head.onus'),
        t(ended ? 'head.until' : 'head.since'),
        t('head.owner'),
      ]}
      numbers={[2]}
      empty={t(ended ? 'none.endedOutages' : 'none.openOutages')}
      rows={rows.map((row) => ({
        key: row.id,
        cells: [
          <RouteLink key="w" to={paths.outage(row.id)}>
            {placeOfOutage(row)}
          </RouteLink>,
          row.corrected === null
            ? `${name(`verdict.${row.verdict}`)} (${t(`confidence.${row.confidence}`)})`
            : `${name(`verdict.${row.corrected.verdict}`)} (${t('corrected')})`,
          `${format.number(row.down)}/${format.number(row.affectedOnus)}`,
          momentText(format, ended ? row.endedAt : row.beganAt),
          row.owner?.name ?? '–',
        ],
      }))}
    />
  )
}

const Alarms = ({
  rows,
  total,
}: {
  readonly rows: readonly AlarmRow[]
  readonly total: number
}) => {
  const { t } = useTranslation('handover')
  const { t: name } = useTranslation('notify')
  const format = useFormat()
  return (
    <>
      <SheetTable
        label={t('section.openAlarms')}
        heads={[
          t('head.severity'),
          t('head.what'),
          t('head.where'),
          t('head.since'),
          t('head.owner'),
        ]}
        empty={t('none.openAlarms')}
        rows={rows.map((alarm) => ({
          key: alarm.id,
          cells: [
            <SeverityBadge key="s" severity={alarm.severity} />,
            <RouteLink key="w" to={paths.alarm(alarm.id)}>
              {name(`type.${alarm.type}`)}
            </RouteLink>,
            placeOfAlarm(alarm) || '–',
            momentText(format, alarm.raisedAt),
            alarm.assignee?.name ?? '–',
          ],
        }))}
      />
      {total > rows.length && (
        <p className="nc-panel__body">
          <RouteLink to={paths.alarms()}>{t('more', { count: total - rows.length })}</RouteLink>
        </p>
      )}
    </>
  )
}

const Shelved = ({ rows }: { readonly rows: readonly AlarmRow[] }) => {
  const { t } = useTranslation('handover')
  const { t: name } = useTranslation('notify')
  const format = useFormat()
  return (
    <SheetTable
      label={t('section.shelved')}
      heads={[t('head.what'), t('head.where'), t('head.reason'), t('head.until')]}
      empty={t('none.shelved')}
      rows={rows.map((alarm) => ({
        key: alarm.id,
        cells: [
          <RouteLink key="w" to={paths.alarm(alarm.id)}>
            {name(`type.${alarm.type}`)}
          </RouteLink>,
          placeOfAlarm(alarm) || '–',
          alarm.shelved?.reason ?? '',
          momentText(format, alarm.shelved?.until ?? null),
        ],
      }))}
    />
  )
}

const Maintenance = ({ report }: { readonly report: HandoverReport }) => {
  const { t } = useTranslation('handover')
  const format = useFormat()
  return (
    <SheetTable
      label={t('section.maintenance')}
      heads={[t('head.what'), t('head.state'), t('head.since'), t('head.until')]}
      empty={t('none.maintenance')}
      rows={report.maintenance.map(({ id, title, state, startsAt, endsAt }) => ({
        key: id,
        cells: [
          <RouteLink key="w" to={paths.maintenance()}>
            {title}
          </RouteLink>,
          t(state === 'active' ? 'windowState.active' : 'windowState.planned'),
          momentText(format, startsAt),
          momentText(format, endsAt),
        ],
      }))}
    />
  )
}

const Olts = ({ report }: { readonly report: HandoverReport }) => {
  const { t } = useTranslation('handover')
  const format = useFormat()
  const link = (oltId: string, text: string): ReactNode => (
    <RouteLink to={paths.olt(oltId)}>{text}</RouteLink>
  )
  return (
    <SheetTable
      label={t('section.olts')}
      heads={[t('head.where'), t('head.state'), t('head.when')]}
      empty={t('none.olts')}
      rows={[
        ...report.lostOlts.map(({ oltId, name, since }) => ({
          key: `lost ${oltId}`,
          cells: [link(oltId, name), t('lost'), momentText(format, since)],
        })),
        ...report.quietOlts.map(({ oltId, name, until }) => ({
          key: `quiet ${oltId}`,
          cells: [
            link(oltId, name),
            t('quiet'),
            until === null ? t('forever') : momentText(format, until),
          ],
        })),
      ]}
    />
  )
}

const Owners = ({ report }: { readonly report: HandoverReport }) => {
  const { t } = useTranslation('handover')
  const format = useFormat()
  return (
    <SheetTable
      label={t('section.owners')}
      heads={[t('head.who'), t('head.outages'), t('head.alarms')]}
      numbers={[1, 2]}
      empty={t('none.owners')}
      rows={report.owners.map(({ person, alarms, outages }) => ({
        key: person.accountId ?? person.name,
        cells: [person.name, format.number(outages), format.number(alarms)],
      }))}
    />
  )
}

const Raised = ({ report }: { readonly report: HandoverReport }) => {
  const { t } = useTranslation('handover')
  const { t: name } = useTranslation('notify')
  const format = useFormat()
  return (
    <SheetTable
      label={t('section.raised')}
      heads={[t('head.severity'), t('head.what'), t('head.count')]}
      numbers={[2]}
      empty={t('none.raised')}
      rows={report.raised.map(({ type, severity, count }) => ({
        key: `${type} ${severity}`,
        cells: [
          <SeverityBadge key="s" severity={severity} />,
          name(`type.${type}`),
          format.number(count),
        ],
      }))}
    />
  )
}

const Acts = ({ report }: { readonly report: HandoverReport }) => {
  const { t } = useTranslation('handover')
  const format = useFormat()
  return (
    <SheetTable
      label={t('section.acts')}
      heads={[t('head.when'), t('head.who'), t('head.what'), t('head.where')]}
      empty={t('none.acts')}
      rows={report.acts.map(({ at, by, command, subject }, index) => ({
        key: `${at} ${index}`,
        cells: [
          momentText(format, at),
          by ?? t('console'),
          <span key="c" className="nc-mono">
            {command}
          </span>,
          subject ?? '',
        ],
      }))}
    />
  )
}
