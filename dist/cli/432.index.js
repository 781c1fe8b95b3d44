export const id = 432;
export const ids = [432];
export const modules = {

/***/ 432:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   UnreadableConfig: () => (/* binding */ UnreadableConfig),
/* harmony export */   readJson: () => (/* binding */ readJson),
/* harmony export */   readModule: () => (/* binding */ readModule)
/* harmony export */ });
/* harmony import */ var _babel_parser__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6411);

/** A configuration that cannot be read. The message completes "FILE ", e.g. `backstop.json is not valid JSON …`. */
class UnreadableConfig extends Error {
    name = 'UnreadableConfig';
}
/** Of a configuration with all its constants put in: enough for some ten thousand scenarios. */
const mostValues = 200_000;
const newScope = (constants = []) => ({
    constants: new Map(constants),
    budget: { values: mostValues },
});
/** Constants that name each other are followed so far. */
const deepest = 100;
/**
 * The object that a JSON file holds.
 * @throws UnreadableConfig
 */
function readJson(text) {
    const source = text.replace(/^\ufeff/, '');
    const root = reading(() => toLiteral((0,_babel_parser__WEBPACK_IMPORTED_MODULE_0__/* .parseExpression */ .YK)(source), newScope(), 0), 'is not valid JSON');
    return root.kind === 'record' ? root : refuse(`holds no object at its top (line ${root.line})`);
}
/**
 * The object that a JavaScript or TypeScript module exports: by default, as `module.exports`, or under one of these names.
 * It is parsed and never run. Constants of the module are followed; what else is computed is told as such.
 * @throws UnreadableConfig
 */
function readModule(text, exportNames) {
    const statements = reading(() => (0,_babel_parser__WEBPACK_IMPORTED_MODULE_0__/* .parse */ .qg)(text, { sourceType: 'unambiguous', plugins: ['typescript'], errorRecovery: false }).program.body, 'cannot be read as JavaScript or TypeScript');
    const scope = newScope(statements.flatMap(constantsOf));
    const exported = statements.flatMap((statement) => exportOf(statement, exportNames)).at(-1);
    if (exported === undefined) {
        throw new UnreadableConfig(`exports no object (by default, as module.exports, or as ${exportNames.join(' or ')})`);
    }
    const root = reading(() => toLiteral(exported, scope, 0), 'cannot be read');
    return root.kind === 'record'
        ? root
        : refuse(`computes what it exports (line ${root.line}), and is not run. Export an object that is written out`);
}
function refuse(what) {
    throw new UnreadableConfig(what);
}
/** What the parser says, with its line; its recursion ends on what is nested some thousand levels deep. */
function reading(read, what) {
    try {
        return read();
    }
    catch (error) {
        if (error instanceof RangeError) {
            throw new UnreadableConfig('is nested too deeply');
        }
        if (error instanceof SyntaxError) {
            const place = /^(.*?)\s*\((\d+):(\d+)\)$/s.exec(error.message);
            const reason = place === null ? error.message : `${place[1]} (line ${place[2]}, column ${Number(place[3]) + 1})`;
            throw new UnreadableConfig(`${what}: ${reason}`);
        }
        throw error;
    }
}
function constantsOf(statement) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    return declaration?.type === 'VariableDeclaration' && declaration.kind === 'const'
        ? declaration.declarations.flatMap(({ id, init }) => id.type === 'Identifier' && init !== null && init !== undefined ? [[id.name, init]] : [])
        : [];
}
function exportOf(statement, names) {
    switch (statement.type) {
        case 'ExportDefaultDeclaration':
            return 'declare' in statement.declaration || statement.declaration.type === 'FunctionDeclaration'
                ? []
                : [statement.declaration];
        case 'TSExportAssignment':
            return [statement.expression];
        case 'ExportNamedDeclaration':
            return constantsOf(statement).flatMap(([name, value]) => (names.includes(name) ? [value] : []));
        case 'ExpressionStatement':
            return assignedExport(statement.expression, names);
        default:
            return [];
    }
}
/** `module.exports = …`, `exports.config = …`, `module.exports.config = …`. */
function assignedExport(expression, names) {
    if (expression.type !== 'AssignmentExpression' || expression.operator !== '=') {
        return [];
    }
    const target = pathOf(expression.left)?.replace(/^module\.exports/, 'exports');
    return target === 'exports' || names.some((name) => target === `exports.${name}`) ? [expression.right] : [];
}
/** `a.b.c` as a text; undefined where it is anything else. */
function pathOf(node) {
    if (node.type === 'Identifier') {
        return node.name;
    }
    const isPath = node.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier';
    const object = isPath ? pathOf(node.object) : undefined;
    return isPath && object !== undefined && node.property.type === 'Identifier' ? `${object}.${node.property.name}` : undefined;
}
/** What says something of the type alone is left out, and `defineConfig({…})` is its argument. */
function unwrap(expression, scope, depth = 0) {
    if (depth > deepest) {
        return expression;
    }
    switch (expression.type) {
        case 'TSAsExpression':
        case 'TSSatisfiesExpression':
        case 'TSNonNullExpression':
        case 'TSTypeAssertion':
        case 'ParenthesizedExpression':
            return unwrap(expression.expression, scope, depth + 1);
        case 'Identifier': {
            const value = scope.constants.get(expression.name);
            return value === undefined ? expression : unwrap(value, scope, depth + 1);
        }
        case 'CallExpression': {
            const [first] = expression.arguments;
            const isDefine = expression.callee.type === 'Identifier' && expression.callee.name === 'defineConfig';
            return isDefine && first !== undefined && isExpression(first) ? unwrap(first, scope, depth + 1) : expression;
        }
        default:
            return expression;
    }
}
function isExpression(node) {
    return node.type !== 'SpreadElement' && node.type !== 'ArgumentPlaceholder';
}
function toLiteral(written, scope, depth) {
    const line = written.loc?.start.line ?? 1;
    if (depth > deepest) {
        throw new UnreadableConfig(`is nested too deeply (line ${line})`);
    }
    scope.budget.values -= 1;
    if (scope.budget.values < 0) {
        throw new UnreadableConfig(`holds more than ${mostValues} values once its constants are put in (line ${line})`);
    }
    const expression = unwrap(written, scope);
    switch (expression.type) {
        case 'StringLiteral':
            return { kind: 'text', value: expression.value, line };
        case 'TemplateLiteral': {
            const [only] = expression.quasis;
            const text = expression.expressions.length === 0 ? only?.value.cooked : undefined;
            return typeof text === 'string' ? { kind: 'text', value: text, line } : { kind: 'computed', line };
        }
        case 'NumericLiteral':
            return { kind: 'number', value: expression.value, line };
        case 'UnaryExpression':
            return expression.operator === '-' && expression.argument.type === 'NumericLiteral'
                ? { kind: 'number', value: -expression.argument.value, line }
                : { kind: 'computed', line };
        case 'BooleanLiteral':
            return { kind: 'flag', value: expression.value, line };
        case 'NullLiteral':
            return { kind: 'null', line };
        case 'Identifier':
            return { kind: expression.name === 'undefined' ? 'null' : 'computed', line };
        case 'ArrayExpression':
            return { kind: 'list', line, items: expression.elements.flatMap((item) => itemOf(item, scope, depth, line)) };
        case 'ObjectExpression':
            return toRecord(expression, scope, depth, line);
        default:
            return { kind: 'computed', line };
    }
}
function itemOf(item, scope, depth, line) {
    if (item === null) {
        return [{ kind: 'null', line }];
    }
    if (item.type === 'SpreadElement') {
        const spread = toLiteral(item.argument, scope, depth + 1);
        scope.budget.values -= spread.kind === 'list' ? spread.items.length : 0;
        return spread.kind === 'list' ? [...spread.items] : [{ kind: 'computed', line: item.loc?.start.line ?? line }];
    }
    return [toLiteral(item, scope, depth + 1)];
}
function toRecord(expression, scope, depth, line) {
    const fields = new Map();
    let isPartial = false;
    for (const property of expression.properties) {
        const added = property.type === 'SpreadElement' ? spreadFields(property.argument, scope, depth) : fieldOf(property, scope, depth);
        for (const [key, value] of added?.fields ?? []) {
            fields.set(key, value);
        }
        isPartial ||= added?.isPartial !== false;
    }
    return { kind: 'record', line, fields, isPartial };
}
/** Undefined: only running it would tell. */
function spreadFields(argument, scope, depth) {
    const spread = toLiteral(argument, scope, depth + 1);
    return spread.kind === 'record' ? spread : undefined;
}
function fieldOf(property, scope, depth) {
    const key = keyOf(property);
    const value = property.type === 'ObjectProperty'
        ? toLiteral(property.value, scope, depth + 1)
        : { kind: 'computed', line: property.loc?.start.line ?? 1 };
    return key === undefined ? undefined : { fields: [[key, value]], isPartial: false };
}
function keyOf(property) {
    const { key } = property;
    if (key.type === 'Identifier' && !property.computed) {
        return key.name;
    }
    return key.type === 'StringLiteral' || key.type === 'NumericLiteral' ? String(key.value) : undefined;
}


/***/ })

};
