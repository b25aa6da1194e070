import { Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { callQuery, runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { RecordDrawer } from '../../components/record-drawer.tsx'
import { showToast } from '../../components/toast.tsx'
import { ConnectionFields, DetailFields, oltFormResolver } from './olt-fields.tsx'
import { formOfOlt, updateInputOf, type OltForm } from './olt-form.ts'

export interface EditOltDrawerProps {
  readonly olt: OltRow
  readonly onClose: () => void
  readonly onSaved: () => void
}

/**
 * Changes what the console knows about an OLT. It edits one version; when another one was saved
 * meanwhile, the engine refuses, and the person decides which of the two holds.
 */
export const EditOltDrawer = ({ olt, onClose, onSaved }: EditOltDrawerProps) => {
  const { t } = useTranslation('network')
  const [base, setBase] = useState(olt)
  const [failure, setFailure] = useState<Failure | undefined>()
  const form = useForm<OltForm>({
    defaultValues: formOfOlt(olt),
    mode: 'onTouched',
    resolver: oltFormResolver(base),
  })

  const save = async (values: OltForm, against: OltRow): Promise<void> => {
    const input = updateInputOf(against, values)
    if (input === undefined) {
      showToast({ kind: 'info', title: t('olts.edit.nothing') })
      onClose()
      return
    }
    setFailure(undefined)
    try {
      await runCommand('network.updateOlt', input)
      showToast({ kind: 'done', title: t('olts.edit.saved', { name: values.name.trim() }) })
      onSaved()
      onClose()
    } catch (error) {
      setFailure(failureOf(error))
    }
  }

  const newest = async (): Promise<OltRow | undefined> => {
    try {
      return (await callQuery('network.olt', { oltId: base.id })).olt
    } catch (error) {
      setFailure(failureOf(error))
      return undefined
    }
  }

  const takeNewer = async (): Promise<void> => {
    const latest = await newest()
    if (latest === undefined) return
    setBase(latest)
    setFailure(undefined)
    form.reset(formOfOlt(latest))
  }

  const saveOver = async (): Promise<void> => {
    const latest = await newest()
    if (latest === undefined) return
    setBase(latest)
    await form.handleSubmit((values) => save(values, latest))()
  }

  return (
    <RecordDrawer
      title={t('olts.edit.title', { name: base.name })}
      subtitle={<span className="nc-mono">{`${base.host}:${base.port}`}</span>}
      onClose={onClose}
    >
      <form onSubmit={form.handleSubmit((values) => save(values, base))} noValidate>
        <Stack gap="md">
          <ConnectionFields form={form} olt={base} />
          <DetailFields form={form} olt={base} />
          {failure === undefined ? null : failure.code === 'conflict' ? (
            <div className="no-conflict" role="alert">
              <p>{t('olts.edit.conflict')}</p>
              <Group gap="sm">
                <Button variant="default" onClick={() => void takeNewer()}>
                  {t('olts.edit.conflictTake')}
                </Button>
                <Button variant="default" onClick={() => void saveOver()}>
                  {t('olts.edit.conflictKeep')}
                </Button>
              </Group>
            </div>
          ) : (
            <FailureState failure={failure} />
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('olts.edit.cancel')}
            </Button>
            <Button type="submit" loading={form.formState.isSubmitting}>
              {t('olts.edit.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </RecordDrawer>
  )
}
