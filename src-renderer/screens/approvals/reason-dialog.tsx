import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { FormDialog } from '../../components/form-dialog.tsx'

export interface ReasonDialogProps {
  readonly title: string
  readonly text?: string
  readonly label: string
  readonly button: string
  readonly onClose: () => void
  /** false: refused; the window stays open with what was typed. */
  readonly onReason: (reason: string) => Promise<boolean>
}

/** Asks why: nothing here is done without a reason. */
export const ReasonDialog = (props: ReasonDialogProps) => {
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      title={props.title}
      button={props.button}
      ready={reason.trim() !== ''}
      onClose={props.onClose}
      onSubmit={() => props.onReason(reason.trim().replace(/\s+/gu, ' '))}
    >
      {props.text !== undefined && <p className="nc-soft">{props.text}</p>}
      <Textarea
        label={props.label}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        autosize
        minRows={2}
        required
        data-autofocus
      />
    </FormDialog>
  )
}
