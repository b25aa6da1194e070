import { Button, CloseButton } from '@mantine/core'
import {
  IconAlertOctagon,
  IconArrowBackUp,
  IconCircleCheck,
  IconInfoCircle,
} from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import { errorText, type Told } from './error-text.ts'
import './toast.css'

export interface Toast {
  readonly id: number
  readonly kind: 'done' | 'info' | 'failure'
  readonly title: string
  readonly text?: string
  /** Shown as "Undo"; the toast then stays longer. */
  readonly undo?: () => void
}

export type NewToast = Omit<Toast, 'id'>

interface ToastStore {
  readonly toasts: readonly Toast[]
  readonly failures: readonly (Told & { readonly id: number })[]
}

const useToasts = create<ToastStore>(() => ({ toasts: [], failures: [] }))
let lastId = 0

/** Says that something was done; with `undo` it can be taken back for ten seconds. */
export const showToast = (toast: NewToast): void => {
  const id = ++lastId
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts.slice(-3), { ...toast, id }] }))
}

/** Says that something failed, in the words of its error code. */
export const showFailure = (failure: Told): void => {
  const id = ++lastId
  useToasts.setState(({ failures }) => ({ failures: [...failures.slice(-2), { ...failure, id }] }))
}

/** On lock and sign-out nothing may be left on the screen. */
export const clearToasts = (): void => useToasts.setState({ toasts: [], failures: [] })

const dismiss = (id: number): void =>
  useToasts.setState(({ toasts, failures }) => ({
    toasts: toasts.filter((toast) => toast.id !== id),
    failures: failures.filter((failure) => failure.id !== id),
  }))

const icons = { done: IconCircleCheck, info: IconInfoCircle, failure: IconAlertOctagon }

const ToastCard = ({ toast }: { readonly toast: Toast }) => {
  const { t } = useTranslation()
  const { id, undo, kind } = toast
  useEffect(() => {
    // A failure stays until it is dismissed: it must not vanish unread.
    if (kind === 'failure') return undefined
    const timer = setTimeout(() => dismiss(id), undo === undefined ? 5000 : 10_000)
    return () => clearTimeout(timer)
  }, [id, undo, kind])
  const Icon = icons[kind]
  return (
    <div className="nc-toast" data-kind={kind} role={kind === 'failure' ? 'alert' : 'status'}>
      <Icon size={17} stroke={1.7} aria-hidden="true" className="nc-icon" />
      <div className="nc-toast__text">
        <strong>{toast.title}</strong>
        {toast.text !== undefined && <span className="nc-soft">{toast.text}</span>}
      </div>
      {undo !== undefined && (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={14} aria-hidden="true" />}
          onClick={() => {
            dismiss(id)
            undo()
          }}
        >
          {t('button.undo')}
        </Button>
      )}
      <CloseButton size="xs" aria-label={t('toast.dismiss')} onClick={() => dismiss(id)} />
    </div>
  )
}

export const ToastRegion = () => {
  const { t } = useTranslation()
  const { t: tError } = useTranslation('error')
  const { toasts, failures } = useToasts()
  return (
    <section className="nc-toasts" aria-label={t('toast.region')} aria-live="polite">
      {failures.map((failure) => {
        const text = errorText(tError, failure)
        return (
          <ToastCard
            key={failure.id}
            toast={{ id: failure.id, kind: 'failure', title: text.what, text: text.toDo }}
          />
        )
      })}
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  )
}
