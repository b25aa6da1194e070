import { Button } from '@mantine/core'
import { IconMap2, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { MayOnly } from '../../components/may-only.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { mapQuery, writeCoordinates } from './coordinates.ts'
import { PlaceForm } from './place-form.tsx'
import './place-panel.css'

export interface PlacePanelProps {
  readonly oltId: string
  readonly address: OnuAddress
  /** As it is on the OLT now: another one than the place was made for is told. */
  readonly serial: string | null
}

/** Where an ONU hangs, for its page and its drawer. */
export const PlacePanel = ({ oltId, address, serial }: PlacePanelProps) => {
  const { t } = useTranslation('plant')
  const [edits, setEdits] = useState(false)
  const { value, failure, refresh } = useQuery(
    'plant.place',
    { oltId, address },
    { on: ['plant.changed'], everyMs: 100 },
  )
  const other = value?.serial != null && serial !== null && value.serial !== serial
  const coordinates = value?.coordinates ?? null
  const isNowhere =
    value !== undefined &&
    value.node === null &&
    value.streetAddress === '' &&
    value.coordinates === null
  return (
    <section className="nc-panel np-place" aria-label={t('place.title')}>
      <header className="nc-panel__head">
        <h2>{t('place.title')}</h2>
        {coordinates !== null && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconMap2 size={14} stroke={1.7} aria-hidden="true" />}
            onClick={() => navigate(paths.map(mapQuery(coordinates)))}
          >
            {t('action.map')}
          </Button>
        )}
        <MayOnly needs="plant.node.manage">
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPencil size={14} stroke={1.7} aria-hidden="true" />}
            onClick={() => setEdits(true)}
            disabled={value === undefined}
          >
            {t(isNowhere ? 'place.set' : 'place.change')}
          </Button>
        </MayOnly>
      </header>
      <div className="nc-panel__body">
        {failure !== undefined && <FailureState brief failure={failure} onRetry={refresh} />}
        {isNowhere && <p className="nc-soft">{t('place.none')}</p>}
        {value !== undefined && !isNowhere && (
          <dl className="nc-facts np-place__facts">
            <dt>{t('place.node')}</dt>
            <dd>
              {value.node === null ? (
                <span className="nc-faint">{t('place.nowhere')}</span>
              ) : (
                <RouteLink to={paths.plant(value.node.id)}>{value.node.path}</RouteLink>
              )}
            </dd>
            {value.node !== null && (
              <>
                <dt>{t('field.port')}</dt>
                <dd>{value.nodePort ?? <span className="nc-faint">{t('ports.notSaid')}</span>}</dd>
              </>
            )}
            <dt>{t('field.streetAddress')}</dt>
            <dd>
              {value.streetAddress === '' ? (
                <span className="nc-faint">{t('details.notSaid')}</span>
              ) : (
                value.streetAddress
              )}
            </dd>
            <dt>{t('field.coordinates')}</dt>
            <dd className="nc-mono">
              {value.coordinates === null ? (
                <span className="nc-faint">{t('details.notSaid')}</span>
              ) : (
                writeCoordinates(value.coordinates)
              )}
            </dd>
          </dl>
        )}
        {other && (
          <p className="np-place__other" role="note">
            {t('place.other', { serial: value.serial })}
          </p>
        )}
      </div>
      {edits && <PlaceForm oltId={oltId} address={address} onClose={() => setEdits(false)} />}
    </section>
  )
}
