import { ActionIcon, Tooltip } from '@mantine/core'
import { IconPencil, IconPlugConnectedX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { formatOnu, type OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { paths } from '../../app/paths.ts'
import { Dbm } from '../../components/dbm.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { PlaceForm } from './place-form.tsx'
import { changePlace } from './plant-acts.ts'

interface Onu {
  readonly oltId: string
  readonly address: OnuAddress
}

/** ONUs that hang on a node, with state and light. */
export const HungOnus = ({ detail }: { readonly detail: Output<'plant.node'> }) => {
  const { t } = useTranslation('plant')
  const [edited, setEdited] = useState<Onu | null>(null)
  return (
    <section aria-label={t('onus.title')} className="np-onus">
      <h3 className="np-section">{t('onus.title')}</h3>
      <table className="nc-table">
        <thead>
          <tr>
            <th className="nc-num">{t('field.port')}</th>
            <th>{t('field.onu')}</th>
            <th>{t('field.address')}</th>
            <th>{t('field.state')}</th>
            <th className="nc-num">{t('field.light')}</th>
            <th>{t('field.streetAddress')}</th>
            <th>
              <span className="nc-hidden">{t('onus.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {detail.onus.map(({ nodePort, streetAddress, onu }) => (
            <tr key={`${onu.oltId} ${formatOnu(onu.address)}`}>
              <td className="nc-num">
                {nodePort ?? <span className="nc-faint">{t('ports.notSaid')}</span>}
              </td>
              <td className="np-cell">
                <RouteLink to={paths.onu(onu.oltId, onu.address)}>
                  {onu.name ?? onu.serial ?? formatOnu(onu.address)}
                </RouteLink>
              </td>
              <td className="np-cell" title={onu.oltName}>
                {onu.oltId !== detail.fedBy?.oltId && `${onu.oltName} `}
                <span className="nc-mono">{formatOnu(onu.address)}</span>
              </td>
              <td>
                <StateBadge state={onu.state} causeClass={onu.causeClass} cause={onu.cause} />
              </td>
              <td className="nc-num">
                <Dbm value={onu.onuRxDbm} marginDb={onu.marginDb} />
              </td>
              <td className="np-cell np-street" title={streetAddress}>
                {streetAddress}
              </td>
              <td>
                <Acts onu={onu} onEdit={() => setEdited(onu)} />
              </td>
            </tr>
          ))}
          {detail.gone.map((one) => (
            <tr key={`${one.oltId} ${formatOnu(one.address)}`}>
              <td className="nc-num">{one.nodePort ?? ''}</td>
              <td className="nc-soft">{t('gone.word')}</td>
              <td className="np-cell">
                {one.oltName} <span className="nc-mono">{formatOnu(one.address)}</span>
              </td>
              <td className="nc-soft" colSpan={2}>
                {t('gone.hint')}
              </td>
              <td className="np-cell nc-cut">{one.streetAddress}</td>
              <td>
                <Acts onu={one} onEdit={null} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {edited !== null && (
        <PlaceForm oltId={edited.oltId} address={edited.address} onClose={() => setEdited(null)} />
      )}
    </section>
  )
}

const Acts = ({ onu, onEdit }: { readonly onu: Onu; readonly onEdit: (() => void) | null }) => {
  const { t } = useTranslation('plant')
  return (
    <span className="np-acts">
      {onEdit !== null && (
        <Tooltip label={t('action.editPlace')}>
          <ActionIcon size={22} aria-label={t('action.editPlace')} onClick={onEdit}>
            <IconPencil size={14} stroke={1.7} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip label={t('action.takeOff')}>
        <ActionIcon
          size={22}
          aria-label={t('action.takeOff')}
          onClick={() => void changePlace(onu, { nodeId: null, nodePort: null })}
        >
          <IconPlugConnectedX size={14} stroke={1.7} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
    </span>
  )
}
