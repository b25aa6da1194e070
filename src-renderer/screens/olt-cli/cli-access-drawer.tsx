import {
  Button,
  Group,
  NumberInput,
  SegmentedControl,
  Stack,
  Switch,
  TextInput,
} from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { cliTransports, type OltCliAccess } from '../../../src-shared/contract/olt-cli.ts'
import { callQuery, runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { RecordDrawer } from '../../components/record-drawer.tsx'
import { SecretField } from '../../components/secret-field.tsx'
import { showToast } from '../../components/toast.tsx'
import {
  formOf,
  inputOf,
  withTransport,
  wrongFields,
  type CliAccessForm,
  type CliField,
} from './cli-access-form.ts'
import { removeAccess } from './cli-acts.ts'
import { KeptSecret } from './kept-secret.tsx'

export interface CliAccessDrawerProps {
  readonly olt: OltRow
  readonly access: OltCliAccess
  readonly onClose: () => void
  readonly onChange: () => void
}

/** Who logs in, how, and what is allowed on the way. */
export const CliAccessDrawer = ({ olt, access, onClose, onChange }: CliAccessDrawerProps) => {
  const { t } = useTranslation('olt-cli')
  const { t: common } = useTranslation()
  const [base, setBase] = useState(access)
  const [form, setForm] = useState(() => formOf(access))
  const [tried, setTried] = useState(false)
  const [saving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure | undefined>()
  const change = (part: Partial<CliAccessForm>): void =>
    setForm((before) => ({ ...before, ...part }))
  const wrong = wrongFields(form, base)
  const errorOf = (field: CliField): string | null =>
    tried && wrong.includes(field) ? t(`form.wrong.${field}`) : null

  const save = async (): Promise<void> => {
    setTried(true)
    if (wrong.length > 0 || saving) return
    setSaving(true)
    setFailure(undefined)
    try {
      await runCommand('olt-cli.setAccess', inputOf(form, base))
      showToast({ kind: 'done', title: t('form.saved', { name: olt.name }) })
      onChange()
      onClose()
    } catch (error) {
      setFailure(failureOf(error))
      setSaving(false)
    }
  }
  const takeNewer = async (): Promise<void> => {
    try {
      const { access: newer } = await callQuery('olt-cli.access', { oltId: olt.id })
      setBase(newer)
      setForm(formOf(newer))
      setFailure(undefined)
    } catch (error) {
      setFailure(failureOf(error))
    }
  }

  const transports = cliTransports.filter(
    (each) => base.familyTransports.length === 0 || base.familyTransports.includes(each),
  )
  return (
    <RecordDrawer title={t('form.title')} subtitle={olt.name} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Stack gap="md">
          <div>
            <SegmentedControl
              fullWidth
              aria-label={t('form.transport')}
              value={form.transport}
              onChange={(value) => setForm((before) => withTransport(before, value))}
              data={transports.map((value) => ({ value, label: t(`transport.${value}`) }))}
            />
          </div>
          <Group gap="sm" align="flex-start" wrap="nowrap">
            <TextInput
              className="noc-grow"
              label={t('form.host')}
              placeholder={olt.host}
              description={t('form.hostHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              classNames={{ input: 'nc-mono' }}
              value={form.host}
              error={errorOf('host')}
              onChange={(event) => change({ host: event.currentTarget.value })}
              spellCheck={false}
            />
            <NumberInput
              w={96}
              label={t('form.port')}
              value={form.port}
              error={errorOf('port')}
              onChange={(port) => change({ port })}
              min={1}
              max={65_535}
              allowDecimal={false}
              clampBehavior="none"
              hideControls
            />
          </Group>
          <TextInput
            label={t('form.userName')}
            value={form.userName}
            error={errorOf('userName')}
            onChange={(event) => change({ userName: event.currentTarget.value })}
            autoComplete="off"
            spellCheck={false}
            classNames={{ input: 'nc-mono' }}
          />
          <SecretField
            label={t('form.password')}
            placeholder={base.hasPassword ? t('form.kept') : ''}
            value={form.password}
            error={errorOf('password')}
            autoComplete="new-password"
            onChange={(event) => change({ password: event.currentTarget.value })}
          />
          <KeptSecret
            label={t('form.enablePassword')}
            hint={t('form.enableHint')}
            has={base.hasEnablePassword}
            value={form.enablePassword}
            none={form.noEnablePassword}
            error={errorOf('enablePassword')}
            onValue={(enablePassword) => change({ enablePassword, noEnablePassword: false })}
            onNone={(noEnablePassword) => change({ noEnablePassword, enablePassword: '' })}
          />
          <KeptSecret
            label={t('form.writeCommunity')}
            hint={t('form.writeHint')}
            has={base.hasWriteCommunity}
            value={form.writeCommunity}
            none={form.noWriteCommunity}
            error={errorOf('writeCommunity')}
            onValue={(writeCommunity) => change({ writeCommunity, noWriteCommunity: false })}
            onNone={(noWriteCommunity) => change({ noWriteCommunity, writeCommunity: '' })}
          />
          <NumberInput
            w={200}
            label={t('form.maxReaders')}
            description={t('form.maxReadersHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={form.maxReaders}
            error={errorOf('maxReaders')}
            onChange={(maxReaders) => change({ maxReaders })}
            min={1}
            max={4}
            allowDecimal={false}
          />
          <fieldset className="noc-risks">
            <legend>{t('form.risks')}</legend>
            <Switch
              label={t('form.allowTelnet')}
              description={t('form.allowTelnetHint')}
              error={errorOf('allowTelnet')}
              checked={form.allowTelnet}
              onChange={(event) => change({ allowTelnet: event.currentTarget.checked })}
            />
            <Switch
              label={t('form.allowLegacy')}
              description={t(
                base.familyKnowsLegacySsh ? 'form.allowLegacyHint' : 'form.noLegacyInFamily',
              )}
              disabled={!base.familyKnowsLegacySsh && !form.allowLegacySsh}
              checked={form.allowLegacySsh}
              onChange={(event) => change({ allowLegacySsh: event.currentTarget.checked })}
            />
          </fieldset>
          {failure === undefined ? null : failure.code === 'conflict' ? (
            <div className="no-conflict" role="alert">
              <p>{t('form.conflict')}</p>
              <Button variant="default" onClick={() => void takeNewer()}>
                {t('form.takeNewer')}
              </Button>
            </div>
          ) : (
            <FailureState failure={failure} />
          )}
          <Group justify="flex-end" gap="sm">
            {base.configured ? (
              <Button
                variant="subtle"
                color="red"
                mr="auto"
                onClick={() =>
                  void removeAccess(olt, base, onChange).then((done) => done && onClose())
                }
              >
                {t('remove.button')}
              </Button>
            ) : null}
            <Button variant="default" onClick={onClose}>
              {common('button.cancel')}
            </Button>
            <Button type="submit" loading={saving}>
              {common('button.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </RecordDrawer>
  )
}
