import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core'
import { IconLockOpen2 } from '@tabler/icons-react'
import { useWatch, type UseFormReturn } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { useQuery } from '../../client/hooks.ts'
import type { OltForm } from './olt-form.ts'
import { keptSecrets, snmpChoices, type SnmpAccessFormField } from './snmp-access-form.ts'

interface PartProps {
  readonly form: UseFormReturn<OltForm>
  readonly errorOf: (field: SnmpAccessFormField) => string | undefined
  /** Its secret is stored: left empty, it stays. */
  readonly isKept: (field: SnmpAccessFormField) => boolean
}

export interface SnmpAccessFieldsProps {
  readonly form: UseFormReturn<OltForm>
  readonly errorOf: (field: SnmpAccessFormField) => string | undefined
  /** A known OLT: its secrets may stay empty. */
  readonly olt?: OltRow | undefined
}

/** Version and level, and what that choice needs. */
export const SnmpAccessFields = ({ form, errorOf, olt }: SnmpAccessFieldsProps) => {
  const { t } = useTranslation('network')
  const access = useWatch({ control: form.control, name: 'access' })
  const kept = keptSecrets(access, olt)
  const isKept = (field: SnmpAccessFormField): boolean => kept.includes(field)
  const inTheClear = access === '1' || access === '2c'
  const part = { form, errorOf, isKept }
  return (
    <>
      <NativeSelect
        size="xs"
        label={t('olts.form.access')}
        data={snmpChoices.map((value) => ({ value, label: t(`olts.form.accesses.${value}`) }))}
        {...form.register('access')}
      />
      {access === '3-authPriv' ? null : (
        <p className="no-conflict nc-small" role="note">
          <span>
            <IconLockOpen2 size={14} aria-hidden="true" className="nc-icon" />{' '}
            {t(inTheClear ? 'olts.form.inTheClear' : 'olts.form.withoutPrivacy')}
          </span>
        </p>
      )}
      {inTheClear ? (
        <Community {...part} />
      ) : (
        <User {...part} withPrivacy={access === '3-authPriv'} />
      )}
    </>
  )
}

const Community = ({ form, errorOf, isKept }: PartProps) => {
  const { t } = useTranslation('network')
  const kept = isKept('community')
  return (
    <TextInput
      type="password"
      label={t(kept ? 'olts.form.communityReplace' : 'olts.form.community')}
      description={t(kept ? 'olts.form.communityKeep' : 'olts.form.communityHint')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      error={errorOf('community')}
      autoComplete="new-password"
      spellCheck={false}
      classNames={{ input: 'nc-mono' }}
      {...form.register('community')}
    />
  )
}

const User = ({ withPrivacy, ...part }: PartProps & { readonly withPrivacy: boolean }) => {
  const { form, errorOf } = part
  const { t } = useTranslation('network')
  const offered = useQuery('network.snmpAlgorithms', {}).value
  const missing = offered?.missing ?? []
  const plain = { autoComplete: 'off', spellCheck: false, classNames: { input: 'nc-mono' } }
  return (
    <>
      <SimpleGrid cols={2} spacing="sm">
        <TextInput
          label={t('olts.form.userName')}
          error={errorOf('userName')}
          {...plain}
          {...form.register('userName')}
        />
        <TextInput
          label={t('olts.form.contextName')}
          placeholder={t('olts.form.contextHint')}
          error={errorOf('contextName')}
          {...plain}
          {...form.register('contextName')}
        />
        <Algorithm {...part} field="authAlgorithm" offered={offered?.auth} />
        <Password {...part} field="authPassword" />
        {withPrivacy ? (
          <>
            <Algorithm {...part} field="privAlgorithm" offered={offered?.priv} />
            <Password {...part} field="privPassword" />
          </>
        ) : null}
      </SimpleGrid>
      <p className="nc-faint nc-small">{t('olts.form.secretsHint')}</p>
      {missing.length === 0 ? null : (
        <p className="nc-faint nc-small">
          {t('olts.form.algorithmsMissing', {
            names: missing.map((name) => t(`olts.form.algorithms.${name}`)).join(', '),
          })}
        </p>
      )}
    </>
  )
}

const Algorithm = ({
  form,
  field,
  offered = [],
}: PartProps & {
  readonly field: 'authAlgorithm' | 'privAlgorithm'
  readonly offered: readonly (OltForm['authAlgorithm'] | OltForm['privAlgorithm'])[] | undefined
}) => {
  const { t } = useTranslation('network')
  const chosen = useWatch({ control: form.control, name: field })
  // What an OLT was saved with stays visible, also on a build that cannot compute it.
  const names = offered.includes(chosen) ? offered : [chosen, ...offered]
  return (
    <NativeSelect
      size="xs"
      label={t(`olts.form.${field}`)}
      data={names.map((value) => ({ value, label: t(`olts.form.algorithms.${value}`) }))}
      {...form.register(field)}
      value={chosen}
    />
  )
}

const Password = ({
  form,
  field,
  errorOf,
  isKept,
}: PartProps & { readonly field: 'authPassword' | 'privPassword' }) => {
  const { t } = useTranslation('network')
  return (
    <TextInput
      type="password"
      label={t(`olts.form.${field}`)}
      {...(isKept(field) ? { placeholder: t('olts.form.passwordKeep') } : {})}
      error={errorOf(field)}
      autoComplete="new-password"
      spellCheck={false}
      classNames={{ input: 'nc-mono' }}
      {...form.register(field)}
    />
  )
}
