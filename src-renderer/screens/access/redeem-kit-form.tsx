import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { runCommand } from '../../client/client.ts'
import { Door } from '../../components/door.tsx'
import { NewPasswordFields, useNewPassword } from '../../components/new-password.tsx'
import { AttemptFoot } from './attempt-foot.tsx'
import type { StepProps } from './code-step.tsx'
import { countKitWords, isWholeKit, kitInGroups, readKitWords } from './kit-words.ts'
import { useAttempt } from './use-attempt.ts'

/** The owner's way back by the words of the printed kit. */
export const RedeemKitForm = ({ onStep, onBack }: Pick<StepProps, 'onStep' | 'onBack'>) => {
  const { t } = useTranslation('access')
  const [typed, setTyped] = useState('')
  const password = useNewPassword('')
  const attempt = useAttempt()
  const words = readKitWords(typed)
  const ready = isWholeKit(words) && password.ready
  // A mistyped word is told by its place: each has a letter that proves it.
  const place = attempt.failure?.params['word']
  const wrong = {
    what:
      typeof place !== 'number'
        ? t('kit.wrong.what')
        : place === 0
          ? t('kit.wrongNumber')
          : t('kit.wrongWord', { word: place }),
    means: t('kit.wrong.means'),
    toDo: t('kit.wrong.do'),
  }

  const redeem = async (): Promise<void> => {
    if (!ready) return
    await attempt.run(async () =>
      onStep(
        await runCommand('access.redeemKit', {
          words: kitInGroups(words),
          password: password.value,
        }),
      ),
    )
  }

  return (
    <Door title={t('kit.title')} lead={t('kit.lead')} wide>
      <p className="nc-door__note">{t('kit.after')}</p>
      <form
        className="nc-door__form"
        onSubmit={(event) => {
          event.preventDefault()
          void redeem()
        }}
      >
        <Textarea
          label={t('kit.words')}
          description={`${t('kit.wordsHint')} ${t('kit.count', { count: countKitWords(words) })}.`}
          autoFocus
          autosize
          minRows={3}
          maxLength={400}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="nc-code-field"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <NewPasswordFields password={password} />
        <AttemptFoot
          attempt={attempt}
          ready={ready}
          label={t('kit.submit')}
          working={t('kit.submitting')}
          words={{ 'wrong-code': wrong, 'wrong-credentials': wrong }}
        />
        <Button variant="subtle" onClick={onBack}>
          {t('signIn.back')}
        </Button>
      </form>
    </Door>
  )
}
