/**
 * Asks one question at a time and only the newest: without a pause that would be felt, and without
 * a queue when answers take longer than keys. Every answer is handed on with its question.
 */
export interface LatestAsker<Question> {
  readonly ask: (question: Question) => void
  /** Nothing that comes from now on is handed on. */
  readonly stop: () => void
}

export interface LatestAnswers<Question, Answer> {
  readonly ask: (question: Question) => Promise<Answer>
  readonly answered: (question: Question, answer: Answer) => void
  readonly failed: (question: Question, error: unknown) => void
}

export const createLatestAsker = <Question, Answer>({
  ask,
  answered,
  failed,
}: LatestAnswers<Question, Answer>): LatestAsker<Question> => {
  let waiting: { readonly question: Question } | null = null
  let busy = false
  let stopped = false

  const next = (): void => {
    busy = false
    if (waiting === null || stopped) return
    const { question } = waiting
    waiting = null
    run(question)
  }

  const run = (question: Question): void => {
    busy = true
    ask(question)
      .then(
        (answer) => {
          if (!stopped) answered(question, answer)
        },
        (error: unknown) => {
          // What is overtaken anyway has not failed for anybody.
          if (!stopped && waiting === null) failed(question, error)
        },
      )
      .finally(next)
      .catch(() => undefined)
  }

  return {
    ask: (question) => {
      if (busy) waiting = { question }
      else run(question)
    },
    stop: () => {
      stopped = true
      waiting = null
    },
  }
}
