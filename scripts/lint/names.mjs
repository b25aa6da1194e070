// What the rules of plugin.mjs ask of a syntax tree (ESTree, as oxlint hands it over).

const wrappers = new Set([
  'TSAsExpression',
  'TSNonNullExpression',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
  'ChainExpression',
  'ParenthesizedExpression',
])

/** `(x as T)!` is x. */
export const unwrapped = (node) => {
  let inner = node
  while (wrappers.has(inner?.type)) inner = inner.expression
  return inner
}

/** The text of a string that is written out; null: it is put together, or no string. */
export const textOf = (node) => {
  const inner = unwrapped(node)
  if (inner?.type === 'Literal' && typeof inner.value === 'string') return inner.value
  if (inner?.type === 'TemplateLiteral' && inner.expressions.length === 0) {
    return inner.quasis[0].value.cooked
  }
  return null
}

/** The name of a property, `a.b`, `a['b']`, `{ b }` and `{ 'b': … }` alike. */
export const keyOf = (key, computed) =>
  !computed && key.type === 'Identifier' ? key.name : textOf(key)

/** `ipcMain`, `options.ipcMain`, `this['ipcMain']`: the last name of where a value lies. */
export const lastName = (node) => {
  const inner = unwrapped(node)
  if (inner?.type === 'Identifier') return inner.name
  if (inner?.type === 'MemberExpression') return keyOf(inner.property, inner.computed)
  return null
}

/** Where a module comes in: `import`, `export … from`, `import()` and `require()`. */
export const onModules = (found) => ({
  ImportDeclaration(node) {
    found(node, node.source.value, node)
  },
  ExportNamedDeclaration(node) {
    if (node.source !== null) found(node, node.source.value, node)
  },
  ExportAllDeclaration(node) {
    found(node, node.source.value, node)
  },
  ImportExpression(node) {
    found(node, textOf(node.source), null)
  },
  TSImportEqualsDeclaration(node) {
    const { moduleReference } = node
    if (moduleReference.type !== 'TSExternalModuleReference') return
    found(node, textOf(moduleReference.expression), null)
  },
  CallExpression(node) {
    const name = lastName(node.callee)
    if (name === 'require' || name === 'getBuiltinModule') {
      found(node, textOf(node.arguments[0]), null)
    }
  },
})

/** What a declaration takes out of its module while it runs (no types): names, or `*`. */
export const takenFrom = (declaration) => {
  if (declaration === null) return ['*']
  if (declaration.type === 'ExportAllDeclaration') {
    return declaration.exportKind === 'type' ? [] : ['*']
  }
  if (declaration.importKind === 'type' || declaration.exportKind === 'type') return []
  return declaration.specifiers
    .filter((one) => one.importKind !== 'type' && one.exportKind !== 'type')
    .map((one) => {
      const name = one.imported ?? (one.type === 'ExportSpecifier' ? one.local : null)
      return name === null ? '*' : (name.name ?? name.value)
    })
}

/** Every property that is reached for, also by `const { b } = a`. `found(node, name, object)`. */
export const onMembers = (found) => ({
  MemberExpression(node) {
    const name = keyOf(node.property, node.computed)
    if (name !== null) found(node, name, node.object)
  },
  VariableDeclarator(node) {
    if (node.id.type === 'ObjectPattern') taken(node.id, node.init, found)
  },
  AssignmentExpression(node) {
    if (node.left.type === 'ObjectPattern') taken(node.left, node.right, found)
  },
})

const taken = (pattern, from, found) => {
  for (const one of pattern.properties) {
    if (one.type !== 'Property') continue
    const name = keyOf(one.key, one.computed)
    if (name !== null) found(one, name, from)
  }
}

/** Several sets of visitors as one. */
export const together = (...visitors) => {
  const joined = {}
  for (const visitor of visitors) {
    for (const [type, visit] of Object.entries(visitor)) {
      const before = joined[type]
      joined[type] =
        before === undefined
          ? visit
          : (node) => {
              before(node)
              visit(node)
            }
    }
  }
  return joined
}
