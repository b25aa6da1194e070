import { ActionIcon, Button, Checkbox, Menu } from '@mantine/core'
import {
  IconBell,
  IconBellOff,
  IconDots,
  IconFileInvoice,
  IconRouter,
  IconUser,
} from '@tabler/icons-react'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Finding } from '../../../../src-shared/contract/billing-reconciliation.ts'
import { navigate } from '../../../app/location.ts'
import { paths } from '../../../app/paths.ts'
import { Since } from '../../../components/data-age.tsx'
import { Day, useDayText } from '../../../components/day.tsx'
import { Money } from '../../../components/money.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { StateBadge } from '../../../components/state-badge.tsx'
import { SortHead } from '../../network-olts/olt-table.tsx'
import { useRowKeys } from '../../network-traps/use-trap-table.ts'
import {
  findingColumns,
  mendOf,
  nameOf,
  placeText,
  type FindingColumn,
  type Mend,
  type MendRights,
} from './finding-model.ts'

export interface FindingTableProps {
  readonly findings: readonly Finding[]
  readonly may: MendRights
  readonly sort: { readonly column: FindingColumn; readonly descending: boolean }
  readonly onSort: (column: FindingColumn) => void
  readonly selected: ReadonlySet<string>
  readonly onSelect: (keys: readonly string[], on: boolean) => void
  readonly onMend: (finding: Finding, mend: Mend) => void
  readonly onIgnore: (findings: readonly Finding[]) => void
  readonly onHeed: (findings: readonly Finding[]) => void
}

export const FindingTable = (props: FindingTableProps) => {
  const { t } = useTranslation('billing-reconciliation')
  const { findings, may, sort, onSort, selected, onSelect, onMend } = props
  const keys = useRowKeys(
    useMemo(() => findings.map(({ key }) => key), [findings]),
    (key) => {
      const finding = findings.find((one) => one.key === key)
      const mend = finding === undefined ? null : mendOf(finding, may)
      if (finding !== undefined && mend !== null) onMend(finding, mend)
    },
  )
  const all = findings.every(({ key }) => selected.has(key))
  return (
    <section className="nc-panel nbl-scroll" tabIndex={-1} aria-label={t('title')}>
      <table className="nc-table" aria-label={t('title')}>
        <thead>
          <tr>
            <th scope="col">
              <Checkbox
                size="xs"
                aria-label={t('selectAll')}
                checked={all}
                indeterminate={!all && findings.some(({ key }) => selected.has(key))}
                onChange={() =>
                  onSelect(
                    findings.map(({ key }) => key),
                    !all,
                  )
                }
              />
            </th>
            {findingColumns.map((column) => (
              <SortHead
                key={column}
                label={t(`column.${column}`)}
                number={column === 'stake'}
                direction={
                  sort.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending'
                }
                onSort={() => onSort(column)}
              />
            ))}
            <th scope="col">{t('column.mend')}</th>
          </tr>
        </thead>
        <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
          {findings.map((finding) => (
            <tr
              key={finding.key}
              data-row={finding.key}
              data-ignored={finding.ignored !== null || undefined}
              tabIndex={keys.isCurrent(finding.key) ? 0 : -1}
              onFocus={() => keys.onFocus(finding.key)}
            >
              <td>
                <Checkbox
                  size="xs"
                  aria-label={t('select', { what: nameOf(finding) })}
                  checked={selected.has(finding.key)}
                  onChange={(event) => onSelect([finding.key], event.currentTarget.checked)}
                />
              </td>
              <Cells finding={finding} may={may} />
              <td>
                <Acts {...props} finding={finding} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const parts = ['lineProfile', 'serviceProfile', 'upProfile', 'downProfile'] as const
const isPart = (text: string): text is (typeof parts)[number] =>
  (parts as readonly string[]).includes(text)

const Cells = ({ finding, may }: { readonly finding: Finding; readonly may: MendRights }) => {
  const { t } = useTranslation('billing-reconciliation')
  const { t: billing } = useTranslation('billing')
  const day = useDayText()
  const { subscriber, service, subscription, onu, ignored } = finding
  return (
    <>
      <td title={t(`why.${finding.kind}`)}>
        <span className="nrc-what">{t(`kind.${finding.kind}`)}</span>
        {finding.differences.length > 0 && (
          <span className="nc-soft nc-small nrc-detail">
            {finding.differences
              .map(({ part, actual, wanted }) =>
                t('speedOf', {
                  part: isPart(part) ? billing(`subscriptions.speedPart.${part}`) : part,
                  actual: actual === '' ? t('noProfile') : actual,
                  wanted,
                }),
              )
              .join('; ')}
          </span>
        )}
        {finding.wanted !== null && (
          <span className="nbl-chip">{t(`wished.${finding.wanted}`)}</span>
        )}
        {ignored !== null && (
          <span className="nc-soft nc-small nrc-detail">
            {ignored.untilOn === null
              ? t('ignore.byForGood', { by: ignored.by ?? '–', reason: ignored.reason })
              : t('ignore.by', {
                  by: ignored.by ?? '–',
                  until: day(ignored.untilOn),
                  reason: ignored.reason,
                })}
          </span>
        )}
      </td>
      <td>
        {subscriber === null ? (
          <span className="nc-faint">{t('nobody')}</span>
        ) : (
          <>
            {may.readSubscribers ? (
              <RouteLink to={paths.subscriber(subscriber.id)}>{subscriber.name}</RouteLink>
            ) : (
              subscriber.name
            )}{' '}
            <span className="nc-mono nc-soft">{subscriber.code}</span>
          </>
        )}
        <span className="nc-soft nc-small nrc-detail">
          {[service?.name, subscription?.planName].filter(Boolean).join(' · ')}
        </span>
      </td>
      <td>
        {onu === null ? (
          <span className="nc-faint">–</span>
        ) : (
          <>
            {onu.address === null ? (
              <span className="nc-mono">{onu.serial}</span>
            ) : (
              <RouteLink to={paths.onu(onu.oltId, onu.address)} className="nc-mono">
                {onu.serial}
              </RouteLink>
            )}{' '}
            {onu.address !== null && <StateBadge state={onu.state} causeClass="unknown" iconOnly />}
            <span className="nc-soft nc-small nrc-detail">
              {placeText(onu)}
              {finding.places.length > 0 &&
                ` · ${t('alsoAt', { place: finding.places.map(placeText).join(', ') })}`}
            </span>
          </>
        )}
      </td>
      <td>
        {finding.sinceAt !== null ? (
          <Since at={finding.sinceAt} />
        ) : finding.sinceOn !== null ? (
          <Day on={finding.sinceOn} />
        ) : (
          <span className="nc-faint">{t('unknownSince')}</span>
        )}
      </td>
      <td className="nc-num">
        {finding.stake === null ? (
          <span className="nc-faint">{t('unknownStake')}</span>
        ) : (
          <Money minor={finding.stake.minor} currency={finding.stake.currency} />
        )}
      </td>
    </>
  )
}

const Acts = ({
  finding,
  may,
  onMend,
  onIgnore,
  onHeed,
}: FindingTableProps & { readonly finding: Finding }): ReactNode => {
  const { t } = useTranslation('billing-reconciliation')
  const mend = mendOf(finding, may)
  const { subscriber, onu } = finding
  return (
    <span className="nrc-acts">
      {mend !== null && (
        <Button size="compact-sm" variant="default" onClick={() => onMend(finding, mend)}>
          {t(`mend.${mend}`)}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('mend.more', { what: nameOf(finding) })}>
            <IconDots size={16} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {subscriber !== null && may.readSubscribers && (
            <>
              <Menu.Item
                leftSection={<IconUser size={15} aria-hidden="true" />}
                onClick={() => navigate(paths.subscriber(subscriber.id))}
              >
                {t('mend.file')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconFileInvoice size={15} aria-hidden="true" />}
                onClick={() => navigate(`${paths.subscriber(subscriber.id)}?tab=account`)}
              >
                {t('mend.account')}
              </Menu.Item>
            </>
          )}
          {onu !== null && onu.address !== null && (
            <Menu.Item
              leftSection={<IconRouter size={15} aria-hidden="true" />}
              onClick={() => navigate(paths.onu(onu.oltId, onu.address!))}
            >
              {t('mend.onu')}
            </Menu.Item>
          )}
          {may.manage &&
            (finding.ignored === null ? (
              <Menu.Item
                leftSection={<IconBellOff size={15} aria-hidden="true" />}
                onClick={() => onIgnore([finding])}
              >
                {t('mend.ignore')}
              </Menu.Item>
            ) : (
              <Menu.Item
                leftSection={<IconBell size={15} aria-hidden="true" />}
                onClick={() => onHeed([finding])}
              >
                {t('mend.heed')}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </span>
  )
}
