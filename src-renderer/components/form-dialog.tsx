import { Button, Group, Modal, Stack } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export interface FormDialogProps {
  readonly title: string
  /** The verb: "Add", never "OK". */
  readonly button: string
  readonly ready: boolean
  readonly size?: string
  readonly onClose: () => void
  /** false: refused; the window stays open with what was typed. */
  readonly onSubmit: () => Promise<boolean>
  /** Another act, before the two. */
  readonly other?: ReactNode
  readonly children: ReactNode
}

/** A window with fields: it closes when what was asked for is done, and not before. */
export const FormDialog = (props: FormDialogProps) => {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const submit = async (): Promise<void> => {
    if (!props.ready || busy) return
    setBusy(true)
    const done = await props.onSubmit()
    setBusy(false)
    if (done) props.onClose()
  }
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': t('button.close') }}
      centered
      size={props.size ?? 'md'}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack gap="md">
          {props.children}
          <Group justify="flex-end" gap="sm">
            {props.other}
            <Button variant="default" onClick={props.onClose}>
              {t('button.cancel')}
            </Button>
            <Button type="submit" disabled={!props.ready} loading={busy}>
              {props.button}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
