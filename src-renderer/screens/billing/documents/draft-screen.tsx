import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { IconFileOff } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import type {
  DocumentRecord,
  TypedLine,
} from '../../../../src-shared/contract/billing-documents-model.ts'
import { currencyCodes, isCurrencyCode } from '../../../../src-shared/domain/currencies.ts'
import { navigate } from '../../../app/location.ts'
import { paths } from '../../../app/paths.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { FailureState } from '../../../components/failure-state.tsx'
import { useMoneyText } from '../../../components/money.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { useBillingSettings } from '../../../state/billing.ts'
import { act } from '../billing-acts.ts'
import { DocumentTotals } from './document-lines.tsx'
import {
  draftKinds,
  emptyLine,
  formOf,
  lineOf,
  type DraftForm,
  type LineForm,
} from './draft-form.ts'
import { DraftLines, type LookedLine } from './draft-lines.tsx'
import { SubscriberField } from './subscriber-field.tsx'
import { useIssue } from './use-issue.ts'
import './documents.css'

const typedMs = 250

/** A document by hand: a new one, or a draft that was kept. */
export const DraftScreen = ({ documentId }: { readonly documentId?: string }) => {
  const { t } = useTranslation('billing-documents')
  const query = useSearch()
  const asked = new URLSearchParams(query)
  const corrects = asked.get('corrects')
  const own = useBillingSettings()
  const rates = useQuery('billing.taxRates', {})
  const kept = useQuery(
    'billing.document',
    { documentId: documentId ?? '' },
    { skip: documentId === undefined },
  )
  const corrected = useQuery(
    'billing.document',
    { documentId: corrects ?? '' },
    { skip: corrects === null },
  )
  const waiting = [
    rates,
    ...(documentId === undefined ? [] : [kept]),
    ...(corrects === null ? [] : [corrected]),
  ]
  const failure = waiting.find((one) => one.value === undefined && one.failure)?.failure
  if (waiting.some(({ value }) => value === undefined) || own === null) {
    const gone = failure?.code === 'not-found' || failure?.code === 'invalid-input'
    return (
      <div className="nc-page">
        {gone ? (
          <Gone title={t('gone')} text={t('goneText')} />
        ) : (
          <Awaiting
            failure={failure}
            onRetry={() => waiting.forEach(({ refresh }) => refresh())}
            rows={10}
          />
        )}
      </div>
    )
  }
  const known = [...new Set((rates.value?.rates ?? []).map(({ code }) => code))]
  // The tax of the country holds for nearly every line: the only one there is is proposed.
  const usual = known.length === 1 ? known : []
  const before = kept.value === undefined ? null : formOf(kept.value)
  if (documentId !== undefined && before === null) {
    return (
      <div className="nc-page">
        <Gone
          title={t('draft.editTitle')}
          text={t(kept.value?.state === 'issued' ? 'draft.issuedAlready' : 'draft.byRun')}
        />
      </div>
    )
  }
  const kind = draftKinds.find((one) => one === asked.get('kind')) ?? 'invoice'
  const currency = asked.get('currency')
  const first: DraftForm = before ?? {
    kind,
    subscriberId: corrected.value?.subscriberId ?? asked.get('subscriber'),
    currency:
      corrected.value?.currency ??
      (currency !== null && isCurrencyCode(currency) ? currency : own.currency),
    correctsId: kind === 'debit-note' ? corrects : null,
    reason: '',
    note: '',
    lines: [emptyLine(usual)],
  }
  return (
    <Editor
      key={documentId ?? query}
      first={first}
      kept={kept.value}
      corrects={kept.value?.corrects ?? corrected.value ?? null}
      taxCodes={known}
      usual={usual}
    />
  )
}

const Gone = ({ title, text }: { readonly title: string; readonly text: string }) => {
  const { t } = useTranslation('billing-documents')
  return (
    <EmptyState
      icon={IconFileOff}
      title={title}
      text={text}
      action={<RouteLink to={paths.documents()}>{t('toList')}</RouteLink>}
    />
  )
}

interface EditorProps {
  readonly first: DraftForm
  /** Undefined: it is new. */
  readonly kept: DocumentRecord | undefined
  readonly corrects: { readonly id: string; readonly number: string | null } | null
  readonly taxCodes: readonly string[]
  readonly usual: readonly string[]
}

const Editor = ({ first, kept, corrects, taxCodes, usual }: EditorProps) => {
  const { t } = useTranslation('billing-documents')
  const money = useMoneyText()
  const issue = useIssue()
  const [form, setForm] = useState(first)
  const [marksMissing, setMarksMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const { currency, subscriberId } = form
  const look = useLook(form)
  const isDebit = form.kind === 'debit-note'
  const kinds = corrects === null ? draftKinds.filter((one) => one !== 'debit-note') : draftKinds
  const lines = form.lines.map((line) => lineOf(line, currency))
  const isWhole = subscriberId !== null && lines.every((line) => 'line' in line)
  const isRefused = [...look.byKey.values()].some(({ problem }) => problem !== null)

  const save = async (issues: boolean): Promise<void> => {
    setMarksMissing(true)
    if (!isWhole || isRefused || subscriberId === null || busy) return
    setBusy(true)
    const out = await act(
      'billing.saveDraft',
      {
        documentId: kept?.id ?? null,
        baseVersion: kept?.version ?? 0,
        kind: form.kind,
        subscriberId,
        currency,
        correctsId: isDebit ? form.correctsId : null,
        reason: isDebit ? form.reason.trim() : '',
        note: form.note.trim(),
        lines: lines.flatMap((one) => ('line' in one ? [one.line] : [])),
      },
      () => ({ title: t('draft.saved') }),
    )
    if (out !== undefined && issues) {
      const { documentId: id, version, total } = out
      await issue({
        id,
        version,
        kind: form.kind,
        total: money(total, currency),
        name: look.name ?? '',
      })
    }
    setBusy(false)
    if (out !== undefined) navigate(paths.document(out.documentId))
  }

  return (
    <form
      className="nc-page"
      onSubmit={(event) => {
        event.preventDefault()
        void save(false)
      }}
    >
      <header className="nc-page__head">
        <div>
          <nav className="nc-small nc-soft" aria-label={t('title')}>
            <RouteLink to={paths.documents()}>{t('title')}</RouteLink>
          </nav>
          <h1>{t(kept === undefined ? 'draft.newTitle' : 'draft.editTitle')}</h1>
        </div>
        <Button type="submit" variant="default" loading={busy}>
          {t('draft.save')}
        </Button>
        <Button type="button" disabled={busy} onClick={() => void save(true)}>
          {t('draft.issue')}
        </Button>
      </header>
      {corrects !== null && isDebit && (
        <p>
          <RouteLink to={paths.document(corrects.id)}>
            {t('draft.corrects', { number: corrects.number ?? '' })}
          </RouteLink>
        </p>
      )}
      <div className="nbd-fields">
        <SubscriberField
          value={subscriberId}
          disabled={kept !== undefined || corrects !== null}
          onChange={(id) => setForm({ ...form, subscriberId: id })}
          error={marksMissing && subscriberId === null ? t('draft.missing') : undefined}
        />
        <Select
          label={t('draft.kind')}
          allowDeselect={false}
          disabled={isDebit}
          data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          value={form.kind}
          onChange={(kind) =>
            setForm({ ...form, kind: draftKinds.find((one) => one === kind) ?? form.kind })
          }
        />
        <Select
          label={t('draft.currency')}
          searchable
          allowDeselect={false}
          disabled={isDebit}
          data={currencyCodes}
          value={currency}
          onChange={(code) => setForm({ ...form, currency: code ?? currency })}
        />
        {isDebit && (
          <TextInput
            label={t('draft.reason')}
            description={t('draft.reasonHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            maxLength={500}
            value={form.reason}
            onChange={(event) => setForm({ ...form, reason: event.currentTarget.value })}
          />
        )}
      </div>
      <DraftLines
        lines={form.lines}
        currency={currency}
        taxCodes={taxCodes}
        looked={look.byKey}
        marksMissing={marksMissing}
        onLines={(next) => setForm({ ...form, lines: next })}
        onAdd={() =>
          setForm({
            ...form,
            lines: [...form.lines, emptyLine(form.lines.at(-1)?.taxCodes ?? usual)],
          })
        }
      />
      <div className="nbd-columns">
        <Textarea
          label={t('draft.note')}
          value={form.note}
          maxLength={2000}
          autosize
          minRows={2}
          maxRows={8}
          onChange={(event) => setForm({ ...form, note: event.currentTarget.value })}
        />
        <section className="nc-panel" aria-label={t('draft.totals')}>
          <header className="nc-panel__head">
            <h2>{t('draft.totals')}</h2>
          </header>
          {look.failure !== undefined && (
            <FailureState brief failure={look.failure} onRetry={look.refresh} />
          )}
          {look.value === undefined ? (
            <p className="nc-panel__body nc-soft">
              {t(subscriberId === null ? 'draft.choose' : 'draft.incomplete')}
            </p>
          ) : (
            <>
              <DocumentTotals
                document={{ ...look.value, kind: form.kind, currency, rounding: 0 }}
              />
              {isRefused && (
                <p className="nc-panel__body nc-soft" role="status">
                  {t('draft.refused')}
                </p>
              )}
            </>
          )}
        </section>
      </div>
    </form>
  )
}

/** What the engine says to what is typed, as soon as the keys rest. */
const useLook = (form: DraftForm) => {
  const { subscriberId, currency } = form
  const readable = form.lines.flatMap((line): { key: number; line: TypedLine }[] => {
    const read = lineOf(line, currency)
    return 'line' in read ? [{ key: line.key, line: read.line }] : []
  })
  const asked = JSON.stringify({ subscriberId, currency, readable })
  const [rested, setRested] = useState(asked)
  useEffect(() => {
    const timer = setTimeout(() => setRested(asked), typedMs)
    return () => clearTimeout(timer)
  }, [asked])
  const now = useMemo(
    () =>
      JSON.parse(rested) as {
        readonly subscriberId: string | null
        readonly currency: string
        readonly readable: readonly { readonly key: LineForm['key']; readonly line: TypedLine }[]
      },
    [rested],
  )
  const skip = now.subscriberId === null || now.readable.length === 0
  const { value, failure, refresh } = useQuery(
    'billing.draftLook',
    {
      subscriberId: now.subscriberId ?? '',
      currency: now.currency,
      lines: now.readable.map(({ line }) => line),
    },
    { skip },
  )
  const name = useQuery(
    'subscribers.record',
    { id: subscriberId ?? '' },
    { skip: subscriberId === null },
  ).value?.name
  const shown = skip ? undefined : value
  const byKey = new Map<number, LookedLine>()
  if (rested === asked && shown?.lines.length === now.readable.length) {
    now.readable.forEach(({ key }, index) => byKey.set(key, shown.lines[index]!))
  }
  return { value: shown, failure: skip ? undefined : failure, refresh, byKey, name }
}
