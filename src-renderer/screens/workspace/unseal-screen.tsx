import { useTranslation } from 'react-i18next'
import { runCommand } from '../../client/client.ts'
import { Door } from '../../components/door.tsx'
import { OneSecretForm } from '../../components/one-secret-form.tsx'
import { refreshEntrance } from '../../state/workspace.ts'

export const UnsealScreen = () => {
  const { t } = useTranslation('workspace')
  return (
    <Door title={t('unseal.title')} lead={t('unseal.lead')}>
      <OneSecretForm
        label={t('unseal.passphrase')}
        submitLabel={t('unseal.submit')}
        workingLabel={t('unseal.submitting')}
        onSubmit={async (passphrase) => {
          await runCommand('workspace.unseal', { passphrase })
          await refreshEntrance()
        }}
      />
    </Door>
  )
}
