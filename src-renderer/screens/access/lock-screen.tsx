import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../../src-shared/contract/access.ts'
import { signOut } from '../../app/session-actions.ts'
import { runCommand } from '../../client/client.ts'
import { Door } from '../../components/door.tsx'
import { OneSecretForm } from '../../components/one-secret-form.tsx'
import { refreshEntrance } from '../../state/workspace.ts'
import { CompanyWay } from './company-way.tsx'
import { SimulatedHint } from './simulated-hint.tsx'

/** Stands in place of everything: while it is shown, nothing of the network is in the document. */
export const LockScreen = ({ session }: { readonly session: Session }) => {
  const { t } = useTranslation('access')
  return (
    <Door title={t('lock.title')} lead={t('lock.lead', { name: session.account.name })} closed>
      <SimulatedHint />
      <OneSecretForm
        label={t('lock.password')}
        wrong={{
          what: t('lock.wrong.what'),
          means: t('lock.wrong.means'),
          toDo: t('lock.wrong.do'),
        }}
        submitLabel={t('lock.submit')}
        workingLabel={t('lock.submitting')}
        onSubmit={async (password) => {
          await runCommand('access.unlock', { password })
          await refreshEntrance()
        }}
      >
        <Button variant="subtle" onClick={signOut}>
          {t('lock.other')}
        </Button>
      </OneSecretForm>
      <CompanyWay
        words="unlock"
        linkedOnly
        run={async (language) => {
          await runCommand('access.companyUnlock', { language })
          await refreshEntrance()
        }}
      />
    </Door>
  )
}
