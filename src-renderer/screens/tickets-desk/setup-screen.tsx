import { ActionIcon, Button } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { confirm } from '../../components/confirm.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { useFormat } from '../../components/use-format.ts'
import { TicketsTabs } from '../tickets/tickets-tabs.tsx'
import { CalendarDialog } from './calendar-dialog.tsx'
import { saveSetup } from './setup-acts.ts'
import {
  hoursOf,
  writeTarget,
  type Calendar,
  type Queue,
  type Setup,
  type Sla,
  type Template,
} from './setup-model.ts'
import { SharedViews } from './shared-views.tsx'
import { SlaDialog } from './sla-dialog.tsx'
import { GeneralDialog, QueueDialog } from './small-dialogs.tsx'
import { TemplateDialog } from './template-dialog.tsx'
import { ViewDialog } from './view-dialog.tsx'
import '../billing/billing.css'
import './desk.css'

type Edited =
  | { readonly kind: 'general' }
  | { readonly kind: 'view' }
  | { readonly kind: 'queue'; readonly one: Queue | null }
  | { readonly kind: 'calendar'; readonly one: Calendar | null }
  | { readonly kind: 'sla'; readonly one: Sla | null }
  | { readonly kind: 'template'; readonly one: Template | null }

const Panel = ({
  title,
  note,
  action,
  children,
}: {
  readonly title: string
  readonly note?: string
  readonly action?: ReactNode
  readonly children: ReactNode
}) => (
  <section className="nc-panel" aria-label={title}>
    <header className="nc-panel__head">
      <h2>{title}</h2>
      {action}
    </header>
    <div className="nc-panel__body">
      {note !== undefined && <p className="nc-soft nc-small">{note}</p>}
      {children}
    </div>
  </section>
)

/** How tickets are worked at: all of it holds at once for everybody. */
export const SetupScreen = () => {
  const { t } = useTranslation('tickets-desk')
  const format = useFormat()
  const { value, failure, refresh } = useQuery(
    'tickets.setup',
    {},
    { on: ['tickets.changed'], everyMs: 500 },
  )
  useShortcut('refresh', refresh)
  const [edited, setEdited] = useState<Edited | null>(null)
  const close = (): void => {
    setEdited(null)
    refresh()
  }
  const edit = (name: string, what: Edited) => (
    <ActionIcon
      variant="subtle"
      size="sm"
      aria-label={t('setup.edit', { name })}
      title={t('setup.edit', { name })}
      onClick={() => setEdited(what)}
    >
      <IconPencil size={14} aria-hidden="true" />
    </ActionIcon>
  )
  const add = (word: string, what: Edited, disabled = false) => (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconPlus size={13} aria-hidden="true" />}
      disabled={disabled}
      onClick={() => setEdited(what)}
    >
      {word}
    </Button>
  )
  const removeTemplate = async ({ id, version, name }: Template): Promise<void> => {
    const isSure = await confirm({
      title: t('setup.templates.removeTitle', { name }),
      text: t('setup.templates.removeText'),
      confirmLabel: t('setup.templates.remove'),
      danger: true,
    })
    if (!isSure) return
    await saveSetup(
      'tickets.removeTemplate',
      { id, baseVersion: version },
      t('setup.templates.removed', { name }),
    )
    refresh()
  }
  const state = (active: boolean) => (
    <span className="nbl-chip" data-tone={active ? 'live' : 'off'}>
      {t(active ? 'setup.inUse' : 'setup.off')}
    </span>
  )
  const target = (minutes: number | null): string =>
    minutes === null ? t('setup.slas.nothing') : writeTarget(minutes)
  const listed = (names: readonly string[]): string =>
    names.length === 0 ? t('setup.slas.all') : names.join(', ')
  const panels = ({ settings, queues, calendars, slas, templates }: Setup) => (
    <div className="ntd-setup">
      <div className="nbl-stack">
        <Panel
          title={t('setup.general.title')}
          action={edit(t('setup.general.title'), { kind: 'general' })}
        >
          <p>
            <span className="nc-mono">{settings.prefix}000123</span> ·{' '}
            {t('setup.general.rule', {
              p1: format.number(settings.p1From),
              p2: format.number(settings.p2From),
              p3: format.number(settings.p3From),
            })}{' '}
            · {t('setup.general.close', { count: settings.closeAfterDays })}
          </p>
        </Panel>
        <Panel
          title={t('setup.slas.title')}
          note={t(calendars.length === 0 ? 'setup.slas.noCalendar' : 'setup.slas.intro')}
          action={add(t('setup.slas.add'), { kind: 'sla', one: null }, calendars.length === 0)}
        >
          {slas.length > 0 && (
            <div className="nbl-scroll">
              <table className="nc-table" aria-label={t('setup.slas.title')}>
                <thead>
                  <tr>
                    <th scope="col">{t('setup.name')}</th>
                    <th scope="col">{t('setup.slas.priorities')}</th>
                    <th scope="col" className="nc-num">
                      {t('metric.first-response')}
                    </th>
                    <th scope="col" className="nc-num">
                      {t('metric.update')}
                    </th>
                    <th scope="col" className="nc-num">
                      {t('metric.solution')}
                    </th>
                    <th scope="col">{t('setup.slas.calendar')}</th>
                    <th aria-label={t('column.state')} />
                    <th aria-label={t('setup.slas.add')} />
                  </tr>
                </thead>
                <tbody>
                  {slas.map((one) => (
                    <tr key={one.id}>
                      <td>{one.name}</td>
                      <td>
                        {listed(one.priorities)}
                        {one.queues.length > 0 && (
                          <span className="nc-soft nc-small">
                            {listed(
                              queues.flatMap(({ id, name }) =>
                                one.queues.includes(id) ? name : [],
                              ),
                            )}
                          </span>
                        )}
                      </td>
                      <td className="nc-num">{target(one.firstResponseMin)}</td>
                      <td className="nc-num">{target(one.updateMin)}</td>
                      <td className="nc-num">{target(one.solutionMin)}</td>
                      <td>{calendars.find(({ id }) => id === one.calendarId)?.name ?? ''}</td>
                      <td>{state(one.active)}</td>
                      <td className="nc-num">{edit(one.name, { kind: 'sla', one })}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </Panel>
        <Panel
          title={t('setup.templates.title')}
          action={add(t('setup.templates.add'), { kind: 'template', one: null })}
        >
          {templates.length === 0 ? (
            <p className="nc-soft">{t('setup.none')}</p>
          ) : (
            <table className="nc-table" aria-label={t('setup.templates.title')}>
              <tbody>
                {templates.map((one) => (
                  <tr key={one.id}>
                    <td>
                      {one.name}
                      <span className="nc-soft nc-small nc-cut">{one.bodyEn.slice(0, 90)}</span>
                    </td>
                    <td className="nc-num">
                      {edit(one.name, { kind: 'template', one })}
                      <ActionIcon
                        variant="subtle"
                        size="sm"
                        color="red"
                        aria-label={t('setup.templates.removeTitle', { name: one.name })}
                        onClick={() => void removeTemplate(one)}
                      >
                        <IconTrash size={14} aria-hidden="true" />
                      </ActionIcon>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Panel>
      </div>
      <div className="nbl-stack">
        <Panel
          title={t('setup.queues.title')}
          action={add(t('setup.queues.add'), { kind: 'queue', one: null })}
        >
          {queues.length === 0 ? (
            <p className="nc-soft">{t('setup.none')}</p>
          ) : (
            <table className="nc-table" aria-label={t('setup.queues.title')}>
              <tbody>
                {queues.map((one) => (
                  <tr key={one.id}>
                    <td>{one.name}</td>
                    <td>{state(one.active)}</td>
                    <td className="nc-num">{edit(one.name, { kind: 'queue', one })}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Panel>
        <Panel
          title={t('setup.calendars.title')}
          action={add(t('setup.calendars.add'), { kind: 'calendar', one: null })}
        >
          {calendars.length === 0 ? (
            <p className="nc-soft">{t('setup.none')}</p>
          ) : (
            <table className="nc-table" aria-label={t('setup.calendars.title')}>
              <tbody>
                {calendars.map((one) => (
                  <tr key={one.id}>
                    <td>{one.name}</td>
                    <td>{one.timeZone}</td>
                    <td className="nc-num">
                      {t('setup.calendars.hours', {
                        hours: format.number(
                          hoursOf(one.week),
                          hoursOf(one.week) % 1 === 0 ? 0 : 1,
                        ),
                      })}
                    </td>
                    <td className="nc-num">
                      {t('setup.calendars.holidayCount', { count: one.holidays.length })}
                    </td>
                    <td className="nc-num">{edit(one.name, { kind: 'calendar', one })}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Panel>
        <Panel title={t('setup.views.title')} action={add(t('setup.views.add'), { kind: 'view' })}>
          <SharedViews />
        </Panel>
      </div>
    </div>
  )
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('tickets')}</h1>
      </header>
      <TicketsTabs />
      {value !== undefined && failure !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={10} />
      ) : (
        panels(value)
      )}
      {value !== undefined && edited?.kind === 'general' && (
        <GeneralDialog settings={value.settings} onClose={close} />
      )}
      {value !== undefined && edited?.kind === 'view' && (
        <ViewDialog queues={value.queues} onClose={close} />
      )}
      {value !== undefined && edited?.kind === 'queue' && (
        <QueueDialog
          queue={edited.one}
          next={Math.min(1000, value.queues.length)}
          onClose={close}
        />
      )}
      {edited?.kind === 'calendar' && <CalendarDialog calendar={edited.one} onClose={close} />}
      {value !== undefined && edited?.kind === 'sla' && (
        <SlaDialog sla={edited.one} setup={value} onClose={close} />
      )}
      {edited?.kind === 'template' && <TemplateDialog template={edited.one} onClose={close} />}
    </div>
  )
}
