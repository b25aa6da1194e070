import { useTranslation } from 'react-i18next'
import { SecretField } from '../../components/secret-field.tsx'
import { StrengthMeter } from '../../components/strength-meter.tsx'
import { useStrength } from '../../components/use-strength.ts'

export interface Twice {
  readonly one: string
  readonly two: string
}

export const noPassphrase: Twice = { one: '', two: '' }
const shortest = 12

export const isReady = ({ one, two }: Twice): boolean => one === two && one.length >= shortest

/** Where no keychain can hold the keys of the restored workspace. */
export const RestorePassphrase = ({
  value,
  onChange,
}: {
  readonly value: Twice
  readonly onChange: (next: Twice) => void
}) => {
  const { t } = useTranslation('restore')
  const strength = useStrength(value.one)
  return (
    <>
      <p className="nc-door__note">{t('passphrase.why')}</p>
      <div>
        <SecretField
          label={t('passphrase.label')}
          description={t('passphrase.title')}
          value={value.one}
          autoComplete="new-password"
          onChange={(event) => onChange({ ...value, one: event.currentTarget.value })}
        />
        <StrengthMeter password={value.one} strength={strength} />
      </div>
      <SecretField
        label={t('passphrase.again')}
        value={value.two}
        autoComplete="new-password"
        error={value.two !== '' && value.one !== value.two ? t('passphrase.differs') : undefined}
        onChange={(event) => onChange({ ...value, two: event.currentTarget.value })}
      />
    </>
  )
}
