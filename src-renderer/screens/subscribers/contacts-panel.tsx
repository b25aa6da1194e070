import { Button } from '@mantine/core'
import { IconMap2, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SubscriberRecord } from '../../../src-shared/contract/subscribers-model.ts'
import { shownPhone } from '../../../src-shared/domain/phone.ts'
import { paths } from '../../app/paths.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useEntrance } from '../../state/workspace.ts'
import { mapQuery, writeCoordinates } from '../plant/coordinates.ts'
import { AddressesDialog } from './addresses-dialog.tsx'
import { ContactsDialog } from './contacts-dialog.tsx'
import { useSubscriberRights } from './subscriber-acts.ts'

/** How to reach him, and where he lives. */
export const ContactsPanel = ({ record }: { readonly record: SubscriberRecord }) => {
  const { t } = useTranslation('subscribers')
  const rights = useSubscriberRights()
  const seesMap = useEntrance(
    (state) => state.session?.permissions.includes('plant.node.read') ?? false,
  )
  const [dialog, setDialog] = useState<'contacts' | 'addresses' | null>(null)
  const edit = (which: 'contacts' | 'addresses') =>
    rights.manage && (
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPencil size={14} aria-hidden="true" />}
        onClick={() => setDialog(which)}
      >
        {t(`${which}.edit`)}
      </Button>
    )
  return (
    <div className="nsu-columns">
      <section className="nc-panel">
        <div className="nc-panel__head">
          <h2>{t('contacts.title')}</h2>
          {edit('contacts')}
        </div>
        {record.contacts.length === 0 ? (
          <p className="nc-panel__body nc-soft">{t('contacts.none')}</p>
        ) : (
          <ul className="nsu-list">
            {record.contacts.map((one) => (
              <li key={one.id}>
                <div className="nsu-row">
                  <strong>{one.name === '' ? record.name : one.name}</strong>
                  <span className="nc-soft">{t(`role.${one.role}`)}</span>
                  <span className="nc-soft">{t(`channel.${one.channel}`)}</span>
                </div>
                <div className="nsu-row">
                  {one.phone !== '' && (
                    <span>
                      {shownPhone(one.phone)}{' '}
                      <CopyButton text={one.phone} label={t('field.phone')} />
                    </span>
                  )}
                  {one.email !== '' && (
                    <span>
                      {one.email} <CopyButton text={one.email} label={t('field.email')} />
                    </span>
                  )}
                </div>
                {one.note !== '' && <p className="nc-soft">{one.note}</p>}
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="nc-panel">
        <div className="nc-panel__head">
          <h2>{t('addresses.title')}</h2>
          {edit('addresses')}
        </div>
        {record.addresses.length === 0 ? (
          <p className="nc-panel__body nc-soft">{t('addresses.none')}</p>
        ) : (
          <ul className="nsu-list">
            {record.addresses.map((one) => (
              <li key={one.id}>
                <div className="nsu-row">
                  <strong>{t(`addressKind.${one.kind}`)}</strong>
                  <span className="nc-soft">{one.label}</span>
                </div>
                <p className="nsu-lines">
                  {[
                    one.lines,
                    [one.postcode, one.city].filter(Boolean).join(' '),
                    [one.region, one.country].filter(Boolean).join(', '),
                  ]
                    .filter(Boolean)
                    .join('\n')}
                </p>
                {one.coordinates !== null && (
                  <div className="nsu-row">
                    <span className="nc-mono">{writeCoordinates(one.coordinates)}</span>
                    <CopyButton
                      text={writeCoordinates(one.coordinates)}
                      label={t('field.coordinates')}
                    />
                    {seesMap && (
                      <RouteLink to={paths.map(mapQuery(one.coordinates))}>
                        <IconMap2 size={14} aria-hidden="true" /> {t('addresses.map')}
                      </RouteLink>
                    )}
                  </div>
                )}
              </li>
            ))}
          </ul>
        )}
      </section>
      {dialog === 'contacts' && <ContactsDialog record={record} onClose={() => setDialog(null)} />}
      {dialog === 'addresses' && (
        <AddressesDialog record={record} onClose={() => setDialog(null)} />
      )}
    </div>
  )
}
