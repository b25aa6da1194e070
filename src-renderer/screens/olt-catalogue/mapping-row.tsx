import { NativeSelect } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { errorText } from '../../components/error-text.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useMay } from '../olt-cli/use-may.ts'
import type { CatalogueEntry, CatalogueLists } from './catalogue-model.ts'
import { ReadNow, useReading } from './read-now.tsx'
import { choicesFor, isMapped, isMissing, mappedParts, type SpeedOnOlt } from './speed-model.ts'

export interface MappingRowProps {
  readonly olt: Pick<OltRow, 'id' | 'name'>
  readonly on: SpeedOnOlt
  readonly onChange: (on: SpeedOnOlt) => void
  /** What the OLT offers, for whoever suggests. */
  readonly onLists: (oltId: string, lists: CatalogueLists) => void
}

/** What gives the speed on one OLT, chosen from what that OLT offers. */
export const MappingRow = ({ olt, on, onChange, onLists }: MappingRowProps) => {
  const { t } = useTranslation('catalogue')
  const format = useFormat()
  const { value, refresh } = useQuery('provisioning.catalogue', { oltId: olt.id })
  /** Many OLTs number their traffic tables: what a number gives must be seen before it is chosen. */
  const ratesOf = ({ upKbps, downKbps }: CatalogueEntry): readonly string[] =>
    downKbps === upKbps
      ? downKbps === null
        ? []
        : [format.rate(downKbps)]
      : [
          ...(downKbps === null ? [] : [t('speeds.rateDown', { rate: format.rate(downKbps) })]),
          ...(upKbps === null ? [] : [t('speeds.rateUp', { rate: format.rate(upKbps) })]),
        ]
  const labelOf = (entry: CatalogueEntry): string => {
    const { id, name } = entry
    const rates = ratesOf(entry)
    return `${id === name ? id : `${id} ${name}`}${rates.length === 0 ? '' : ` · ${rates.join(', ')}`}`
  }
  useEffect(() => {
    if (value !== undefined) onLists(olt.id, value.lists)
  }, [value, olt.id, onLists])
  return (
    <tr>
      <th scope="row" className="ncat-olt">
        {olt.name}
        {isMapped(on) ? null : (
          <span className="ncat-gap" title={t('speeds.gap')}>
            <IconAlertTriangle size={13} stroke={1.8} role="img" aria-label={t('speeds.gap')} />
          </span>
        )}
      </th>
      {value?.readAt === null && !isMapped(on) ? (
        <td colSpan={mappedParts.length} className="nc-soft">
          <NotRead oltId={olt.id} onRead={refresh} />
        </td>
      ) : (
        mappedParts.map(([part, kind]) => {
          const chosen = on[part]
          const entries = choicesFor(part, value?.lists[kind] ?? [])
          const missing = isMissing(value?.lists, kind, chosen)
          const known = entries.some(({ id }) => id === chosen)
          return (
            <td key={part}>
              <NativeSelect
                size="xs"
                aria-label={`${olt.name}: ${t(`part.${part}`)}`}
                value={chosen ?? ''}
                error={missing ? t('speeds.missing') : null}
                disabled={entries.length === 0 && chosen === null}
                onChange={(event) =>
                  onChange({
                    ...on,
                    [part]: event.currentTarget.value === '' ? null : event.currentTarget.value,
                  })
                }
                data={[
                  { value: '', label: t('speeds.asItIs') },
                  ...(chosen !== null && !known ? [{ value: chosen, label: chosen }] : []),
                  ...entries.map((entry) => ({ value: entry.id, label: labelOf(entry) })),
                ]}
              />
            </td>
          )
        })
      )}
    </tr>
  )
}

/** Read where it is needed: whoever fills in the form need not leave it. */
const NotRead = ({ oltId, onRead }: { readonly oltId: string; readonly onRead: () => void }) => {
  const { t } = useTranslation('catalogue')
  const { t: tError } = useTranslation('error')
  const manages = useMay('provisioning.catalogue.manage')
  const reading = useReading(oltId, onRead)
  const { state } = reading.task
  return (
    <>
      {state.kind === 'failed' ? errorText(tError, state.failure).what : t('speeds.notRead')}{' '}
      {manages ? (
        <ReadNow reading={reading} size="compact-xs" variant="default" />
      ) : (
        <RouteLink to={paths.catalogue(oltId)}>{t('speeds.toCatalogue')}</RouteLink>
      )}
    </>
  )
}
