import { MultiSelect, Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../../src-shared/contract/access-accounts.ts'
import { scopeKinds, type ScopeKind } from '../../../src-shared/domain/scope.ts'
import { paths } from '../../app/paths.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { act } from './access-acts.ts'
import { useRegions } from './use-people.ts'

export interface ReachDialogProps {
  readonly account: Account
  readonly onClose: () => void
}

/** How far the role reaches for this person: everything, some regions, or his own alone. */
export const ReachDialog = ({ account, onClose }: ReachDialogProps) => {
  const { t } = useTranslation('access-people')
  const regions = useRegions().value?.regions ?? []
  const [kind, setKind] = useState<ScopeKind>(account.scope.kind)
  const [regionIds, setRegionIds] = useState<string[]>(
    account.scope.kind === 'regions' ? account.scope.regionIds : [],
  )
  const save = async (): Promise<boolean> => {
    const done = await act(
      'access.setScope',
      {
        accountId: account.id,
        baseVersion: account.version,
        scope: kind === 'regions' ? { kind, regionIds } : { kind },
      },
      () => ({ title: t('reach.saved', { name: account.name }) }),
    )
    return done !== null
  }
  return (
    <FormDialog
      title={t('reach.title', { name: account.name })}
      button={t('account.save')}
      ready={kind !== 'regions' || regionIds.length > 0}
      onClose={onClose}
      onSubmit={save}
    >
      <Radio.Group
        aria-label={t('reach.label')}
        value={kind}
        onChange={(value) => setKind(value as ScopeKind)}
      >
        <Stack gap="xs">
          {scopeKinds.map((each) => (
            <Radio
              key={each}
              value={each}
              label={t(`reach.${each}`)}
              description={t(`reach.${each}Text`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {kind === 'regions' &&
        (regions.length === 0 ? (
          <p className="nc-soft">
            {t('reach.noRegion')} <RouteLink to={paths.regions()}>{t('regions.title')}</RouteLink>
          </p>
        ) : (
          <MultiSelect
            label={t('regions.title')}
            searchable
            value={regionIds}
            onChange={setRegionIds}
            data={regions.map(({ id, name }) => ({ value: id, label: name }))}
          />
        ))}
      <p className="nc-soft nc-small">{t('reach.note')}</p>
    </FormDialog>
  )
}
