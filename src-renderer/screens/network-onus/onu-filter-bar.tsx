import { Button, Checkbox } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { memo, useCallback, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OltRow, OnuCounts, OnuFilter } from '../../../src-shared/contract/network-model.ts'
import { formatPon, type PonAddress } from '../../../src-shared/domain/onu-address.ts'
import { signalClasses, type SignalClass } from '../../../src-shared/domain/optics.ts'
import { useQuery } from '../../client/hooks.ts'
import { SignalBadge } from '../../components/signal-badge.tsx'
import { stateColour, stateIcon } from '../../components/state-badge.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useLive } from '../../state/live.ts'
import { FilterMenu } from './filter-menu.tsx'
import { emptyFilter, isFiltered, stateFilterNames, type OnuStateFilter } from './onu-query.ts'
import { SearchBox } from './search-box.tsx'

export interface OnuFilterBarProps {
  readonly filter: OnuFilter
  readonly olts: readonly OltRow[]
  readonly onFilter: (change: (filter: OnuFilter) => OnuFilter) => void
  readonly onDown: () => void
}

const countOf = (counts: OnuCounts, state: OnuStateFilter): number => {
  switch (state) {
    case 'offline-power':
      return counts.offlinePower
    case 'offline-optical':
      return counts.offlineOptical
    case 'offline-other':
      return counts.offlineOther
    case 'auth-failed':
      return counts.authFailed
    default:
      return counts[state]
  }
}

export const OnuFilterBar = ({ filter, olts, onFilter, onDown }: OnuFilterBarProps): ReactNode => {
  const { t } = useTranslation('network')
  const onText = useCallback(
    (search: string) => onFilter((before) => ({ ...before, search })),
    [onFilter],
  )
  return (
    <div className="nc-onus__filters" role="search">
      <SearchBox
        text={filter.search}
        onText={onText}
        onDown={onDown}
        label={t('onus.searchLabel')}
        placeholder={t('onus.searchPlaceholder')}
      />
      <Choices
        states={filter.states}
        signals={filter.signals}
        oltIds={filter.oltIds}
        pon={filter.pon}
        duplicateSerial={filter.duplicateSerial}
        filtered={isFiltered(filter)}
        olts={olts}
        onFilter={onFilter}
      />
    </div>
  )
}

interface ChoicesProps extends Omit<OnuFilter, 'search'> {
  readonly filtered: boolean
  readonly olts: readonly OltRow[]
  readonly onFilter: OnuFilterBarProps['onFilter']
}

/** All but the search, apart from it: they need not be made anew for each letter. */
const Choices = memo((props: ChoicesProps): ReactNode => {
  const { states, signals, oltIds, pon, duplicateSerial, filtered, olts, onFilter } = props
  const { t } = useTranslation('network')
  const format = useFormat()
  const counts = useLive((state) => state.counts)
  const oneOlt = oltIds.length === 1 ? oltIds[0] : undefined

  const stateOptions = stateFilterNames.map((state) => {
    const Icon = stateIcon(state)
    return {
      value: state,
      label: t(`state.${state}`),
      icon: (
        <Icon size={15} stroke={1.8} aria-hidden="true" style={{ color: stateColour(state) }} />
      ),
      ...(counts === undefined ? {} : { count: format.number(countOf(counts, state)) }),
    }
  })

  const signalOptions = signalClasses.map((signal: SignalClass) => ({
    value: signal,
    label: t(`signal.${signal}`),
    icon: <SignalBadge signal={signal} iconOnly />,
  }))

  return (
    <>
      <FilterMenu
        label={t('onus.filter.state')}
        options={stateOptions}
        chosen={states}
        onChosen={(chosen) =>
          onFilter((before) => ({
            ...before,
            states: stateFilterNames.filter((name) => chosen.includes(name)),
          }))
        }
      />
      <FilterMenu
        label={t('onus.filter.signal')}
        options={signalOptions}
        chosen={signals}
        onChosen={(chosen) =>
          onFilter((before) => ({
            ...before,
            signals: signalClasses.filter((name) => chosen.includes(name)),
          }))
        }
      />
      <FilterMenu
        label={t('onus.filter.olt')}
        options={olts.map((olt) => ({
          value: olt.id,
          label: olt.name,
          count: format.number(olt.counts.total),
        }))}
        chosen={oltIds}
        onChosen={(chosen) => onFilter((before) => ({ ...before, oltIds: [...chosen], pon: null }))}
        find={{ placeholder: t('onus.filter.findOlt'), nothing: t('onus.filter.noOlts') }}
      />
      {oneOlt !== undefined && (
        <PonFilter
          oltId={oneOlt}
          pon={pon}
          onPon={(chosen) => onFilter((before) => ({ ...before, pon: chosen }))}
        />
      )}
      <Checkbox
        className="nc-onus__duplicate"
        label={t('onus.filter.duplicate')}
        checked={duplicateSerial}
        onChange={(event) => {
          const checked = event.currentTarget.checked
          onFilter((before) => ({ ...before, duplicateSerial: checked }))
        }}
      />
      {filtered && (
        <Button
          variant="subtle"
          leftSection={<IconX size={14} stroke={1.7} aria-hidden="true" />}
          onClick={() => onFilter(() => emptyFilter)}
        >
          {t('onus.filter.clear')}
        </Button>
      )}
    </>
  )
})
Choices.displayName = 'Choices'

interface PonFilterProps {
  readonly oltId: string
  readonly pon: PonAddress | null
  readonly onPon: (pon: PonAddress | null) => void
}

const PonFilter = ({ oltId, pon, onPon }: PonFilterProps): ReactNode => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const { value } = useQuery('network.olt', { oltId })
  const ports = value?.ponPorts ?? []
  // A port that a link names is offered even before the OLT's ports are known.
  const all: readonly (PonAddress & { readonly counts?: OnuCounts })[] =
    pon === null || ports.some((port) => formatPon(port) === formatPon(pon))
      ? ports
      : [pon, ...ports]
  return (
    <FilterMenu
      label={t('onus.filter.pon')}
      options={all.map((port) => ({
        value: formatPon(port),
        label: formatPon(port),
        ...(port.counts === undefined ? {} : { count: format.number(port.counts.total) }),
      }))}
      chosen={pon === null ? [] : [formatPon(pon)]}
      onChosen={(chosen) => {
        const last = all.find((port) => formatPon(port) === chosen.at(-1))
        onPon(last === undefined ? null : { shelf: last.shelf, slot: last.slot, port: last.port })
      }}
    />
  )
}
