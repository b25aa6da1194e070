import { Button } from '@mantine/core'
import { IconSettings } from '@tabler/icons-react'
import { useMemo, useRef, useState, type ReactNode } from 'react'
import { ruleKinds, type AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate, useHashLocation } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { FilterBox } from '../../components/filter-box.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { AlarmNav } from './alarm-nav.tsx'
import { emptyAlarmFilter, writeAlarmQuery } from './alarm-query.ts'
import { AlarmSettingsDrawer } from './alarm-settings-drawer.tsx'
import { guideOrder } from './guide-model.ts'
import { RuleDrawer } from './rule-drawer.tsx'
import type { RuleRow } from './rule-model.ts'
import { limitText } from './rule-words.ts'
import { useMayManageRules } from './use-permissions.ts'
import { useSpeaker } from './use-speaker.ts'
import './alarms.css'
import './rules.css'

/** What raises an alarm, how bad it is, and whom it concerns: 25 rules that the owner may change. */
export const RulesScreen = (): ReactNode => {
  const { t } = useSpeaker()
  const { value, failure, refresh } = useQuery(
    'alarms.rules',
    {},
    { on: ['alarms.changed'], everyMs: 15_000 },
  )
  const search = useHashLocation.searchHook()
  const open = new URLSearchParams(search).get('type')
  const [text, setText] = useState('')
  const [setting, setSetting] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const mayManage = useMayManageRules()
  const rules = useMemo(() => {
    const byType = new Map((value?.rules ?? []).map((row) => [row.type, row]))
    const words = text.toLowerCase().trim()
    return guideOrder.flatMap((type) => {
      const row = byType.get(type)
      const name = `${t(`type.${type}`)} ${t(`level.${ruleKinds[type].level}`)}`.toLowerCase()
      return row === undefined || !name.includes(words) ? [] : row
    })
  }, [value, text, t])
  const go = (type: AlarmType | null): void =>
    navigate(type === null ? paths.alarmRules() : `${paths.alarmRules()}?type=${type}`, {
      replace: true,
    })
  const opened = value?.rules.find((row) => row.type === open)
  const step = (by: number): void => {
    const at = rules.findIndex((row) => row.type === open)
    const next = rules[Math.max(0, Math.min(rules.length - 1, at + by))]
    if (next !== undefined) go(next.type)
  }
  useShortcut('focusFilter', () => input.current?.focus())
  useShortcut('rowDown', () => step(1))
  useShortcut('rowUp', () => step(-1))

  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('rules.title')}</h1>
        <AlarmNav />
        <span className="na-space" />
        <FilterBox input={input} text={text} onText={setText} label={t('rules.search')} />
        <Button
          variant="default"
          disabled={value === undefined}
          leftSection={<IconSettings size={14} aria-hidden="true" />}
          onClick={() => {
            go(null)
            setSetting(true)
          }}
        >
          {t('rules.settings')}
        </Button>
      </header>
      <p className="nc-soft">{t(mayManage ? 'rules.intro' : 'rules.introRead')}</p>
      {failure === undefined ? null : (
        <FailureState failure={failure} onRetry={refresh} brief={value !== undefined} />
      )}
      {value === undefined ? (
        failure === undefined && <LoadingState rows={16} />
      ) : rules.length === 0 ? (
        <p className="nc-soft">{t('guide.nothing')}</p>
      ) : (
        <RuleTable rules={rules} open={open} onOpen={go} />
      )}
      {opened === undefined || setting ? null : (
        <RuleDrawer key={opened.type} row={opened} onClose={() => go(null)} onSaved={refresh} />
      )}
      {setting && value !== undefined ? (
        <AlarmSettingsDrawer
          settings={value.settings}
          onClose={() => setSetting(false)}
          onSaved={refresh}
        />
      ) : null}
    </div>
  )
}

interface RuleTableProps {
  readonly rules: readonly RuleRow[]
  readonly open: string | null
  readonly onOpen: (type: AlarmType) => void
}

const RuleTable = ({ rules, open, onOpen }: RuleTableProps): ReactNode => {
  const { t } = useSpeaker()
  const levels = [...new Set(rules.map((row) => ruleKinds[row.type].level))]
  return (
    <div className="nc-panel na-rules">
      <table className="nc-table" aria-label={t('rules.title')}>
        <thead>
          <tr>
            <th scope="col">{t('rules.column.type')}</th>
            <th scope="col">{t('rules.column.enabled')}</th>
            <th scope="col">{t('rules.column.severity')}</th>
            <th scope="col" className="nc-num">
              {t('rules.column.raise')}
            </th>
            <th scope="col" className="nc-num">
              {t('rules.column.clear')}
            </th>
            <th scope="col">{t('rules.column.limits')}</th>
            <th scope="col">{t('rules.column.who')}</th>
            <th scope="col" className="nc-num">
              {t('rules.column.week')}
            </th>
          </tr>
        </thead>
        {levels.map((level) => (
          <tbody key={level}>
            <tr className="na-rules__level">
              <th scope="rowgroup" colSpan={8}>
                {t(`level.${level}`)}
              </th>
            </tr>
            {rules
              .filter((row) => ruleKinds[row.type].level === level)
              .map((row) => (
                <RuleLine
                  key={row.type}
                  row={row}
                  open={row.type === open}
                  onOpen={() => onOpen(row.type)}
                />
              ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}

interface RuleLineProps {
  readonly row: RuleRow
  readonly open: boolean
  readonly onOpen: () => void
}

const RuleLine = ({ row, open, onOpen }: RuleLineProps): ReactNode => {
  const speaker = useSpeaker()
  const { t, format } = speaker
  const { type, rule, changed, lastWeek } = row
  return (
    <tr data-open={open || undefined} data-off={!rule.enabled || undefined}>
      <td>
        <button type="button" className="na-rules__name" aria-expanded={open} onClick={onOpen}>
          {t(`type.${type}`)}
        </button>
        {changed && (
          <span className="na-rules__changed" title={t('rules.changedHint')}>
            {t('rules.changed')}
          </span>
        )}
      </td>
      <td>{t(rule.enabled ? 'rules.on' : 'rules.off')}</td>
      <td>
        <SeverityBadge severity={rule.severity} />
      </td>
      <td className="nc-num">
        {rule.raiseAfterS === 0 ? t('rules.atOnce') : format.duration(rule.raiseAfterS)}
      </td>
      <td className="nc-num">
        {rule.clearAfterS === 0 ? t('rules.atOnce') : format.duration(rule.clearAfterS)}
      </td>
      <td className="nc-soft">
        {Object.entries(rule.limits)
          .map(([name, value]) => limitText(speaker, type, name, value))
          .join(' · ')}
      </td>
      <td>
        {rule.importantOnly ? t('rules.important') : t('rules.all')}
        {rule.oltIds.length === 0
          ? null
          : ` · ${t('rules.someOlts', { count: rule.oltIds.length })}`}
      </td>
      <td className="nc-num">
        {lastWeek === 0 ? (
          <span className="nc-faint">0</span>
        ) : (
          <RouteLink
            to={paths.alarms(
              writeAlarmQuery({
                filter: { ...emptyAlarmFilter, list: 'history', types: [type] },
                sort: null,
              }),
            )}
          >
            {format.number(lastWeek)}
          </RouteLink>
        )}
      </td>
    </tr>
  )
}
