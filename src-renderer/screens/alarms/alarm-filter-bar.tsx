import { Button, Checkbox } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useCallback, type ReactNode } from 'react'
import type { AlarmFilter } from '../../../src-shared/contract/alarms-model.ts'
import type { AlarmsSummary } from '../../../src-shared/contract/alarms.ts'
import { alarmTypes } from '../../../src-shared/domain/alarm-rules.ts'
import { severities, type Severity } from '../../../src-shared/domain/severity.ts'
import { useQuery } from '../../client/hooks.ts'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { FilterMenu } from '../network-onus/filter-menu.tsx'
import { SearchBox } from '../network-onus/search-box.tsx'
import { emptyAlarmFilter, isAlarmFiltered } from './alarm-query.ts'
import { placeWord } from './alarm-words.ts'
import { PeriodFilter } from './period-filter.tsx'
import { useSpeaker } from './use-speaker.ts'

export interface AlarmFilterBarProps {
  readonly filter: AlarmFilter
  readonly summary: AlarmsSummary | undefined
  readonly onFilter: (change: (filter: AlarmFilter) => AlarmFilter) => void
  readonly onDown: () => void
}

type Triple = 'yes' | 'no'

const fromTriple = (chosen: readonly Triple[]): boolean | null =>
  chosen.length === 1 ? chosen[0] === 'yes' : null

const toTriple = (value: boolean | null): readonly Triple[] =>
  value === null ? [] : [value ? 'yes' : 'no']

export const AlarmFilterBar = (props: AlarmFilterBarProps): ReactNode => {
  const { filter, summary, onFilter, onDown } = props
  const speaker = useSpeaker()
  const { t, format } = speaker
  const { value } = useQuery('network.olts', {}, { on: ['network.changed'], everyMs: 60_000 })
  const onText = useCallback(
    (search: string) => onFilter((before) => ({ ...before, search })),
    [onFilter],
  )
  const turnSeverity = (severity: Severity): void =>
    onFilter((before) => ({
      ...before,
      severities: severities.filter((each) =>
        each === severity ? !before.severities.includes(each) : before.severities.includes(each),
      ),
    }))
  const isOpen = filter.list === 'open'
  const olts = value?.olts ?? []
  return (
    <div className="na-filters" role="search">
      <SearchBox
        text={filter.search}
        onText={onText}
        onDown={onDown}
        label={t('filter.search')}
        placeholder={t('filter.searchPlaceholder')}
      />
      <div className="na-chips" role="group" aria-label={t('column.severity')}>
        {severities.map((severity) => (
          <button
            key={severity}
            type="button"
            className="na-chip"
            aria-pressed={filter.severities.includes(severity)}
            onClick={() => turnSeverity(severity)}
          >
            <SeverityBadge severity={severity} short />
            <span className="nc-hidden">{t(`severity.${severity}`, { ns: 'common' })}</span>
            {isOpen && summary !== undefined && (
              <span className="na-chip__count">{format.number(summary.active[severity])}</span>
            )}
          </button>
        ))}
        {isOpen && (
          <button
            type="button"
            className="na-chip"
            aria-pressed={filter.cleared === true}
            title={t('filter.clearedHint')}
            onClick={() =>
              onFilter((before) => ({ ...before, cleared: before.cleared === true ? null : true }))
            }
          >
            <SeverityBadge severity="cleared" short />
            <span className="nc-hidden">{t('filter.cleared')}</span>
            {summary !== undefined && (
              <span className="na-chip__count">{format.number(summary.cleared)}</span>
            )}
          </button>
        )}
      </div>
      <FilterMenu
        label={t('filter.type')}
        options={alarmTypes.map((type) => ({ value: type, label: t(`type.${type}`) }))}
        chosen={filter.types}
        onChosen={(chosen) =>
          onFilter((before) => ({
            ...before,
            types: alarmTypes.filter((type) => chosen.includes(type)),
          }))
        }
        find={{ placeholder: t('filter.findType'), nothing: t('filter.noType') }}
      />
      <FilterMenu
        label={t('filter.olt')}
        options={olts.map((olt) => ({ value: olt.id, label: olt.name }))}
        chosen={filter.oltIds}
        onChosen={(chosen) => onFilter((before) => ({ ...before, oltIds: [...chosen] }))}
        find={{ placeholder: t('filter.findOlt'), nothing: t('filter.noOlt') }}
      />
      {filter.list !== 'history' && (
        <FilterMenu<Triple>
          label={t('filter.acknowledged')}
          options={[
            { value: 'no', label: t('filter.unacknowledged') },
            { value: 'yes', label: t('filter.isAcknowledged') },
          ]}
          chosen={toTriple(filter.acknowledged)}
          onChosen={(chosen) =>
            onFilter((before) => ({ ...before, acknowledged: fromTriple(chosen) }))
          }
        />
      )}
      <PeriodFilter
        from={filter.from}
        to={filter.to}
        onPeriod={(from, to) => onFilter((before) => ({ ...before, from, to }))}
      />
      <Checkbox
        className="na-mine"
        label={t('filter.mine')}
        checked={filter.assignedToMe}
        onChange={(event) => {
          const { checked } = event.currentTarget
          onFilter((before) => ({ ...before, assignedToMe: checked }))
        }}
      />
      {filter.resource !== null && (
        <Button
          variant="default"
          className="nc-filter"
          data-chosen=""
          rightSection={<IconX size={13} aria-hidden="true" />}
          aria-label={t('filter.anywhere')}
          onClick={() => onFilter((before) => ({ ...before, resource: null }))}
        >
          {placeWord(speaker, filter.resource)}
        </Button>
      )}
      {filter.outageId !== null && (
        <Button
          variant="default"
          className="nc-filter"
          data-chosen=""
          rightSection={<IconX size={13} aria-hidden="true" />}
          aria-label={t('filter.anyOutage')}
          onClick={() => onFilter((before) => ({ ...before, outageId: null }))}
        >
          {t('filter.ofOutage')}
        </Button>
      )}
      {isAlarmFiltered(filter) && (
        <Button
          variant="subtle"
          leftSection={<IconX size={14} stroke={1.7} aria-hidden="true" />}
          onClick={() => onFilter((before) => ({ ...emptyAlarmFilter, list: before.list }))}
        >
          {t('filter.clear')}
        </Button>
      )}
    </div>
  )
}
