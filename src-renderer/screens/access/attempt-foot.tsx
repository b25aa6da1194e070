import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorText } from '../../components/error-text.ts'
import { FailureState } from '../../components/failure-state.tsx'
import type { Attempt } from './use-attempt.ts'

export interface AttemptFootProps {
  readonly attempt: Attempt
  readonly ready: boolean
  readonly label: string
  readonly working: string
  /** Beside the button: then both stand at the right, as in a dialog. */
  readonly other?: ReactNode
  /** In place of the words of the codes. */
  readonly words?: Readonly<Record<string, ErrorText>>
}

/** What was refused, and the button, which says how long to wait. */
export const AttemptFoot = ({ attempt, ready, label, working, other, words }: AttemptFootProps) => {
  const { t } = useTranslation('access')
  const { failure, waitS } = attempt
  const button = (
    <Button type="submit" loading={attempt.working} disabled={!ready || waitS > 0}>
      {waitS > 0 ? t('signIn.wait', { seconds: waitS }) : attempt.working ? working : label}
    </Button>
  )
  return (
    <>
      {failure !== undefined && (
        <FailureState failure={failure} text={words?.[failure.code]} brief />
      )}
      {other === undefined ? (
        button
      ) : (
        <Group justify="flex-end" gap="sm">
          {other}
          {button}
        </Group>
      )}
    </>
  )
}
