import { Button, Checkbox, TextInput } from '@mantine/core'
import { IconCircleCheck, IconDatabaseImport } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'wouter'
import type { Output } from '../../../src-shared/contract/index.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import { paths } from '../../app/paths.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf, useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { Since } from '../../components/data-age.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useRights } from '../provisioning/use-rights.ts'
import { settingsLine } from '../provisioning-form/settings-model.ts'
import '../provisioning/provisioning.css'
import './records.css'

type Group = Output<'provisioning.adoption'>['groups'][number]

const nobody = '00000000-0000-4000-8000-000000000000'

/** An OLT that is full already: what was found on it, gathered by settings, to be taken over. */
export const AdoptionScreen = () => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const { oltId = nobody } = useParams<{ readonly oltId: string }>()
  const olts = useQuery('network.olts', {}).value?.olts
  const { value, failure, refresh } = useQuery(
    'provisioning.adoption',
    { oltId },
    { on: ['provisioning.changed'], everyMs: 500 },
  )
  const name = olts?.find(({ id }) => id === oltId)?.name ?? ''
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <div className="npv-title">
          <nav className="nc-small nc-soft" aria-label={t('mismatches.title')}>
            <RouteLink to={paths.mismatches()}>{t('mismatches.title')}</RouteLink>
            {' › '}
            <RouteLink to={paths.olt(oltId)}>{name}</RouteLink>
          </nav>
          <h1>
            {t('adoption.title', { name })}{' '}
            {value !== undefined && (
              <span className="npv-note" role="status">
                {t('adoption.count', {
                  count: value.unrecorded,
                  number: format.number(value.unrecorded),
                })}
              </span>
            )}
          </h1>
        </div>
        {value?.at != null && (
          <span className="nc-soft">
            {t('scan.at')} <Since at={value.at} />
          </span>
        )}
      </header>
      <p className="nc-soft">{t('adoption.intro')}</p>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={8} />
      ) : value.groups.length === 0 ? (
        <EmptyState
          icon={IconCircleCheck}
          title={t('adoption.emptyTitle')}
          text={t(value.at === null ? 'adoption.emptyNeverText' : 'adoption.emptyText')}
          action={<RouteLink to={paths.mismatches()}>{t('adoption.toScan')}</RouteLink>}
        />
      ) : (
        <Groups key={oltId} oltId={oltId} groups={value.groups} />
      )}
    </div>
  )
}

const Groups = ({
  oltId,
  groups,
}: {
  readonly oltId: string
  readonly groups: readonly Group[]
}) => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const rights = useRights()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(groups.map(({ id }) => id)))
  // The patterns that many follow are worth a preset; what a few have is an exception.
  const [names, setNames] = useState<ReadonlyMap<string, string>>(
    new Map(groups.filter(({ share }) => share >= 0.1).map((one) => [one.id, one.suggestedName])),
  )
  const [busy, setBusy] = useState(false)
  const picked = groups.filter(({ id }) => chosen.has(id))
  const count = picked.reduce((sum, one) => sum + one.count, 0)
  const toggle = (id: string): void => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  const rename = (id: string, name: string | null): void => {
    const next = new Map(names)
    if (name === null) next.delete(id)
    else next.set(id, name)
    setNames(next)
  }
  const bad = picked.some(({ id }) => names.get(id)?.trim() === '')
  const adopt = async (): Promise<void> => {
    setBusy(true)
    try {
      const { adopted, presets } = await runCommand('provisioning.adopt', {
        oltId,
        groups: picked.map(({ id }) => ({
          groupId: id,
          presetName: names.get(id)?.trim() ?? null,
        })),
      })
      showToast({
        kind: 'done',
        title: t('adoption.done', { count: adopted, number: format.number(adopted) }),
        text: t('adoption.donePresets', { count: presets }),
      })
    } catch (error) {
      showFailure(failureOf(error))
    }
    setBusy(false)
  }
  return (
    <section className="nc-panel" aria-label={t('adoption.groups')}>
      <header className="nc-panel__head npr-bulk">
        <h2>{t('adoption.groups')}</h2>
        {rights.reconcile && (
          <Button
            disabled={picked.length === 0 || bad}
            loading={busy}
            leftSection={<IconDatabaseImport size={15} stroke={1.7} aria-hidden="true" />}
            onClick={() => void adopt()}
          >
            {t('adoption.button', { count, number: format.number(count) })}
          </Button>
        )}
      </header>
      <div className="npw-scroll" tabIndex={0} role="group" aria-label={t('adoption.groups')}>
        <table className="nc-table npr-table">
          <thead>
            <tr>
              <th scope="col">
                <Checkbox
                  aria-label={t('adoption.chooseAll')}
                  checked={picked.length === groups.length}
                  indeterminate={picked.length > 0 && picked.length < groups.length}
                  onChange={() =>
                    setChosen(
                      new Set(picked.length === groups.length ? [] : groups.map(({ id }) => id)),
                    )
                  }
                />
              </th>
              <th scope="col" className="nc-num">
                {t('changes.onus')}
              </th>
              <th scope="col">{t('adoption.share')}</th>
              <th scope="col">{t('saved.settings')}</th>
              <th scope="col">{t('adoption.models')}</th>
              <th scope="col">{t('adoption.samples')}</th>
              <th scope="col">{t('adoption.preset')}</th>
            </tr>
          </thead>
          <tbody>
            {groups.map((one) => (
              <tr key={one.id} data-chosen={chosen.has(one.id) || undefined}>
                <td>
                  <Checkbox
                    aria-label={t('adoption.chooseOne', { name: one.suggestedName })}
                    checked={chosen.has(one.id)}
                    onChange={() => toggle(one.id)}
                  />
                </td>
                <td className="nc-num">{format.number(one.count)}</td>
                <td>
                  <span className="npv-cell">
                    <span className="npv-mini" aria-hidden="true">
                      <span style={{ width: `${one.share * 100}%` }} />
                    </span>
                    {format.percent(one.share)}
                  </span>
                </td>
                <td className="npr-side nc-mono">{settingsLine(one.settings)}</td>
                <td className="nc-soft">
                  {one.models
                    .map(({ model, count: of }) => `${model} ${format.number(of)}`)
                    .join(', ')}
                </td>
                <td>
                  {one.samples.map(({ address, serial }) => (
                    <RouteLink
                      key={serial}
                      to={paths.onu(oltId, address)}
                      title={serial}
                      className="npr-sample nc-mono"
                    >
                      {formatOnu(address)}
                    </RouteLink>
                  ))}
                </td>
                <td>
                  <span className="npv-cell">
                    <Checkbox
                      aria-label={t('adoption.presetOne', { name: one.suggestedName })}
                      checked={names.has(one.id)}
                      disabled={!chosen.has(one.id)}
                      onChange={(event) =>
                        rename(one.id, event.currentTarget.checked ? one.suggestedName : null)
                      }
                    />
                    {names.has(one.id) && (
                      <TextInput
                        aria-label={t('adoption.presetName', { name: one.suggestedName })}
                        w={220}
                        maxLength={80}
                        disabled={!chosen.has(one.id)}
                        value={names.get(one.id) ?? ''}
                        onChange={(event) => rename(one.id, event.currentTarget.value)}
                      />
                    )}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
