import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SecretField } from '../../components/secret-field.tsx'

export interface KeptSecretProps {
  readonly label: string
  readonly hint: string
  /** One is stored: left empty, it stays. */
  readonly has: boolean
  readonly value: string
  readonly none: boolean
  readonly error: string | null
  readonly onValue: (value: string) => void
  readonly onNone: (none: boolean) => void
}

/** A secret that may be there or not; what is stored is never shown again. */
export const KeptSecret = (props: KeptSecretProps) => {
  const { t } = useTranslation('olt-cli')
  return (
    <div className="noc-kept">
      <SecretField
        label={props.label}
        description={props.hint}
        placeholder={props.none ? t('form.none') : props.has ? t('form.kept') : ''}
        value={props.value}
        error={props.error}
        autoComplete="new-password"
        onChange={(event) => props.onValue(event.currentTarget.value)}
      />
      {props.has ? (
        <Checkbox
          label={t('form.noneOfIt')}
          checked={props.none}
          onChange={(event) => props.onNone(event.currentTarget.checked)}
        />
      ) : null}
    </div>
  )
}
