import { Button, SegmentedControl } from '@mantine/core'
import { IconFileTypePdf, IconPrinter, IconRefresh } from '@tabler/icons-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { failureOf, useQuery } from '../../client/hooks.ts'
import { callQuery } from '../../client/client.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { downloadBytes } from '../../components/export-csv.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { usePreferences } from '../../state/preferences.ts'
import { momentText } from './moment.ts'
import { NotePanel, type Draft } from './note-panel.tsx'
import { OwnPeriod } from './own-period.tsx'
import { periodKinds, periodOf, type Period, type PeriodKind } from './period.ts'
import { ReportSections } from './report-sections.tsx'
import './handover.css'

/** What one shift leaves to the next: read, added to, printed or kept as a file. */
export const HandoverScreen = () => {
  const { t } = useTranslation('handover')
  const notes = useQuery('handover.notes', {})
  const lastNoteAt = notes.value?.notes[0]?.to ?? null
  const [kind, setKind] = useState<PeriodKind>('8')
  const [period, setPeriod] = useState<Period>(() => periodOf('8', Date.now(), null))
  const [draft, setDraft] = useState<Draft>({ text: '', takenBy: '' })
  const report = useQuery('handover.report', period)

  const choose = (next: PeriodKind): void => {
    setKind(next)
    if (next !== 'own') setPeriod(periodOf(next, Date.now(), lastNoteAt))
  }
  const refresh = (): void => {
    if (kind === 'own') report.refresh()
    else setPeriod(periodOf(kind, Date.now(), lastNoteAt))
  }
  useShortcut('refresh', refresh)

  return (
    <div className="nc-page ho-page">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
        <div className="ho-tools">
          <SegmentedControl
            aria-label={t('period')}
            value={kind}
            onChange={(value) => choose(periodKinds.find((each) => each === value) ?? '8')}
            data={periodKinds
              .filter((each) => each !== 'since' || lastNoteAt !== null)
              .map((value) => ({ value, label: t(`periods.${value}`) }))}
          />
          {kind === 'own' && <OwnPeriod period={period} onChange={setPeriod} />}
          <Button
            variant="default"
            onClick={refresh}
            leftSection={<IconRefresh size={15} aria-hidden="true" />}
          >
            {t('refresh')}
          </Button>
          <Paper period={period} draft={draft} />
        </div>
      </header>
      <PeriodLine period={period} />
      <div className="ho-columns">
        <div className="ho-report">
          {report.value === undefined ? (
            <Awaiting failure={report.failure} onRetry={refresh} rows={14} />
          ) : (
            <>
              {report.failure !== undefined && (
                <FailureState failure={report.failure} onRetry={refresh} brief />
              )}
              <ReportSections report={report.value} />
            </>
          )}
        </div>
        <NotePanel
          draft={draft}
          onDraft={setDraft}
          period={period}
          notes={notes.value?.notes}
          failure={notes.failure}
          onRetry={notes.refresh}
        />
      </div>
    </div>
  )
}

const PeriodLine = ({ period }: { readonly period: Period }) => {
  const format = useFormat()
  return (
    <p className="ho-period nc-soft">
      {momentText(format, period.from)} – {momentText(format, period.to)}
    </p>
  )
}

/** Onto paper or into a file. */
const Paper = ({ period, draft }: { readonly period: Period; readonly draft: Draft }) => {
  const { t } = useTranslation('handover')
  const language = usePreferences((state) => state.preferences.language)
  const [busy, setBusy] = useState(false)
  const save = useCallback((): void => {
    setBusy(true)
    const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
    callQuery('handover.pdf', { ...period, ...draft, language, timeZone })
      .then(({ bytes, fileName }) => {
        downloadBytes(fileName, bytes, 'application/pdf')
        showToast({ kind: 'done', title: t('saved'), text: fileName })
        return undefined
      })
      .catch((error: unknown) => showFailure(failureOf(error)))
      .finally(() => setBusy(false))
  }, [period, draft, language, t])
  useShortcut('exportList', save)
  return (
    <>
      <Button
        variant="default"
        onClick={() => window.print()}
        leftSection={<IconPrinter size={15} aria-hidden="true" />}
      >
        {t('print')}
      </Button>
      <Button
        loading={busy}
        onClick={save}
        leftSection={<IconFileTypePdf size={15} aria-hidden="true" />}
      >
        {t('pdf')}
      </Button>
    </>
  )
}
