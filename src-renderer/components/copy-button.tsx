import { ActionIcon, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

export interface CopyButtonProps {
  readonly text: string
  /** What is copied, for the tool tip: "Serial". */
  readonly label?: string
}

export const CopyButton = ({ text, label }: CopyButtonProps) => {
  const { t } = useTranslation()
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const copy = (): void => {
    copyText(text).then(
      () => setState('copied'),
      () => setState('failed'),
    )
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setState('idle'), 1500)
  }

  const idle = label === undefined ? t('button.copy') : `${t('button.copy')}: ${label}`
  const hint =
    state === 'idle' ? idle : t(state === 'copied' ? 'button.copied' : 'button.copyFailed')
  const Icon = state === 'idle' ? IconCopy : state === 'copied' ? IconCheck : IconX
  return (
    <Tooltip label={hint}>
      <ActionIcon size={20} onClick={copy} aria-label={hint}>
        <Icon size={14} stroke={1.7} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  )
}

export const copyText = (text: string): Promise<void> => navigator.clipboard.writeText(text)
