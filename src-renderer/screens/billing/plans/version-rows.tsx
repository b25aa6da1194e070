import { ActionIcon, Button, Checkbox, NumberInput, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { MoneyField } from '../../../components/money-field.tsx'
import { newKey, type DiscountForm, type ExtraForm } from './version-form.ts'

export const ExtraRows = ({
  extras,
  currency,
  onChange,
}: {
  readonly extras: readonly ExtraForm[]
  readonly currency: string
  readonly onChange: (extras: readonly ExtraForm[]) => void
}) => {
  const { t } = useTranslation('billing')
  const set = (key: number, change: Partial<ExtraForm>): void =>
    onChange(extras.map((extra) => (extra.key === key ? { ...extra, ...change } : extra)))
  return (
    <div className="nbl-rows" tabIndex={-1}>
      {extras.length === 0 && <p className="nc-soft">{t('version.extra.none')}</p>}
      {extras.map((extra) => (
        <div key={extra.key} className="nbl-row" data-of="extra">
          <TextInput
            aria-label={t('version.extra.code')}
            placeholder={t('version.extra.code')}
            classNames={{ input: 'nc-mono' }}
            value={extra.code}
            maxLength={32}
            error={extra.code.trim() === ''}
            onChange={(event) => set(extra.key, { code: event.currentTarget.value })}
          />
          <TextInput
            aria-label={t('version.extra.name')}
            placeholder={t('version.extra.name')}
            value={extra.name}
            maxLength={120}
            error={extra.name.trim() === ''}
            onChange={(event) => set(extra.key, { name: event.currentTarget.value })}
          />
          <Select
            aria-label={t('version.extra.kind')}
            allowDeselect={false}
            data={(['one-off', 'recurring'] as const).map((value) => ({
              value,
              label: t(`version.extra.${value}`),
            }))}
            value={extra.kind}
            onChange={(kind) => set(extra.key, { kind: kind ?? extra.kind })}
          />
          <MoneyField
            label={t('version.extra.price')}
            hideLabel
            currency={currency}
            value={extra.price}
            onChange={(price) => set(extra.key, { price })}
          />
          <Checkbox
            label={t('version.extra.required')}
            checked={extra.required}
            onChange={(event) => set(extra.key, { required: event.currentTarget.checked })}
          />
          <ActionIcon
            aria-label={t('version.extra.remove', { name: extra.name })}
            onClick={() => onChange(extras.filter(({ key }) => key !== extra.key))}
          >
            <IconTrash size={15} aria-hidden="true" />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={13} aria-hidden="true" />}
          onClick={() =>
            onChange([
              ...extras,
              {
                key: newKey(),
                code: '',
                name: '',
                kind: 'recurring',
                price: '',
                required: false,
              },
            ])
          }
        >
          {t('version.extra.add')}
        </Button>
      </div>
    </div>
  )
}

export const DiscountRows = ({
  discounts,
  currency,
  today,
  onChange,
}: {
  readonly discounts: readonly DiscountForm[]
  readonly currency: string
  readonly today: string
  readonly onChange: (discounts: readonly DiscountForm[]) => void
}) => {
  const { t } = useTranslation('billing')
  const set = (key: number, change: Partial<DiscountForm>): void =>
    onChange(
      discounts.map((discount) => (discount.key === key ? { ...discount, ...change } : discount)),
    )
  return (
    <div className="nbl-rows" tabIndex={-1}>
      {discounts.length === 0 ? (
        <p className="nc-soft">{t('version.discount.none')}</p>
      ) : (
        <p className="nc-soft nc-small">{t('version.discount.cyclesHint')}</p>
      )}
      {discounts.map((discount) => (
        <div key={discount.key} className="nbl-row" data-of="discount">
          <TextInput
            aria-label={t('version.discount.name')}
            placeholder={t('version.discount.name')}
            value={discount.name}
            maxLength={120}
            error={discount.name.trim() === ''}
            onChange={(event) => set(discount.key, { name: event.currentTarget.value })}
          />
          <Select
            aria-label={t('version.discount.kind')}
            allowDeselect={false}
            data={(['percent', 'amount'] as const).map((value) => ({
              value,
              label: t(`version.discount.${value}`),
            }))}
            value={discount.kind}
            onChange={(kind) => set(discount.key, { kind: kind ?? discount.kind, value: '' })}
          />
          {discount.kind === 'amount' ? (
            <MoneyField
              label={t('version.discount.value')}
              hideLabel
              currency={currency}
              value={discount.value}
              onChange={(value) => set(discount.key, { value })}
            />
          ) : (
            <NumberInput
              aria-label={t('version.discount.value')}
              value={discount.value}
              onChange={(value) => set(discount.key, { value: String(value) })}
              min={0}
              max={100}
              decimalScale={4}
              hideControls
              rightSection={<span className="nc-faint nc-small">%</span>}
            />
          )}
          <TextInput
            type="date"
            aria-label={t('version.discount.from')}
            title={t('version.discount.from')}
            value={discount.fromOn}
            onChange={(event) => set(discount.key, { fromOn: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            aria-label={t('version.discount.until')}
            title={t('version.discount.until')}
            value={discount.untilOn}
            onChange={(event) => set(discount.key, { untilOn: event.currentTarget.value })}
          />
          <NumberInput
            aria-label={t('version.discount.cycles')}
            placeholder={t('version.discount.cycles')}
            title={t('version.discount.cycles')}
            value={discount.cycles}
            onChange={(value) => set(discount.key, { cycles: String(value) })}
            min={1}
            max={120}
            allowDecimal={false}
            hideControls
          />
          <ActionIcon
            aria-label={t('version.discount.remove', { name: discount.name })}
            onClick={() => onChange(discounts.filter(({ key }) => key !== discount.key))}
          >
            <IconTrash size={15} aria-hidden="true" />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={13} aria-hidden="true" />}
          onClick={() =>
            onChange([
              ...discounts,
              {
                key: newKey(),
                name: '',
                kind: 'percent',
                value: '',
                fromOn: today,
                untilOn: '',
                cycles: '',
              },
            ])
          }
        >
          {t('version.discount.add')}
        </Button>
      </div>
    </div>
  )
}
