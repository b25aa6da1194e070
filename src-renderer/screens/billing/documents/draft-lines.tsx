import { ActionIcon, Button, Checkbox, MultiSelect, NumberInput, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { errorText } from '../../../components/error-text.ts'
import { MoneyField } from '../../../components/money-field.tsx'
import { Money } from '../../../components/money.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { lineOf, type LineFault, type LineForm } from './draft-form.ts'

export type LookedLine = Output<'billing.draftLook'>['lines'][number]

export interface DraftLinesProps {
  readonly lines: readonly LineForm[]
  readonly currency: string
  readonly taxCodes: readonly string[]
  /** By the line's key: what the engine says of it. */
  readonly looked: ReadonlyMap<number, LookedLine>
  /** What is missing is marked from the first try to save on. */
  readonly marksMissing: boolean
  readonly onLines: (lines: readonly LineForm[]) => void
  readonly onAdd: () => void
}

/** Lines as they are typed; what is refused is said at its line. */
export const DraftLines = (props: DraftLinesProps) => {
  const { lines, onAdd, onLines } = props
  const { t } = useTranslation('billing-documents')
  const put = (line: LineForm): void =>
    onLines(lines.map((one) => (one.key === line.key ? line : one)))
  return (
    <section className="nc-panel" aria-label={t('draft.lines')}>
      <header className="nc-panel__head">
        <h2>{t('draft.lines')}</h2>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={onAdd}
        >
          {t('draft.add')}
        </Button>
      </header>
      <div className="nc-panel__body nbl-rows">
        <div className="nbd-draft-line nbd-draft-head" aria-hidden="true">
          <span>{t('draft.description')}</span>
          <span>{t('draft.quantity')}</span>
          <span>{t('draft.price')}</span>
          <span>{t('draft.discount')}</span>
          <span>{t('draft.taxes')}</span>
          <span />
          <span className="nc-num">{t('draft.net')}</span>
          <span />
        </div>
        {lines.map((line, index) => (
          <DraftLine
            key={line.key}
            {...props}
            line={line}
            number={index + 1}
            onLine={put}
            onRemove={
              lines.length === 1
                ? undefined
                : () => onLines(lines.filter(({ key }) => key !== line.key))
            }
          />
        ))}
      </div>
    </section>
  )
}

interface DraftLineProps extends DraftLinesProps {
  readonly line: LineForm
  readonly number: number
  readonly onLine: (line: LineForm) => void
  readonly onRemove: (() => void) | undefined
}

const DraftLine = (props: DraftLineProps) => {
  const { line, number, currency, taxCodes, looked, marksMissing, onLine, onRemove } = props
  const { t } = useTranslation('billing-documents')
  const { t: tError } = useTranslation('error')
  const { locale } = useFormat()
  const read = lineOf(line, currency)
  const faults = 'faults' in read ? read.faults : []
  const look = looked.get(line.key)
  const problem = look?.problem ?? null
  const label = (word: string): string => `${t('draft.lineNumber', { number })}: ${word}`
  const fault = (of: LineFault, typed: string, word: string): string | undefined =>
    faults.includes(of) && (typed !== '' || marksMissing) ? word : undefined
  const said = problem === null ? null : errorText(tError, problem)
  const ofDiscount = problem?.code === 'discount-beyond-line' ? said?.what : undefined
  const ofTaxes = problem?.code === 'tax-rate-missing' ? said?.what : undefined
  const ofPrice = problem?.code === 'line-beyond-limit' ? said?.what : undefined
  const other =
    said !== null && ofDiscount === undefined && ofTaxes === undefined && ofPrice === undefined
  const number6 = {
    decimalScale: 6,
    decimalSeparator: locale === 'id' ? ',' : '.',
    thousandSeparator: locale === 'id' ? '.' : ',',
    allowNegative: false,
    hideControls: true,
    classNames: { input: 'nc-num-input' },
  } as const
  return (
    <div className="nbd-draft-line" role="group" aria-label={t('draft.lineNumber', { number })}>
      <TextInput
        aria-label={label(t('draft.description'))}
        value={line.description}
        maxLength={200}
        onChange={(event) => onLine({ ...line, description: event.currentTarget.value })}
        error={marksMissing && faults.includes('description') ? t('draft.missing') : undefined}
      />
      <NumberInput
        {...number6}
        aria-label={label(t('draft.quantity'))}
        value={line.quantity}
        onChange={(typed) => onLine({ ...line, quantity: String(typed) })}
        error={fault('quantity', line.quantity, t('draft.badQuantity'))}
      />
      <NumberInput
        {...number6}
        aria-label={label(t('draft.price'))}
        value={line.price}
        onChange={(typed) => onLine({ ...line, price: String(typed) })}
        error={ofPrice ?? fault('price', line.price, t('draft.badPrice'))}
      />
      <MoneyField
        hideLabel
        label={label(t('draft.discount'))}
        currency={currency}
        value={line.discount}
        onChange={(discount) => onLine({ ...line, discount })}
        error={ofDiscount ?? fault('discount', line.discount, t('draft.badDiscount'))}
      />
      <MultiSelect
        aria-label={label(t('draft.taxes'))}
        placeholder={line.taxCodes.length === 0 ? t('draft.noTaxes') : ''}
        data={[...new Set([...taxCodes, ...line.taxCodes])]}
        value={[...line.taxCodes]}
        maxValues={8}
        onChange={(codes) => onLine({ ...line, taxCodes: codes })}
        error={ofTaxes}
      />
      <Checkbox
        mt={6}
        label={t('draft.included')}
        aria-label={label(t('draft.included'))}
        checked={line.taxIncluded}
        onChange={(event) => onLine({ ...line, taxIncluded: event.currentTarget.checked })}
      />
      <span className="nc-num">
        {look === undefined || problem !== null ? (
          <span className="nc-faint">–</span>
        ) : (
          <Money minor={look.net} currency={currency} />
        )}
      </span>
      <ActionIcon
        mt={2}
        aria-label={t('draft.removeLine', { number })}
        disabled={onRemove === undefined}
        onClick={() => onRemove?.()}
      >
        <IconX size={15} aria-hidden="true" />
      </ActionIcon>
      {other && (
        <p className="nbd-problem" role="alert">
          {said.what} {said.toDo}
        </p>
      )}
    </div>
  )
}
