import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** A password field that says when Caps Lock is on, with its own words for "show". */
export const SecretField = (props: PasswordInputProps) => {
  const { t } = useTranslation('access')
  const [caps, setCaps] = useState(false)
  return (
    <PasswordInput
      {...props}
      {...(caps ? { description: t('capsLock') } : {})}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      spellCheck={false}
      visibilityToggleButtonProps={{ 'aria-label': t('showSecret') }}
      onKeyUp={(event) => setCaps(event.getModifierState('CapsLock'))}
    />
  )
}
