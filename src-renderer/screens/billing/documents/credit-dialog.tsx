import { Checkbox, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentRecord } from '../../../../src-shared/contract/billing-documents-model.ts'
import { navigate } from '../../../app/location.ts'
import { paths } from '../../../app/paths.ts'
import { useQuery } from '../../../client/hooks.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { MoneyField, minorOf, typedOf } from '../../../components/money-field.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { act } from '../billing-acts.ts'
import { openOf } from './document-words.tsx'

type Line = DocumentRecord['lines'][number]

const leftOf = ({ amount, credited }: Line): number => amount - credited

/**
 * A credit note against one issued document: all that is left of it, or a part of chosen lines. Above
 * the limit it is kept and asked about.
 */
export const CreditDialog = ({
  document,
  onClose,
}: {
  readonly document: DocumentRecord
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-documents')
  const money = useMoneyText()
  const { currency, lines } = document
  const [scope, setScope] = useState<'all' | 'some'>('all')
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({})
  const [again, setAgain] = useState<'favour' | 'rebill'>('favour')
  const [reason, setReason] = useState('')

  const wanted =
    scope === 'all'
      ? new Map(lines.map((line) => [line.id, leftOf(line)]))
      : new Map(Object.entries(chosen).map(([id, typed]) => [id, minorOf(typed, currency) ?? 0]))
  const fits = lines.every((line) => {
    const amount = wanted.get(line.id)
    return scope === 'all' || amount === undefined || (amount > 0 && amount <= leftOf(line))
  })
  const isChosen = fits && (scope === 'all' || wanted.size > 0)
  const noteLines =
    scope === 'all' ? null : [...wanted].map(([lineId, amount]) => ({ lineId, amount }))
  const look = useQuery(
    'billing.creditLook',
    { documentId: document.id, lines: noteLines },
    { on: ['approvals.changed', 'billing.documentsChanged'], skip: !isChosen },
  )
  const needsSecond = look.value?.secondPerson === true
  // The engine's own sums: what is shown is what is issued.
  const sums = isChosen && look.failure === undefined ? (look.value ?? null) : null
  const open = openOf(document)
  const beyondOpen = Math.max(0, (sums?.total ?? 0) - open)
  const ready = reason.trim() !== '' && sums !== null && !look.loading
  const days = lines.some(({ startOn }) => startOn !== null)

  return (
    <FormDialog
      title={t('credit.title', { number: document.number ?? '' })}
      button={
        needsSecond
          ? t('credit.ask')
          : ready && sums.total > 0
            ? t('credit.buttonOf', { total: money(sums.total, currency) })
            : t('credit.button')
      }
      size="lg"
      ready={ready}
      onClose={onClose}
      onSubmit={async () => {
        const input = {
          documentId: document.id,
          lines: noteLines,
          reason: reason.trim(),
          billAgain: again === 'rebill',
        }
        if (needsSecond) {
          const kept = await act('billing.draftCredit', input, () => ({ title: t('credit.kept') }))
          if (kept === undefined) return false
          await act(
            'approvals.ask',
            { kind: 'billing.credit-note', subjectId: kept.documentId, reason: input.reason },
            () => ({ title: t('credit.asked') }),
          )
          return true
        }
        const out = await act('billing.credit', input, ({ number, total }) => ({
          title: t('credit.done', { number, total: money(total, currency) }),
        }))
        if (out !== undefined) navigate(paths.document(out.documentId))
        return out !== undefined
      }}
    >
      <SegmentedControl
        aria-label={t('credit.scope')}
        fullWidth
        value={scope}
        onChange={(next) => setScope(next === 'some' ? 'some' : 'all')}
        data={[
          { value: 'all', label: t('credit.all') },
          { value: 'some', label: t('credit.some') },
        ]}
      />
      {scope === 'some' && (
        <div className="nbd-credit-lines">
          <table className="nc-table nbd-lines" aria-label={t('credit.scope')}>
            <thead>
              <tr>
                <th scope="col">{t('credit.line')}</th>
                <th scope="col" className="nc-num">
                  {t('credit.left')}
                </th>
                <th scope="col" className="nc-num">
                  {t('credit.amount')}
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => {
                const left = leftOf(line)
                const typed = chosen[line.id]
                const amount = wanted.get(line.id) ?? 0
                return (
                  <tr key={line.id}>
                    <td>
                      <Checkbox
                        label={line.description}
                        checked={typed !== undefined}
                        disabled={left <= 0}
                        onChange={() =>
                          setChosen((before) => {
                            const { [line.id]: was, ...rest } = before
                            return was === undefined
                              ? { ...before, [line.id]: typedOf(left, currency) }
                              : rest
                          })
                        }
                      />
                    </td>
                    <td className="nc-num">
                      <Money minor={left} currency={currency} />
                      <small>
                        {t(line.taxIncluded ? 'credit.amountWith' : 'credit.amountWithout')}
                      </small>
                    </td>
                    <td className="nc-num">
                      {typed !== undefined && (
                        <MoneyField
                          hideLabel
                          w={150}
                          label={t('credit.chooseLine', { name: line.description })}
                          currency={currency}
                          value={typed}
                          onChange={(next) =>
                            setChosen((before) => ({ ...before, [line.id]: next }))
                          }
                          error={
                            amount > left
                              ? t('credit.beyond', { left: money(left, currency) })
                              : undefined
                          }
                        />
                      )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
      <TextInput
        label={t('credit.reason')}
        description={t('credit.reasonHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
        required
        data-autofocus
      />
      {days && (
        <div>
          <p className="nbd-label">{t('credit.again')}</p>
          <SegmentedControl
            aria-label={t('credit.again')}
            fullWidth
            value={again}
            onChange={(next) => setAgain(next === 'rebill' ? 'rebill' : 'favour')}
            data={[
              { value: 'favour', label: t('credit.favour') },
              { value: 'rebill', label: t('credit.rebill') },
            ]}
          />
        </div>
      )}
      <table className="nbd-totals" aria-label={t('credit.after')}>
        <tbody>
          <tr>
            <th scope="row">{t('credit.net')}</th>
            <td>
              <Money minor={sums?.net ?? null} currency={currency} />
            </td>
          </tr>
          <tr>
            <th scope="row">{t('credit.tax')}</th>
            <td>
              <Money minor={sums?.tax ?? null} currency={currency} />
            </td>
          </tr>
          <tr data-total>
            <th scope="row">{t('credit.total')}</th>
            <td>
              <Money minor={sums?.total ?? null} currency={currency} />
            </td>
          </tr>
          <tr>
            <th scope="row">{t('credit.opens')}</th>
            <td>
              <Money minor={Math.max(0, open - (sums?.total ?? 0))} currency={currency} />
            </td>
          </tr>
        </tbody>
      </table>
      {needsSecond && (
        <p role="status" className="nc-soft">
          {t('credit.needsSecond')}
        </p>
      )}
      {beyondOpen > 0 && (
        <p role="status" className="nc-soft">
          {t('credit.toCredit', { amount: money(beyondOpen, currency) })}
        </p>
      )}
    </FormDialog>
  )
}
