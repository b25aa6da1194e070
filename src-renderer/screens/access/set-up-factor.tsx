import { Button } from '@mantine/core'
import { IconQrcode } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type { SignInStep } from '../../../src-shared/contract/access.ts'
import { runCommand } from '../../client/client.ts'
import { CodeField } from '../../components/code-field.tsx'
import { readFactorCode } from '../../components/factor-code.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { AttemptFoot } from './attempt-foot.tsx'
import { useAttempt } from './use-attempt.ts'

export interface SetUpFactorProps {
  readonly onDone: (step: SignInStep) => Promise<void>
  /** Of either command; the page may have to leave. */
  readonly onRefused?: (failure: Failure) => void
}

/** Three steps: an app, the QR code in a window of its own, the code that the app shows then. */
export const SetUpFactor = ({ onDone, onRefused }: SetUpFactorProps) => {
  const { t } = useTranslation('access')
  const [code, setCode] = useState('')
  const [begun, setBegun] = useState(false)
  const showing = useAttempt()
  const attempt = useAttempt()

  const show = async (): Promise<void> => {
    // The key counts when the window has been closed: until then no code is taken.
    setBegun(false)
    const refused = await showing.run(async () => {
      await runCommand('access.beginSecondFactor', {})
    })
    if (refused === null) setBegun(true)
    else onRefused?.(refused)
  }
  const check = async (typed: string): Promise<void> => {
    const read = readFactorCode(typed)
    if (read === null) return
    const refused = await attempt.run(async () =>
      onDone(await runCommand('access.confirmSecondFactor', { code: read.code })),
    )
    if (refused === null) return
    setCode('')
    if (refused.code === 'not-found') setBegun(false)
    onRefused?.(refused)
  }

  return (
    <form
      className="nc-door__form"
      onSubmit={(event) => {
        event.preventDefault()
        void check(code)
      }}
    >
      <ol className="nc-door__steps">
        <li>{t('setUp.one')}</li>
        <li>
          <div>{t('setUp.two')}</div>
          <Button
            variant={begun ? 'default' : 'filled'}
            loading={showing.working}
            leftSection={<IconQrcode size={15} stroke={1.7} aria-hidden="true" />}
            onClick={() => void show()}
          >
            {t(begun ? 'setUp.again' : 'setUp.show')}
          </Button>
          <div className="nc-small nc-soft" role="status">
            {showing.working ? t('setUp.showing') : ''}
          </div>
        </li>
        <li>
          <CodeField
            label={t('setUp.three')}
            key={String(begun)}
            autoFocus={begun}
            disabled={!begun}
            value={code}
            onCode={setCode}
            onPasted={(pasted) => void check(pasted)}
          />
        </li>
      </ol>
      {showing.failure !== undefined && <FailureState failure={showing.failure} brief />}
      <AttemptFoot
        attempt={attempt}
        ready={begun && readFactorCode(code) !== null}
        label={t('setUp.submit')}
        working={t('setUp.submitting')}
        words={{
          'not-found': {
            what: t('setUp.gone.what'),
            means: t('setUp.gone.means'),
            toDo: t('setUp.gone.do'),
          },
        }}
      />
      <p className="nc-small nc-soft">{t('setUp.then')}</p>
    </form>
  )
}
