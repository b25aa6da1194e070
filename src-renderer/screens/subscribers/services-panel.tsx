import { Button } from '@mantine/core'
import { IconPlus, IconRouter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type {
  SubscriberRecord,
  SubscriberService,
} from '../../../src-shared/contract/subscribers-model.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ServiceCard } from './service-card.tsx'
import { ServiceDialog } from './service-dialog.tsx'
import { useSubscriberRights } from './subscriber-acts.ts'

/** What serves him: each service with its ONU, PON port, light and state. */
export const ServicesPanel = ({ record }: { readonly record: SubscriberRecord }) => {
  const { t } = useTranslation('subscribers')
  const rights = useSubscriberRights()
  const [edited, setEdited] = useState<SubscriberService | 'new' | null>(null)
  const mayAdd = rights.manage && record.status !== 'ended'
  const add = mayAdd && (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconPlus size={14} aria-hidden="true" />}
      onClick={() => setEdited('new')}
    >
      {t('service.add')}
    </Button>
  )
  return (
    <section className="nc-panel">
      <div className="nc-panel__head">
        <h2>{t('service.title')}</h2>
        {record.services.length > 0 && add}
      </div>
      {record.services.length === 0 ? (
        <EmptyState
          icon={IconRouter}
          title={t('service.none')}
          text={t('service.noneText')}
          action={add}
        />
      ) : (
        <ul className="nsu-list">
          {record.services.map((service) => (
            <li key={service.id}>
              <ServiceCard
                record={record}
                service={service}
                onEdit={rights.manage ? () => setEdited(service) : null}
              />
            </li>
          ))}
        </ul>
      )}
      {record.servicesBeyond > 0 && (
        <p className="nc-panel__body nc-soft">
          {t('facts.beyond', { count: record.servicesBeyond })}
        </p>
      )}
      {edited !== null && (
        <ServiceDialog
          record={record}
          service={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </section>
  )
}
