import { MultiSelect, NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import {
  bankDayOrders,
  type BankMapping,
} from '../../../../src-shared/contract/billing-bank-model.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { currencyCodes } from '../../../../src-shared/domain/currencies.ts'

type Table = NonNullable<Output<'billing.previewBankFile'>['table']>
type Columns = BankMapping['columns']

const single = [
  'bookedOn',
  'amount',
  'credit',
  'debit',
  'mark',
  'valueOn',
  'currency',
  'name',
  'account',
  'reference',
] as const satisfies readonly (keyof Columns)[]
const separators = [',', ';', '\t'] as const

/** How a table is read, beside its first records: each change is looked at at once. */
export const BankMappingFields = (props: {
  readonly table: Table
  readonly onMapping: (mapping: BankMapping) => void
}) => {
  const { t } = useTranslation('billing-bank')
  const { table, onMapping } = props
  const { mapping, widest, records } = table
  const head = records[Math.max(0, mapping.skip - 1)] ?? []
  const columns = Array.from({ length: widest }, (_, at) => ({
    value: String(at),
    label: `${at + 1} ${mapping.skip > 0 ? (head[at] ?? '') : ''}`.trim(),
  }))
  const change = (part: Partial<Omit<BankMapping, 'columns'>>): void =>
    onMapping({ ...mapping, ...part })
  const setColumn = (name: (typeof single)[number], next: string | null): void => {
    const at = next === null || next === '' ? null : Number(next)
    if (name === 'bookedOn' && at === null) return
    const changed = { ...mapping.columns, [name]: at }
    // Signed, or in two columns: never both.
    const whole =
      name === 'amount' && at !== null
        ? { ...changed, credit: null, debit: null }
        : (name === 'credit' || name === 'debit') &&
            changed.credit !== null &&
            changed.debit !== null
          ? { ...changed, amount: null }
          : changed
    const hasAmount = whole.amount !== null || (whole.credit !== null && whole.debit !== null)
    if (hasAmount) onMapping({ ...mapping, columns: whole })
  }
  return (
    <fieldset className="nbl-section">
      <legend>{t(`map.from.${table.from}`)}</legend>
      <div className="nbl-fields">
        <Select
          label={t('map.separator')}
          allowDeselect={false}
          value={mapping.separator}
          onChange={(next) =>
            change({ separator: separators.find((one) => one === next) ?? mapping.separator })
          }
          data={separators.map((value) => ({ value, label: value === '\t' ? 'Tab' : value }))}
        />
        <NumberInput
          label={t('map.skip')}
          value={mapping.skip}
          min={0}
          max={200}
          allowDecimal={false}
          onChange={(next) => {
            const skip = Number(next)
            if (next !== '' && Number.isInteger(skip) && skip >= 0 && skip <= 200) change({ skip })
          }}
        />
        <Select
          label={t('map.dates')}
          allowDeselect={false}
          value={mapping.dates}
          onChange={(next) =>
            change({ dates: bankDayOrders.find((one) => one === next) ?? mapping.dates })
          }
          data={bankDayOrders.map((value) => ({ value, label: t(`map.order.${value}`) }))}
        />
        <Select
          label={t('map.decimal')}
          allowDeselect={false}
          value={mapping.decimal}
          onChange={(next) => change({ decimal: next === ',' ? ',' : '.' })}
          data={[
            { value: ',', label: '1.234,56' },
            { value: '.', label: '1,234.56' },
          ]}
        />
        <Select
          label={t('map.usual')}
          searchable
          allowDeselect={false}
          value={mapping.currency}
          onChange={(next) => change({ currency: next ?? mapping.currency })}
          data={currencyCodes}
        />
        {single.map((name) => (
          <Select
            key={name}
            label={t(`map.column.${name}`)}
            clearable={name !== 'bookedOn'}
            allowDeselect={false}
            placeholder={t('map.none')}
            value={mapping.columns[name] === null ? null : String(mapping.columns[name])}
            onChange={(next) => setColumn(name, next)}
            data={columns}
          />
        ))}
        <MultiSelect
          label={t('map.column.remittance')}
          value={mapping.columns.remittance.map(String)}
          maxValues={20}
          onChange={(next) =>
            onMapping({ ...mapping, columns: { ...mapping.columns, remittance: next.map(Number) } })
          }
          data={columns}
        />
      </div>
      <div className="nbk-short" tabIndex={0} role="region" aria-label={t('map.records')}>
        <table className="nc-table" aria-label={t('map.records')}>
          <tbody>
            {records.map((record, at) => (
              <tr key={at} data-off={at < mapping.skip || undefined}>
                <th scope="row" className="nc-num nc-faint">
                  {at + 1}
                </th>
                {record.map((cell, place) => (
                  <td key={place} className={at < mapping.skip ? 'nc-faint' : undefined}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </fieldset>
  )
}
