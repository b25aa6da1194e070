import { Button, Loader, Switch } from '@mantine/core'
import {
  IconCopy,
  IconDownload,
  IconEraser,
  IconHandStop,
  IconListDetails,
  IconLockOpen,
  IconPlayerStop,
  IconTerminal2,
} from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { useOfferedActions } from '../../app/page-actions.ts'
import { useQuery } from '../../client/hooks.ts'
import { useShownMoment } from '../../client/moment.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { confirm } from '../../components/confirm.tsx'
import { copyTold } from '../../components/copy-told.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { nameOfNow, saveText } from '../olt-backups/backup-acts.ts'
import { CliNotices } from './cli-notices.tsx'
import { pastedLines } from './line-editor.ts'
import { PasteDialog } from './paste-dialog.tsx'
import { TerminalBadge } from './terminal-badge.tsx'
import { TerminalEnded } from './terminal-ended.tsx'
import { TerminalSearch } from './terminal-search.tsx'
import { TerminalView, type TerminalHandle } from './terminal-view.tsx'
import { useCliAccess } from './use-cli-access.ts'
import { useMay } from './use-may.ts'
import { useTerminal } from './use-terminal.ts'
import '../olt-backups/olt-backups.css'
import './terminal.css'

/** For experts: a session with an OLT's CLI, recorded, for reading until it is opened for writing. */
export const TerminalScreen = () => {
  const { oltId } = useParams<{ oltId: string }>()
  return <TerminalPage key={oltId} oltId={oltId} />
}

const TerminalPage = ({ oltId }: { readonly oltId: string }) => {
  const { t } = useTranslation('olt-cli')
  const { t: common } = useTranslation()
  const { value, failure, refresh } = useQuery('network.olt', { oltId })
  const cli = useCliAccess(oltId)
  const view = useRef<TerminalHandle>(null)
  const searchInput = useRef<HTMLInputElement>(null)
  const session = useTerminal(oltId, view)
  const [pasted, setPasted] = useState<readonly string[] | undefined>()
  const [screenReader, setScreenReader] = useState(false)
  const mayWrite = useMay('olt-cli.terminal.write')
  const mayRead = useMay('olt-cli.transcript.read')
  const past = useShownMoment() !== null
  const name = value?.olt.name ?? ''
  const { state } = session
  const isOpen = state.kind === 'open'

  const openWriting = async (): Promise<void> => {
    const yes = await confirm({
      title: t('terminal.writeTitle', { name }),
      text: t('terminal.writeText'),
      confirmLabel: t('terminal.writeButton'),
      danger: true,
    })
    if (yes) session.open(true)
  }
  const copy = (): void => copyTold(view.current?.copied() ?? '', t('terminal.copied'))
  const save = (): void => saveText(nameOfNow('terminal', name), view.current?.everything() ?? '')
  const paste = (text: string): void => {
    if (!isOpen) return
    const lines = pastedLines(text)
    // One line is typed, and sent when the person says so; several are asked about first.
    if (lines.length > 1) setPasted(lines)
    else view.current?.type(lines[0] ?? '')
  }
  useOfferedActions([
    { id: 'terminal-export', label: t('terminal.export'), icon: IconDownload, run: save },
    ...(mayRead
      ? [
          {
            id: 'terminal-transcripts',
            label: t('transcripts.show'),
            icon: IconListDetails,
            run: () => navigate(paths.transcripts(`olt=${oltId}`)),
          },
        ]
      : []),
  ])

  if (value === undefined) {
    return (
      <div className="nc-page">
        <h1>{t('terminal.title')}</h1>
        <Awaiting failure={failure} onRetry={refresh} rows={10} />
      </div>
    )
  }
  const button = (label: string, ButtonIcon: typeof IconCopy, run: () => void, off = false) => (
    <Button
      variant="default"
      disabled={off}
      leftSection={<ButtonIcon size={14} aria-hidden="true" />}
      onClick={run}
    >
      {label}
    </Button>
  )
  return (
    <div className="nc-page nc-page--full nb-full">
      <header className="nc-page__head">
        <h1>
          <RouteLink to={paths.olt(oltId)} className="nb-crumb">
            {name}
          </RouteLink>{' '}
          {t('terminal.title')}
        </h1>
        <TerminalBadge state={state} />
        {isOpen && !state.write && mayWrite ? (
          <Button
            variant="default"
            leftSection={<IconLockOpen size={14} aria-hidden="true" />}
            onClick={() => void openWriting()}
          >
            {t('terminal.openWriting')}
          </Button>
        ) : null}
        {isOpen ? button(t('terminal.close'), IconPlayerStop, session.close) : null}
        {mayRead ? (
          <Button
            component={Link}
            href={paths.transcripts(`olt=${oltId}`)}
            variant="default"
            leftSection={<IconListDetails size={14} aria-hidden="true" />}
          >
            {t('transcripts.show')}
          </Button>
        ) : null}
      </header>
      {cli?.value === undefined ? null : (
        <CliNotices olt={value.olt} access={cli.value.access} onChange={cli.refresh} />
      )}
      {past ? (
        <p className="nb-obstacle" role="note">
          {t('terminal.past')}
        </p>
      ) : state.kind === 'closed' || state.kind === 'ended' ? (
        <TerminalEnded state={state} onOpen={() => session.open(false)} />
      ) : state.kind === 'opening' ? (
        <p className="noc-terminal__opening" role="status">
          <Loader size={14} aria-hidden="true" />
          {t(state.write ? 'terminal.confirmElsewhere' : 'terminal.opening')}
          <Button variant="default" size="compact-sm" onClick={session.close}>
            {common('button.cancel')}
          </Button>
        </p>
      ) : null}
      <section
        className="nc-panel noc-terminal"
        data-writing={isOpen && state.write ? '' : undefined}
        aria-label={t('terminal.label', { name })}
      >
        <div className="noc-terminal__bar">
          {button(t('terminal.interrupt'), IconHandStop, session.interrupt, !isOpen)}
          {button(t('terminal.copy'), IconCopy, copy)}
          {button(t('terminal.clear'), IconEraser, () => view.current?.clear())}
          {button(t('terminal.export'), IconDownload, save)}
          <TerminalSearch input={searchInput} view={view} />
          {session.queued > 0 ? (
            <span className="noc-terminal__queued" role="status">
              {t('terminal.pasteLeft', { count: session.queued })}{' '}
              <Button variant="default" size="compact-sm" onClick={session.dropQueued}>
                {t('terminal.pasteStop')}
              </Button>
            </span>
          ) : null}
          <Switch
            className="noc-terminal__reader"
            label={t('terminal.screenReader')}
            checked={screenReader}
            onChange={(event) => setScreenReader(event.currentTarget.checked)}
          />
        </div>
        <TerminalView
          handle={view}
          label={t('terminal.label', { name })}
          screenReader={screenReader}
          onLine={session.send}
          onInterrupt={session.interrupt}
          onCopy={copy}
          onSearch={() => searchInput.current?.focus()}
          onPaste={paste}
        />
        <p className="noc-terminal__hint nc-small nc-soft">
          <IconTerminal2 size={14} aria-hidden="true" className="nc-icon" /> {t('terminal.hint')}{' '}
          {t('terminal.intro')}
        </p>
      </section>
      {pasted === undefined ? null : (
        <PasteDialog
          lines={pasted}
          onClose={() => setPasted(undefined)}
          onSend={() => {
            setPasted(undefined)
            session.sendAll(pasted)
          }}
        />
      )}
    </div>
  )
}
