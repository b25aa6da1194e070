import { Button } from '@mantine/core'
import { IconCircleCheck, IconDownload, IconFilterOff, IconPlus } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WaitingOnu } from '../../../src-shared/contract/provisioning-model.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { paths } from '../../app/paths.ts'
import { useOfferedActions } from '../../app/page-actions.ts'
import { useQuery } from '../../client/hooks.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { exportCsv } from '../../components/export-csv.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { FilterBox } from '../../components/filter-box.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { usePlanDrawer } from '../provisioning/plan-drawer.tsx'
import { makePlan } from '../provisioning/provisioning-acts.ts'
import { useRights } from '../provisioning/use-rights.ts'
import { AuthoriseDrawer } from './authorise-drawer.tsx'
import { AutoPanel } from './auto-panel.tsx'
import { LookNow } from './look-now.tsx'
import { ReplaceDialog } from './replace-dialog.tsx'
import { SavedPanel } from './saved-panel.tsx'
import { SaveOnuDialog, type SaveStart } from './save-onu-dialog.tsx'
import { fitsWaiting, groupWaiting, keyOf, ponText, readyChange } from './waiting-rules.ts'
import { WaitingTable, type WaitingActs } from './waiting-table.tsx'
import '../provisioning/provisioning.css'
import './waiting.css'

/** ONUs that OLTs see and nobody has authorised: one Enter plans it, another one applies it. */
export const WaitingScreen = () => {
  const { t } = useTranslation('provisioning')
  const { t: common } = useTranslation()
  const format = useFormat()
  const rights = useRights()
  const { value, failure, refresh } = useQuery(
    'provisioning.waiting',
    {},
    { on: ['provisioning.changed', 'network.changed'], everyMs: 2000 },
  )
  const presets = useQuery('provisioning.presets', {}, { on: ['provisioning.changed'] }).value
  const saved = useQuery('provisioning.saved', {}, { on: ['provisioning.changed'] }).value
  const [text, setText] = useState('')
  const [busy, setBusy] = useState<string | null>(null)
  const [form, setForm] = useState<WaitingOnu | null>(null)
  const [replace, setReplace] = useState<WaitingOnu | null>(null)
  const [save, setSave] = useState<SaveStart | null>(null)
  const box = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const toList = (): void => list.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus()
  const drawer = usePlanDrawer(() => setTimeout(toList))

  const onus = useMemo(() => value?.onus ?? [], [value])
  const rows = useMemo(() => onus.filter((onu) => fitsWaiting(onu, text)), [onus, text])
  const groups = useMemo(() => groupWaiting(rows), [rows])

  // Who comes by the counter of the dashboard finds the first line under his Enter.
  const began = useRef(false)
  useEffect(() => {
    if (began.current || rows.length === 0) return
    began.current = true
    const at = document.activeElement
    if (at === null || at === document.body || at.matches('main, a[href]')) toList()
  }, [rows.length])

  const showPlan = (planId: string): void => {
    setForm(null)
    drawer.show(planId)
  }
  const plan = async (key: string, input: Parameters<typeof makePlan>[0]): Promise<void> => {
    if (busy !== null) return
    setBusy(key)
    const made = await makePlan(input)
    setBusy(null)
    if (made !== null) showPlan(made.id)
  }
  const ready = (onu: WaitingOnu) => readyChange(onu, presets?.presets ?? [], saved?.onus ?? [])
  const acts: WaitingActs = {
    ready: (onu) => ready(onu) !== null,
    authorise: (onu) => {
      if (!rights.make) return
      if (onu.planId !== null) return showPlan(onu.planId)
      const change = ready(onu)
      if (change === null || onu.pon === null || onu.serial === null) return setForm(onu)
      void plan(keyOf(onu), {
        targets: { list: [{ oltId: onu.oltId, pon: onu.pon, serial: onu.serial }] },
        change,
      })
    },
    form: setForm,
    moveHere: (onu, from) => {
      if (onu.pon === null) return
      void plan(keyOf(onu), {
        targets: { list: [{ oltId: from.oltId, address: from.address }] },
        change: { kind: 'move', to: { oltId: onu.oltId, pon: onu.pon } },
      })
    },
    replace: setReplace,
    save: (onu) => setSave({ serial: onu.serial ?? '', oltId: onu.oltId, pon: onu.pon }),
    plan: showPlan,
  }

  const exportRows = (): void => {
    if (rows.length === 0) return
    exportCsv(
      `onus-unconfigured-${new Date().toISOString().slice(0, 10)}.csv`,
      [
        t('waiting.serial'),
        t('waiting.model'),
        t('waiting.firmware'),
        t('waiting.olt'),
        t('waiting.pon'),
        t('waiting.since'),
        t('waiting.preset'),
      ],
      rows.map((onu) => [
        onu.serial,
        onu.model,
        onu.firmware,
        onu.oltName,
        ponText(onu),
        onu.firstSeenAt === null ? null : new Date(onu.firstSeenAt).toISOString(),
        onu.preset?.name ?? null,
      ]),
    )
    showToast({ kind: 'done', title: t('export.done', { count: rows.length }) })
  }
  useShortcut('exportList', exportRows)
  useShortcut('refresh', refresh)
  useShortcut('focusFilter', () => box.current?.focus())
  useOfferedActions(
    rights.make
      ? [{ id: 'save-onu', label: t('saved.add'), icon: IconPlus, run: () => setSave({}) }]
      : [],
  )

  return (
    <div className="nc-page">
      <header className="nc-page__head npw-head">
        <h1>
          {t('waiting.title')}{' '}
          {onus.length > 0 && (
            <span className="npv-note" role="status">
              {t('waiting.count', { count: onus.length, number: format.number(onus.length) })}
            </span>
          )}
        </h1>
        {onus.length > 0 && (
          <FilterBox input={box} text={text} onText={setText} label={t('waiting.filter')} />
        )}
        {rights.make && (
          <Button
            variant="default"
            leftSection={<IconPlus size={15} stroke={1.7} aria-hidden="true" />}
            onClick={() => setSave({})}
          >
            {t('saved.add')}
          </Button>
        )}
        <LookNow />
        {onus.length > 0 && (
          <Button
            variant="default"
            leftSection={<IconDownload size={15} stroke={1.7} aria-hidden="true" />}
            onClick={exportRows}
          >
            {common('button.export')}
          </Button>
        )}
      </header>
      {value !== undefined && <AutoPanel auto={value.auto} presets={presets?.presets ?? []} />}
      {failure !== undefined && (
        <FailureState brief={value !== undefined} failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        failure === undefined && <LoadingState rows={8} />
      ) : rows.length === 0 ? (
        onus.length === 0 ? (
          <EmptyState
            icon={IconCircleCheck}
            title={t('waiting.emptyTitle')}
            text={t('waiting.emptyText')}
            action={<RouteLink to={paths.presets()}>{t('waiting.toPresets')}</RouteLink>}
          />
        ) : (
          <EmptyState
            icon={IconFilterOff}
            title={t('waiting.noneFit')}
            text={t('waiting.noneFitText', { total: format.number(onus.length), text })}
          />
        )
      ) : (
        <div ref={list} className="npw-groups">
          <WaitingTable groups={groups} busy={busy} acts={acts} mayAct={rights.make} />
        </div>
      )}
      <SavedPanel saved={saved?.onus} onEdit={(one) => setSave({ saved: one })} />
      {form !== null && (
        <AuthoriseDrawer
          key={keyOf(form)}
          onu={form}
          presets={presets?.presets ?? []}
          onPlan={showPlan}
          onClose={() => {
            setForm(null)
            setTimeout(toList)
          }}
        />
      )}
      {form === null && drawer.node}
      {save !== null && <SaveOnuDialog start={save} onClose={() => setSave(null)} />}
      {replace !== null && (
        <ReplaceDialog onu={replace} onClose={() => setReplace(null)} onPlan={showPlan} />
      )}
    </div>
  )
}
