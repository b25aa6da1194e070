import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PaperLanguage } from '../../../../src-shared/contract/billing-papers.ts'
import { addDays, addMonths, calendarDate } from '../../../../src-shared/domain/calendar-date.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { act } from '../billing-acts.ts'
import { DaySpan } from './day-span.tsx'
import { MadePaper, type Made } from './made-paper.tsx'

type Language = PaperLanguage | 'own'

/** A statement of some days as PDF. */
export const StatementDialog = ({
  subscriberId,
  today,
  currencies,
  onClose,
}: {
  readonly subscriberId: string
  readonly today: string
  readonly currencies: readonly string[]
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-papers')
  const [from, setFrom] = useState<string>(() => addMonths(calendarDate(today), -3))
  const [until, setUntil] = useState(today)
  const [currency, setCurrency] = useState(currencies[0] ?? 'IDR')
  const [language, setLanguage] = useState<Language>('own')
  const [made, setMade] = useState<Made | undefined>()
  const make = async (): Promise<boolean> => {
    const input = {
      subscriberId,
      currency,
      fromOn: from,
      // People name the last day that is in it.
      untilOn: addDays(calendarDate(until), 1),
      language: language === 'own' ? null : language,
    }
    setMade(
      await act('billing.statementPdf', input, ({ fileName, folder }) => ({
        title: t('made', { file: fileName, folder }),
      })),
    )
    return false
  }
  return (
    <FormDialog
      title={t('statement.title')}
      button={t('statement.button')}
      ready={from !== '' && until !== '' && from <= until}
      onClose={onClose}
      onSubmit={make}
    >
      <div className="nbl-fields">
        <DaySpan from={from} until={until} onFrom={setFrom} onUntil={setUntil} />
        <Select
          label={t('statement.currency')}
          allowDeselect={false}
          data={currencies}
          value={currency}
          onChange={(code) => setCurrency(code ?? currency)}
        />
        <Select
          label={t('statement.language')}
          allowDeselect={false}
          data={(['own', 'id', 'en'] as const).map((value) => ({
            value,
            label: t(`statement.${value}`),
          }))}
          value={language}
          onChange={(value) => setLanguage(value ?? language)}
        />
      </div>
      <MadePaper made={made} />
    </FormDialog>
  )
}
