import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'

export interface ConfirmRequest {
  readonly title: string
  /** What will happen, and whether it can be undone. */
  readonly text: string
  /** The verb: "Remove", never "OK". */
  readonly confirmLabel: string
  readonly danger?: boolean
  /** The person must type this word first: for what cannot be undone. */
  readonly typed?: string
}

interface Pending extends ConfirmRequest {
  readonly answer: (yes: boolean) => void
}

const useConfirm = create<{ readonly pending: Pending | null }>(() => ({ pending: null }))

/** For what cannot be undone. Resolves to false when the dialog is closed in any other way. */
export const confirm = (request: ConfirmRequest): Promise<boolean> =>
  new Promise((resolve) => {
    useConfirm.getState().pending?.answer(false)
    useConfirm.setState({ pending: { ...request, answer: resolve } })
  })

/** On lock the question goes away unanswered. */
export const dismissConfirm = (): void => settle(false)

const settle = (yes: boolean): void => {
  const { pending } = useConfirm.getState()
  useConfirm.setState({ pending: null })
  pending?.answer(yes)
}

export const ConfirmHost = () => {
  const pending = useConfirm((state) => state.pending)
  return pending === null ? null : <ConfirmDialog request={pending} />
}

const ConfirmDialog = ({ request }: { readonly request: ConfirmRequest }) => {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const ready = request.typed === undefined || typed.trim() === request.typed
  return (
    <Modal
      opened
      onClose={() => settle(false)}
      title={request.title}
      closeButtonProps={{ 'aria-label': t('button.close') }}
      centered
      size="sm"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) settle(true)
        }}
      >
        <Stack gap="md">
          <p>{request.text}</p>
          {request.typed !== undefined && (
            <TextInput
              label={t('confirm.typeToConfirm', { word: request.typed })}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              autoComplete="off"
              data-autofocus
            />
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={() => settle(false)}>
              {t('button.cancel')}
            </Button>
            <Button
              type="submit"
              disabled={!ready}
              {...(request.danger === true ? { color: 'red' } : {})}
              {...(request.typed === undefined ? { 'data-autofocus': true } : {})}
            >
              {request.confirmLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
