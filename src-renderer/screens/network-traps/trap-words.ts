import type { TFunction } from 'i18next'
import type { TrapNews } from './trap-list.ts'

/** What a moment's traps meant, in the person's words. */
export const meaningWords = (t: TFunction<'traps'>, { meanings }: TrapNews): string =>
  meanings.length === 0
    ? t('noMeaning')
    : meanings.map((meaning) => t(`meaning.${meaning}`)).join(' · ')
