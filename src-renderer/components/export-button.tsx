import { Button } from '@mantine/core'
import { IconDownload, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useShortcut } from '../app/keyboard-hooks.ts'
import { failureOf } from '../client/hooks.ts'
import { showFailure, showToast } from './toast.tsx'

export interface ExportButtonProps<Row> {
  readonly label: string
  readonly hint: string
  readonly cancelLabel: string
  readonly cancelled: string
  readonly progressText: (done: number, total: number) => string
  readonly doneText: (rows: number) => string
  /** All rows, page by page; null: it was called off. */
  readonly read: (
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal,
  ) => Promise<readonly Row[] | null>
  readonly write: (rows: readonly Row[]) => void
}

/** Exports a whole list, not only what was scrolled to: how far it is, and a way out meanwhile. */
export const ExportButton = <Row,>(props: ExportButtonProps<Row>): ReactNode => {
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const start = async (): Promise<void> => {
    if (running.current !== null) return
    const stop = new AbortController()
    running.current = stop
    setProgress({ done: 0, total: 0 })
    try {
      const rows = await props.read((done, total) => setProgress({ done, total }), stop.signal)
      if (rows === null) showToast({ kind: 'info', title: props.cancelled })
      else {
        props.write(rows)
        showToast({ kind: 'done', title: props.doneText(rows.length) })
      }
    } catch (error) {
      showFailure(failureOf(error))
    } finally {
      running.current = null
      setProgress(null)
    }
  }

  useShortcut('exportList', () => void start())

  if (progress === null) {
    return (
      <Button
        variant="default"
        title={props.hint}
        leftSection={<IconDownload size={15} stroke={1.7} aria-hidden="true" />}
        onClick={() => void start()}
      >
        {props.label}
      </Button>
    )
  }
  return (
    <Button
      variant="default"
      aria-label={props.cancelLabel}
      rightSection={<IconX size={14} stroke={1.7} aria-hidden="true" />}
      onClick={() => running.current?.abort()}
    >
      {props.progressText(progress.done, progress.total)}
    </Button>
  )
}
