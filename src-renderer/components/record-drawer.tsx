import { ActionIcon, Tooltip } from '@mantine/core'
import { IconExternalLink, IconX } from '@tabler/icons-react'
import { useEffect, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useShortcut } from '../app/keyboard-hooks.ts'
import './record-drawer.css'

export const drawerSlotId = 'nc-drawer-slot'

export interface RecordDrawerProps {
  readonly title: ReactNode
  /** Below the title: address, OLT. */
  readonly subtitle?: ReactNode
  /** The record's own page. */
  readonly href?: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/**
 * Shows a record at the right of the content while the list stays as it is: not a dialog, the list
 * keeps the keyboard. Mount it to open, unmount it to close; Esc calls `onClose`.
 */
export const RecordDrawer = ({ title, subtitle, href, onClose, children }: RecordDrawerProps) => {
  const { t } = useTranslation()
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  useEffect(() => setSlot(document.getElementById(drawerSlotId)), [])
  useShortcut('back', onClose)
  if (slot === null) return null
  return createPortal(
    <aside className="nc-drawer" aria-label={t('drawer.label')}>
      <header className="nc-drawer__head">
        <div className="nc-drawer__title">
          <h2 className="nc-cut">{title}</h2>
          {subtitle !== undefined && <div className="nc-soft nc-small nc-cut">{subtitle}</div>}
        </div>
        {href !== undefined && (
          <Tooltip label={t('button.openRecord')}>
            <Link href={href} asChild>
              <ActionIcon component="a" aria-label={t('button.openRecord')}>
                <IconExternalLink size={16} stroke={1.7} aria-hidden="true" />
              </ActionIcon>
            </Link>
          </Tooltip>
        )}
        <Tooltip label={t('drawer.close')}>
          <ActionIcon aria-label={t('drawer.close')} onClick={onClose}>
            <IconX size={16} stroke={1.7} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className="nc-drawer__body">{children}</div>
    </aside>,
    slot,
  )
}
