import { useTranslation } from 'react-i18next'
import { secretMask } from './diff-model.ts'
import { piecesOf } from './text-search.ts'

export interface LineTextProps {
  readonly text: string
  readonly search?: string
  readonly part?: readonly [number, number] | null
}

/** One line of a device's text, as text and nothing else; masked secrets are marked. */
export const LineText = ({ text, search = '', part = null }: LineTextProps) => {
  const { t } = useTranslation('olt-backups')
  return piecesOf(text, search, secretMask, part).map((piece, at) =>
    piece.kind === 'plain' ? (
      piece.text
    ) : piece.kind === 'hit' ? (
      <mark key={at}>{piece.text}</mark>
    ) : (
      <span
        key={at}
        className={piece.kind === 'secret' ? 'nb-secret' : 'nb-part'}
        {...(piece.kind === 'secret' ? { title: t('text.masked') } : {})}
      >
        {piece.text}
      </span>
    ),
  )
}
