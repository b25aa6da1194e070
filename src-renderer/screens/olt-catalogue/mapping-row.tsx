import { NativeSelect } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { RouteLink } from '../../components/route-link.tsx'
import type { CatalogueLists } from './catalogue-model.ts'
import { isMapped, isMissing, mappedParts, type SpeedOnOlt } from './speed-model.ts'

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
  const { value } = useQuery('provisioning.catalogue', { oltId: olt.id })
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
          {t('speeds.notRead')}{' '}
          <RouteLink to={paths.catalogue(olt.id)}>{t('speeds.toCatalogue')}</RouteLink>
        </td>
      ) : (
        mappedParts.map(([part, kind]) => {
          const chosen = on[part]
          const entries = value?.lists[kind] ?? []
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
                  ...entries.map(({ id, name }) => ({
                    value: id,
                    label: id === name ? id : `${id} ${name}`,
                  })),
                ]}
              />
            </td>
          )
        })
      )}
    </tr>
  )
}
