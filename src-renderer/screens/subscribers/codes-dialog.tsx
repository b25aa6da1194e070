import { NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { showToast } from '../../components/toast.tsx'
import { act } from './subscriber-acts.ts'

/** How new subscribers are numbered, and whose telephone numbers come without a country. */
export const CodesDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation('subscribers')
  const { value, failure, refresh } = useQuery('subscribers.settings', {})
  return value === undefined ? (
    <FormDialog
      title={t('settings.title')}
      button={t('save')}
      ready={false}
      onClose={onClose}
      onSubmit={() => Promise.resolve(false)}
    >
      <Awaiting failure={failure} onRetry={refresh} rows={4} />
    </FormDialog>
  ) : (
    <Form settings={value} onClose={onClose} />
  )
}

const Form = ({
  settings,
  onClose,
}: {
  readonly settings: Output<'subscribers.settings'>
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('subscribers')
  const [pattern, setPattern] = useState(settings.codePattern)
  const [next, setNext] = useState<number | string>(settings.nextNumber)
  const [country, setCountry] = useState(settings.country)
  const [language, setLanguage] = useState(settings.language)
  const zeros = /^[^{}]*\{(0{1,9})\}[^{}]*$/u.exec(pattern)?.[1]
  const code =
    zeros === undefined
      ? null
      : pattern.replace(/\{0+\}/u, String(next).padStart(zeros.length, '0'))
  return (
    <FormDialog
      title={t('settings.title')}
      button={t('save')}
      ready={code !== null && typeof next === 'number' && next >= 1}
      onClose={onClose}
      onSubmit={async () => {
        const done = await act('subscribers.configure', {
          baseVersion: settings.version,
          codePattern: pattern,
          nextNumber: Number(next),
          country: country.toUpperCase(),
          language,
        })
        if (done !== null) showToast({ kind: 'done', title: t('saved') })
        return done !== null
      }}
    >
      <TextInput
        label={t('settings.pattern')}
        description={t('settings.patternHint')}
        value={pattern}
        maxLength={30}
        error={code === null ? t('settings.wrong') : null}
        onChange={(event) => setPattern(event.currentTarget.value)}
        data-autofocus
      />
      <NumberInput
        label={t('settings.next')}
        value={next}
        min={1}
        max={999_999_999}
        allowDecimal={false}
        onChange={setNext}
      />
      {code !== null && <p className="nc-soft">{t('settings.nextCode', { code })}</p>}
      <TextInput
        label={t('settings.country')}
        description={t('settings.countryHint')}
        value={country}
        maxLength={2}
        onChange={(event) => setCountry(event.currentTarget.value)}
      />
      <TextInput
        label={t('settings.language')}
        value={language}
        maxLength={5}
        onChange={(event) => setLanguage(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
