import { ActionIcon, Button, Menu } from '@mantine/core'
import {
  IconAdjustments,
  IconArrowsExchange,
  IconBookmark,
  IconChevronDown,
  IconPlugConnected,
} from '@tabler/icons-react'
import { Fragment, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { WaitingOnu } from '../../../src-shared/contract/provisioning-model.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { paths } from '../../app/paths.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { Since } from '../../components/data-age.tsx'
import { noValue } from '../../components/format.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { keyOf, ponText, type WaitingGroup } from './waiting-rules.ts'

type Elsewhere = WaitingOnu['elsewhere'][number]

export interface WaitingActs {
  /** One press is enough: a preset fits or it was announced. */
  readonly ready: (onu: WaitingOnu) => boolean
  readonly authorise: (onu: WaitingOnu) => void
  readonly form: (onu: WaitingOnu) => void
  readonly moveHere: (onu: WaitingOnu, from: Elsewhere) => void
  readonly replace: (onu: WaitingOnu) => void
  readonly save: (onu: WaitingOnu) => void
  readonly plan: (planId: string) => void
}

export interface WaitingTableProps {
  readonly groups: readonly WaitingGroup[]
  /** The row whose plan is being made. */
  readonly busy: string | null
  readonly acts: WaitingActs
  readonly mayAct: boolean
}

export const WaitingTable = ({ groups, busy, acts, mayAct }: WaitingTableProps) => {
  const { t } = useTranslation('provisioning')
  const table = useRef<HTMLTableElement>(null)
  const all = groups.flatMap(({ onus }) => onus)
  const [current, setCurrent] = useState<{ key: string; at: number } | null>(null)
  const keys = all.map(keyOf)
  const stays = current !== null && keys.includes(current.key)
  const standing = stays ? current.key : (keys[Math.min(current?.at ?? 0, keys.length - 1)] ?? null)
  // The line under the keyboard went away, authorised: the one that took its place is next.
  useLayoutEffect(() => {
    if (stays || current === null || document.activeElement !== document.body) return
    table.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus({ preventScroll: true })
  }, [stays, current, standing])
  const moveBy = (step: number): void => {
    const rows = [...(table.current?.querySelectorAll<HTMLElement>('tr[data-row]') ?? [])]
    const at = rows.findIndex((row) => row.contains(document.activeElement))
    rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))]?.focus()
  }
  const chosen = (): WaitingOnu | undefined => all.find((onu) => keyOf(onu) === standing)
  useShortcut('rowDown', () => moveBy(1))
  useShortcut('rowUp', () => moveBy(-1))
  useShortcut('peekRow', () => {
    const onu = chosen()
    if (onu !== undefined && mayAct) acts.form(onu)
  })
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLTableRowElement)) return
    if (event.key === 'Enter') {
      event.preventDefault()
      const onu = all.find((each) => keyOf(each) === (event.target as HTMLElement).dataset['row'])
      if (onu !== undefined) acts.authorise(onu)
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      moveBy(event.key === 'ArrowDown' ? 1 : -1)
    }
  }
  return (
    <section className="nc-panel npw-scroll" tabIndex={-1}>
      <table ref={table} className="nc-table npw-table" aria-label={t('waiting.title')}>
        <thead>
          <tr>
            <th scope="col">{t('waiting.pon')}</th>
            <th scope="col">{t('waiting.serial')}</th>
            <th scope="col">{t('waiting.model')}</th>
            <th scope="col" className="nc-num">
              {t('waiting.since')}
            </th>
            <th scope="col">{t('waiting.preset')}</th>
            <th scope="col">{t('waiting.note')}</th>
            <th scope="col">
              <span className="nc-hidden">{t('waiting.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          {groups.map(({ oltId, oltName, onus }) => (
            <Fragment key={oltId}>
              <tr className="npw-group">
                <th colSpan={7} scope="rowgroup">
                  <RouteLink to={paths.olt(oltId)}>{oltName}</RouteLink>{' '}
                  <span className="nc-soft">
                    {t('waiting.count', { count: onus.length, number: onus.length })}
                  </span>
                </th>
              </tr>
              {onus.map((onu) => (
                <tr
                  key={keyOf(onu)}
                  data-row={keyOf(onu)}
                  tabIndex={keyOf(onu) === standing ? 0 : -1}
                  onFocus={() => setCurrent({ key: keyOf(onu), at: keys.indexOf(keyOf(onu)) })}
                  aria-busy={busy === keyOf(onu) || undefined}
                >
                  <td className="nc-mono">{ponText(onu) ?? noValue}</td>
                  <td>
                    {onu.serial === null ? (
                      <span className="nc-faint">{t('waiting.noSerial')}</span>
                    ) : (
                      <span className="npv-cell">
                        <span className="nc-mono">{onu.serial}</span>
                        <CopyButton text={onu.serial} label={t('waiting.serial')} />
                      </span>
                    )}
                  </td>
                  <td title={onu.firmware ?? undefined}>{onu.model ?? noValue}</td>
                  <td className="nc-num">
                    <Since at={onu.firstSeenAt} />
                  </td>
                  <td>
                    {onu.savedId !== null ? (
                      <span className="npv-chip" data-solid title={t('waiting.savedHint')}>
                        <IconBookmark size={12} aria-hidden="true" /> {t('waiting.saved')}
                      </span>
                    ) : (
                      (onu.preset?.name ?? (
                        <span className="nc-faint">{t('waiting.noPreset')}</span>
                      ))
                    )}
                  </td>
                  <td className="npw-note">
                    <Note onu={onu} acts={acts} mayAct={mayAct} />
                  </td>
                  <td className="npw-acts">
                    {mayAct && <RowActs onu={onu} acts={acts} busy={busy === keyOf(onu)} />}
                  </td>
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface NoteProps {
  readonly onu: WaitingOnu
  readonly acts: WaitingActs
  readonly mayAct: boolean
}

const Note = ({ onu, acts, mayAct }: NoteProps) => {
  const { t } = useTranslation('provisioning')
  const { t: tError } = useTranslation('error')
  const [first] = onu.elsewhere
  if (first !== undefined) {
    return (
      <span className="npv-cell npw-elsewhere">
        <IconArrowsExchange size={15} stroke={1.7} aria-hidden="true" className="nc-icon" />
        <span>
          {t('waiting.elsewhere')}{' '}
          <RouteLink to={paths.onu(first.oltId, first.address)}>
            {first.oltName} <span className="nc-mono">{formatOnu(first.address)}</span>
          </RouteLink>{' '}
          <span className="nc-soft">{t(first.online ? 'waiting.online' : 'waiting.offline')}</span>
        </span>
        {mayAct && onu.pon !== null && (
          <Button size="compact-xs" variant="default" onClick={() => acts.moveHere(onu, first)}>
            {t('waiting.moveHere')}
          </Button>
        )}
      </span>
    )
  }
  if (onu.obstacle !== null) {
    return (
      <span className="nc-soft" title={tError(`${onu.obstacle.code}.do`, onu.obstacle.params)}>
        {tError(`${onu.obstacle.code}.what`, onu.obstacle.params)}
      </span>
    )
  }
  if (onu.planId !== null) {
    const { planId } = onu
    return (
      <Button size="compact-xs" variant="subtle" onClick={() => acts.plan(planId)}>
        {t('waiting.planned')}
      </Button>
    )
  }
  return null
}

interface RowActsProps {
  readonly onu: WaitingOnu
  readonly acts: WaitingActs
  readonly busy: boolean
}

const RowActs = ({ onu, acts, busy }: RowActsProps) => {
  const { t } = useTranslation('provisioning')
  const { t: tError } = useTranslation('error')
  const { obstacle } = onu
  const name = onu.serial ?? ponText(onu) ?? ''
  return (
    <span className="npv-cell">
      <Button
        size="compact-xs"
        variant={acts.ready(onu) ? 'filled' : 'default'}
        loading={busy}
        disabled={obstacle !== null}
        title={obstacle === null ? undefined : tError(`${obstacle.code}.what`, obstacle.params)}
        leftSection={<IconPlugConnected size={13} stroke={1.8} aria-hidden="true" />}
        aria-label={t('waiting.authoriseOne', { serial: name })}
        onClick={() => acts.authorise(onu)}
      >
        {t(acts.ready(onu) ? 'waiting.authorise' : 'waiting.authoriseForm')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={22} aria-label={t('waiting.moreOf', { serial: name })}>
            <IconChevronDown size={15} stroke={1.7} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconAdjustments size={15} stroke={1.7} aria-hidden="true" />}
            onClick={() => acts.form(onu)}
          >
            {t('waiting.adjust')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowsExchange size={15} stroke={1.7} aria-hidden="true" />}
            disabled={onu.serial === null}
            onClick={() => acts.replace(onu)}
          >
            {t('waiting.replace')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconBookmark size={15} stroke={1.7} aria-hidden="true" />}
            onClick={() => acts.save(onu)}
          >
            {t('waiting.saveLater')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </span>
  )
}
