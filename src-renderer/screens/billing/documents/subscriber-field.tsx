import { Select } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../../client/hooks.ts'

export interface SubscriberFieldProps {
  readonly value: string | null
  readonly onChange: (subscriberId: string | null) => void
  readonly disabled?: boolean
  /** Nobody may stay in it. */
  readonly optional?: boolean
  /** Missing: said below the field. */
  readonly error?: string | undefined
}

/** A subscriber, found by the engine as he is typed. */
export const SubscriberField = ({
  value,
  onChange,
  disabled,
  optional,
  error,
}: SubscriberFieldProps) => {
  const { t } = useTranslation('billing-documents')
  const [typed, setTyped] = useState('')
  const [search, setSearch] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), 200)
    return () => clearTimeout(timer)
  }, [typed])
  const found = useQuery('subscribers.list', { filter: { search }, limit: 20 })
  const chosen = useQuery('subscribers.record', { id: value ?? '' }, { skip: value === null }).value
  const labelOf = (one: { readonly name: string; readonly code: string }): string =>
    `${one.name} · ${one.code}`
  const own = chosen !== undefined && chosen.id === value ? chosen : undefined
  const rows = (found.value?.subscribers ?? []).filter(({ id }) => id !== own?.id)
  return (
    <Select
      label={t('draft.subscriber')}
      placeholder={t('draft.subscriberHint')}
      searchable
      withAsterisk={optional !== true}
      clearable={optional === true}
      disabled={disabled === true}
      nothingFoundMessage={t('draft.noSubscriber')}
      value={value}
      onChange={(id) => {
        onChange(id)
        setTyped('')
      }}
      onSearchChange={(text) => {
        // What stands in it once somebody is chosen is his own label.
        if (own === undefined || text !== labelOf(own)) setTyped(text)
      }}
      // The engine has found them already, by code and telephone number too.
      filter={({ options }) => options}
      data={[...(own === undefined ? [] : [own]), ...rows].map((one) => ({
        value: one.id,
        label: labelOf(one),
      }))}
      error={error}
    />
  )
}
