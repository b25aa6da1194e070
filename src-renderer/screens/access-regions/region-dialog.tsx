import { MultiSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Region } from '../../../src-shared/contract/access-scope.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { act } from '../access-accounts/access-acts.ts'
import { useOlts } from '../network-olts/use-olts.ts'

export interface RegionDialogProps {
  /** Null: a new one. */
  readonly region: Region | null
  readonly onClose: () => void
}

/** A name, and the OLTs that lie in it; an OLT may lie in several. */
export const RegionDialog = ({ region, onClose }: RegionDialogProps) => {
  const { t } = useTranslation('access-people')
  const olts = useOlts().value?.olts ?? []
  const [name, setName] = useState(region?.name ?? '')
  const [oltIds, setOltIds] = useState<string[]>(region?.oltIds ?? [])
  const save = async (): Promise<boolean> => {
    const called = name.trim()
    const done = await act(
      'access.saveRegion',
      { regionId: region?.id ?? null, baseVersion: region?.version ?? 0, name: called, oltIds },
      () => ({ title: t('regions.saved', { name: called }) }),
    )
    return done !== null
  }
  return (
    <FormDialog
      title={t(region === null ? 'regions.new' : 'regions.change')}
      button={t(region === null ? 'account.create' : 'account.save')}
      ready={name.trim() !== ''}
      onClose={onClose}
      onSubmit={save}
    >
      <TextInput
        label={t('regions.name')}
        withAsterisk
        data-autofocus
        maxLength={60}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <MultiSelect
        label={t('regions.olts')}
        description={t('regions.oltsHint')}
        searchable
        clearable
        value={oltIds}
        onChange={setOltIds}
        data={olts.map(({ id, name: oltName }) => ({ value: id, label: oltName }))}
      />
      {region !== null && region.accounts > 0 && (
        <p className="nc-soft nc-small">{t('regions.takesEffect', { count: region.accounts })}</p>
      )}
    </FormDialog>
  )
}
