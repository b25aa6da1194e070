import { Button, Checkbox, PasswordInput, Stack, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CompanySettings } from '../../../src-shared/contract/access-company.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { useEntrance } from '../../state/workspace.ts'
import { act } from '../access-accounts/access-acts.ts'
import { PeopleTabs } from '../access-accounts/people-tabs.tsx'
import { draftOf, inputOf, isChanged, isComplete, type CompanyDraft } from './company-model.ts'
import { TryPanel } from './try-panel.tsx'
import '../access-roles/roles.css'

/** Setting up the company's OpenID Connect provider. */
export const CompanyScreen = () => {
  const { t } = useTranslation('access-company')
  const { t: people } = useTranslation('access-people')
  const { value, failure, refresh } = useQuery(
    'access.companySettings',
    {},
    { on: ['access.changed'], everyMs: 500 },
  )
  useShortcut('refresh', refresh)
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{people('title')}</h1>
      </header>
      <PeopleTabs />
      <p className="nc-soft">{t('intro')}</p>
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={8} />
      ) : (
        // Another version is another form: nothing is laid over somebody else's change.
        <CompanyForm
          key={value.settings?.version ?? 0}
          settings={value.settings}
          redirectUri={value.redirectUri}
          linked={value.linked}
          onSaved={refresh}
        />
      )}
    </div>
  )
}

interface CompanyFormProps {
  readonly settings: CompanySettings | null
  readonly redirectUri: string
  readonly linked: number
  readonly onSaved: () => void
}

const CompanyForm = ({ settings, redirectUri, linked, onSaved }: CompanyFormProps) => {
  const { t } = useTranslation('access-company')
  const isOwner = useEntrance((state) => state.session?.account.isOwner === true)
  const [draft, setDraft] = useState(() => draftOf(settings))
  const [saving, setSaving] = useState(false)
  const change = (part: Partial<CompanyDraft>): void =>
    setDraft((before) => ({ ...before, ...part }))
  const changed = isChanged(draft, settings)
  const save = async (): Promise<void> => {
    setSaving(true)
    const saved = await act('access.companySet', inputOf(draft, settings), () => ({
      title: t('saved'),
    }))
    setSaving(false)
    if (saved !== null) onSaved()
  }
  const text = (
    name: 'label' | 'issuer' | 'clientId' | 'scopes' | 'claim' | 'factorValues',
    maxLength: number,
    hint: string | null,
  ) => (
    <TextInput
      label={t(`field.${name}`)}
      {...(hint === null ? {} : { description: hint })}
      value={draft[name]}
      maxLength={maxLength}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  )
  const state = settings === null ? 'none' : settings.enabled ? 'on' : 'off'
  return (
    <div className="ncr-columns">
      <section className="nc-panel" aria-label={t('title')}>
        <header className="nc-panel__head">
          <h2>{t('title')}</h2>
          <span className="nc-small nc-soft">
            {t(`state.${state}`)}
            {settings !== null && ` · ${t('linked', { count: linked })}`}
          </span>
        </header>
        <div className="nc-panel__body">
          <form
            onSubmit={(event) => {
              event.preventDefault()
              if (changed && isComplete(draft)) void save()
            }}
          >
            <Stack gap="md">
              {text('label', 40, t('field.labelHint'))}
              {text('issuer', 300, t('field.issuerHint'))}
              {text('clientId', 200, null)}
              <PasswordInput
                label={t('field.secret')}
                description={t(
                  settings?.hasSecret === true ? 'field.secretKept' : 'field.secretHint',
                )}
                value={draft.secret}
                maxLength={1024}
                autoComplete="off"
                disabled={draft.dropsSecret}
                onChange={(event) => change({ secret: event.currentTarget.value })}
              />
              {settings?.hasSecret === true && (
                <Checkbox
                  label={t('field.secretRemove')}
                  checked={draft.dropsSecret}
                  onChange={(event) =>
                    change({ dropsSecret: event.currentTarget.checked, secret: '' })
                  }
                />
              )}
              {text('scopes', 300, t('field.scopesHint'))}
              {text('claim', 80, t('field.claimHint'))}
              {text('factorValues', 300, t('field.factorValuesHint'))}
              <Switch
                label={t('field.linkByEmail')}
                description={t('field.linkByEmailHint')}
                checked={draft.linkByEmail}
                disabled={!isOwner && !draft.linkByEmail}
                onChange={(event) => change({ linkByEmail: event.currentTarget.checked })}
              />
              <Switch
                label={t('field.enabled')}
                description={t('field.enabledHint')}
                checked={draft.enabled}
                onChange={(event) => change({ enabled: event.currentTarget.checked })}
              />
            </Stack>
            <button type="submit" hidden />
          </form>
        </div>
      </section>
      <div className="ncr-side">
        <TryPanel
          label={settings?.label ?? ''}
          isSaved={settings !== null && !changed}
          redirectUri={redirectUri}
        />
      </div>
      {changed && (
        <div className="ncr-foot" role="status">
          <span>{t('changes')}</span>
          <Button variant="default" onClick={() => setDraft(draftOf(settings))}>
            {t('revert')}
          </Button>
          <Button loading={saving} disabled={!isComplete(draft)} onClick={() => void save()}>
            {t('save')}
          </Button>
        </div>
      )}
    </div>
  )
}
