import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { documentKinds } from '../../../../src-shared/contract/billing-documents-model.ts'
import { currencyCodes } from '../../../../src-shared/domain/currencies.ts'
import { isDay, isNarrowed, plainView, type DocumentView } from './document-query.ts'

export interface DocumentFiltersProps {
  readonly view: DocumentView
  /** Of the subscriber that the list is narrowed to, as far as a row told it. */
  readonly subscriberName: string | undefined
  readonly onView: (view: DocumentView) => void
}

/** Which of them: kind, state, days of issue, currency, whose. */
export const DocumentFilters = ({ view, subscriberName, onView }: DocumentFiltersProps) => {
  const { t } = useTranslation('billing-documents')
  const ofOne = (
    [
      [
        'subscriberId',
        subscriberName === undefined ? t('ofOne') : t('ofSubscriber', { name: subscriberName }),
      ],
      ['subscriptionId', t('ofSubscription')],
      ['runId', t('ofRun')],
    ] as const
  ).filter(([key]) => view[key] !== null)
  const dayField = (key: 'from' | 'to', label: string) => (
    <TextInput
      type="date"
      size="xs"
      aria-label={label}
      title={label}
      value={view[key] ?? ''}
      onChange={(event) => {
        const day = event.currentTarget.value
        if (day === '' || isDay(day)) onView({ ...view, [key]: day === '' ? null : day })
      }}
    />
  )
  return (
    <div className="nbd-bar" role="group" aria-label={t('filters')}>
      <SegmentedControl
        size="xs"
        aria-label={t('col.state')}
        value={view.state ?? 'all'}
        onChange={(state) =>
          onView({ ...view, state: state === 'draft' || state === 'issued' ? state : null })
        }
        data={[
          { value: 'all', label: t('stateAll') },
          { value: 'issued', label: t('stateOf.issued') },
          { value: 'draft', label: t('stateOf.draft') },
        ]}
      />
      <Select
        size="xs"
        w={150}
        aria-label={t('col.kind')}
        allowDeselect={false}
        value={view.kind ?? ''}
        onChange={(kind) =>
          onView({ ...view, kind: documentKinds.find((one) => one === kind) ?? null })
        }
        data={[
          { value: '', label: t('kindAll') },
          ...documentKinds.map((value) => ({ value, label: t(`kind.${value}`) })),
        ]}
      />
      <span className="nbd-days">
        <span className="nc-soft nc-small">{t('from')}</span>
        {dayField('from', t('from'))}
        <span className="nc-soft nc-small">{t('until')}</span>
        {dayField('to', t('until'))}
      </span>
      <Select
        size="xs"
        w={150}
        searchable
        aria-label={t('col.currency')}
        allowDeselect={false}
        value={view.currency ?? ''}
        onChange={(currency) =>
          onView({ ...view, currency: currency === null || currency === '' ? null : currency })
        }
        data={[{ value: '', label: t('currencyAll') }, ...currencyCodes]}
      />
      {ofOne.map(([key, word]) => (
        <Button
          key={key}
          size="compact-sm"
          variant="light"
          title={t('lift')}
          rightSection={<IconX size={13} aria-hidden="true" />}
          onClick={() => onView({ ...view, [key]: null })}
        >
          {word}
        </Button>
      ))}
      {isNarrowed(view) && (
        <Button size="compact-sm" variant="subtle" onClick={() => onView(plainView)}>
          {t('clear')}
        </Button>
      )}
    </div>
  )
}
