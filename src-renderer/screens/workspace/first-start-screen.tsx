import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { WorkspaceStatus } from '../../../src-shared/contract/workspace.ts'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { Door } from '../../components/door.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { SecretField } from '../../components/secret-field.tsx'
import { StrengthMeter } from '../../components/strength-meter.tsx'
import { useStrength, type Strength } from '../../components/use-strength.ts'
import { RestoreDoor } from '../backups/restore-door.tsx'
import { usePreferences } from '../../state/preferences.ts'
import { refreshEntrance } from '../../state/workspace.ts'

interface Fields {
  name: string
  password: string
  confirmation: string
  passphrase: string
  passphraseConfirmation: string
}

const empty: Fields = {
  name: '',
  password: '',
  confirmation: '',
  passphrase: '',
  passphraseConfirmation: '',
}

/** First start: the owner, and a passphrase only where no keychain can hold the store's key. */
export const FirstStartScreen = ({ status }: { readonly status: WorkspaceStatus }) => {
  const { t } = useTranslation('workspace')
  const { t: tRestore } = useTranslation('restore')
  const [failure, setFailure] = useState<Failure>()
  const { register, handleSubmit, control, getValues, formState } = useForm<Fields>({
    defaultValues: empty,
  })
  const [name, password, passphrase] = useWatch({
    control,
    name: ['name', 'password', 'passphrase'],
  })
  const strength = useStrength(password, name)
  const phraseStrength = useStrength(passphrase)
  const needsPassphrase = status.keychain === 'unavailable'
  const { errors, isSubmitting } = formState
  const [restoring, setRestoring] = useState(false)

  const create = handleSubmit(async (fields) => {
    setFailure(undefined)
    try {
      await runCommand('workspace.create', {
        ownerName: fields.name,
        password: fields.password,
        passphrase: needsPassphrase ? fields.passphrase : null,
      })
      // The language of this page becomes the new owner's; a refusal here is not worth a stop.
      const { language } = usePreferences.getState().preferences
      await runCommand('preferences.set', { language }).catch(() => undefined)
      navigate(paths.welcome(), { replace: true })
      await refreshEntrance()
    } catch (error) {
      setFailure(failureOf(error))
    }
  })

  const needed = { required: t('firstStart.needed') }
  // The engine has the last word; what it has said already need not be sent to hear it again.
  const strongBy = ({ verdict }: Strength) =>
    verdict?.acceptable !== false || t('firstStart.tooWeak')
  const sameAs = (field: keyof Fields) => ({
    validate: (value: string) => value === getValues(field) || t('firstStart.mismatch'),
  })
  const notThePassword = (value: string) => value !== getValues('password') || t('firstStart.same')

  if (restoring) return <RestoreDoor replaces={false} onBack={() => setRestoring(false)} />
  return (
    <Door title={t('firstStart.title')} lead={t('firstStart.lead')}>
      <form className="nc-door__form" onSubmit={(event) => void create(event)} noValidate>
        <TextInput
          label={t('firstStart.name')}
          description={t('firstStart.nameHint')}
          autoComplete="off"
          maxLength={80}
          autoFocus
          error={errors.name?.message}
          {...register('name', { ...needed, validate: (v) => v.trim() !== '' || needed.required })}
        />
        <div>
          <SecretField
            label={t('firstStart.password')}
            autoComplete="new-password"
            error={errors.password?.message}
            {...register('password', { ...needed, validate: () => strongBy(strength) })}
          />
          <StrengthMeter password={password} strength={strength} />
        </div>
        <SecretField
          label={t('firstStart.confirmation')}
          autoComplete="new-password"
          error={errors.confirmation?.message}
          {...register('confirmation', sameAs('password'))}
        />
        {needsPassphrase ? (
          <>
            <h2>{t('firstStart.passphraseTitle')}</h2>
            <p className="nc-door__note">{t('firstStart.passphraseWhy')}</p>
            <div>
              <SecretField
                label={t('firstStart.passphrase')}
                autoComplete="new-password"
                error={errors.passphrase?.message}
                {...register('passphrase', {
                  ...needed,
                  validate: { same: notThePassword, strong: () => strongBy(phraseStrength) },
                })}
              />
              <StrengthMeter password={passphrase} strength={phraseStrength} />
            </div>
            <SecretField
              label={t('firstStart.passphraseConfirmation')}
              autoComplete="new-password"
              error={errors.passphraseConfirmation?.message}
              {...register('passphraseConfirmation', sameAs('passphrase'))}
            />
          </>
        ) : (
          <p className="nc-small nc-faint">{t('firstStart.keychain')}</p>
        )}
        {failure !== undefined && <FailureState failure={failure} />}
        <Button type="submit" loading={isSubmitting}>
          {t(isSubmitting ? 'firstStart.submitting' : 'firstStart.submit')}
        </Button>
      </form>
      <div className="nc-door__ways">
        <Button variant="subtle" size="compact-sm" onClick={() => setRestoring(true)}>
          {tRestore('door.open')}
        </Button>
      </div>
    </Door>
  )
}
