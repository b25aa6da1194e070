import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SecretField } from './secret-field.tsx'
import { StrengthMeter } from './strength-meter.tsx'
import { useStrength, type Strength } from './use-strength.ts'

export interface NewPassword {
  readonly value: string
  readonly again: string
  readonly strength: Strength
  /** Good enough, as far as is known, and typed twice alike. */
  readonly ready: boolean
  readonly set: (value: string) => void
  readonly setAgain: (value: string) => void
  readonly clear: () => void
}

/** `name`: of the person, which a good password does not hold. */
export const useNewPassword = (name: string): NewPassword => {
  const [value, set] = useState('')
  const [again, setAgain] = useState('')
  const strength = useStrength(value, name.trim())
  return {
    value,
    again,
    strength,
    ready: value !== '' && value === again && strength.verdict?.acceptable !== false,
    set,
    setAgain,
    clear: () => {
      set('')
      setAgain('')
    },
  }
}

/** A new password, its strength, and once more. */
export const NewPasswordFields = ({ password }: { readonly password: NewPassword }) => {
  const { t } = useTranslation('access')
  const { value, again, strength, set, setAgain } = password
  return (
    <>
      <div>
        <SecretField
          label={t('password.new')}
          value={value}
          maxLength={1024}
          autoComplete="new-password"
          onChange={(event) => set(event.currentTarget.value)}
        />
        <StrengthMeter password={value} strength={strength} />
      </div>
      <SecretField
        label={t('password.again')}
        value={again}
        maxLength={1024}
        autoComplete="new-password"
        error={again !== '' && !value.startsWith(again) ? t('password.mismatch') : undefined}
        onChange={(event) => setAgain(event.currentTarget.value)}
      />
    </>
  )
}
