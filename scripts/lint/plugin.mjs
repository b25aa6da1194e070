// The house's own lint rules (docs/security.md row 48): a raw call stands in the one file that guards
// it. Which file may use which word is said in allowed.mjs; test/house/lint-rules.test.ts shows each
// rule a break of itself, and that nothing is allowed that is not needed.
import { relative, resolve, sep } from 'node:path'
import { allowed } from './allowed.mjs'
import { electronRules } from './electron-rules.mjs'
import { plainRules } from './plain-rules.mjs'

const root = resolve(import.meta.dirname, '..', '..')

const pathOf = (context) => {
  const own = relative(root, context.filename)
  const path = own.startsWith('..') ? relative(context.cwd, context.filename) : own
  return path.split(sep).join('/')
}

const rules = { ...electronRules, ...plainRules }

const made = ([name, { says, visit }]) => [
  name,
  {
    meta: {
      type: 'problem',
      docs: { description: says },
      // `everywhere`: the list of allowed files is not asked. For the test that it is not too long.
      schema: [{ enum: ['everywhere'] }],
    },
    create(context) {
      const words =
        context.options[0] === 'everywhere' ? undefined : allowed[name]?.[pathOf(context)]
      const seen = new Set()
      return visit((node, word) => {
        if (words?.includes(word)) return
        // One place that two patterns meet is told once.
        const place = `${word} ${node.range?.[0] ?? node.start}`
        if (seen.has(place)) return
        seen.add(place)
        context.report({
          node,
          message: `\`${word}\` here: ${says} (scripts/lint/allowed.mjs).`,
        })
      })
    },
  },
]

export default {
  meta: { name: 'nocturne' },
  rules: Object.fromEntries(Object.entries(rules).map(made)),
}
