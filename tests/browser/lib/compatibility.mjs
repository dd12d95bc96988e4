// What of a style sheet or script the oldest browsers in use do not know, by MDN's tables (@mdn/browser-compat-data).

import { createRequire } from 'node:module';
import * as acorn from 'acorn';
import * as cssTree from 'css-tree';

const { default: tables } = await import('@mdn/browser-compat-data', { with: { type: 'json' } }).catch(() => ({
  default: createRequire(import.meta.url)('@mdn/browser-compat-data'),
}));

/** The oldest versions in which a dossier has to be readable: of what a police station, a court or a phone still has. */
export const oldest = { chrome: 78, firefox: 78, safari: 13, safari_ios: 13 };

/** The browsers among the oldest that do not know a feature, as "firefox 85". A prefix is another name, so it does not count. */
function lacking(feature) {
  const support = feature && feature.__compat && feature.__compat.support;
  if (!support) return [];
  return Object.entries(oldest).flatMap(([browser, version]) => {
    const told = [support[browser] ?? []].flat();
    const knows = ({ version_added: from, version_removed: to, flags, prefix, alternative_name: name }) =>
      !flags && !prefix && !name && from && from !== 'preview' && !(Number.parseFloat(String(from).replace('≤', '')) > version) && !(to && Number.parseFloat(to) <= version);
    if (told.length === 0 || told.some(knows)) return [];
    const since = told.find(({ flags, prefix }) => !flags && !prefix)?.version_added;
    return [`${browser} ${since || 'never'}`];
  });
}

/** What a style sheet asks for that not all of them know, unless the same rule says it in an older way too. */
export function newInStyle(css) {
  const found = new Map();
  const tell = (name, feature) => {
    const browsers = lacking(feature);
    if (browsers.length > 0) found.set(name, browsers.join(', '));
    return browsers.length > 0;
  };
  const { properties, selectors, types } = tables.css;
  const rules = tables.css['at-rules'];
  const ast = cssTree.parse(css, { parseCustomProperty: true, onParseError: (error) => found.set(error.message, `line ${error.line}`) });

  cssTree.walk(ast, function (node) {
    if (node.type === 'Atrule') {
      tell(`@${node.name}`, rules[node.name]);
    } else if (node.type === 'NestingSelector') {
      tell('&', selectors.nesting);
    } else if (node.type === 'Feature') {
      tell(`@media (${node.name})`, rules.media[node.name]);
    } else if (node.type === 'PseudoClassSelector' || node.type === 'PseudoElementSelector') {
      tell(`:${node.name}`, selectors[node.name.replace(/^-(webkit|moz)-/, '')] ?? selectors[node.name]);
    } else if (node.type === 'Function') {
      tell(`${node.name}()`, types[node.name] ?? types.color?.[node.name]);
    } else if (node.type === 'Declaration' && !node.property.startsWith('--')) {
      const own = properties[node.property];
      const block = this.block?.children.toArray() ?? [];
      const says = (property) => block.filter((other) => other.property === property);
      // Another declaration of the same, before or with a prefix, stands for those who do not know this one.
      const isDoubled = says(node.property).length > 1 || says(`-webkit-${node.property}`).length > 0;
      if (isDoubled) return;
      if (/^(column-|row-)?gap$/.test(node.property)) {
        const isGrid = says('display').some(({ value }) => /grid/.test(cssTree.generate(value))) || says('columns').length > 0;
        if (!isGrid) tell(`${node.property} where there is no grid`, properties.gap.flex_context);
        return;
      }
      if (tell(node.property, own)) return;
      cssTree.walk(node.value, (part) => {
        if (part.type === 'Identifier') tell(`${node.property}: ${part.name}`, own?.[part.name]);
      });
    }
  });
  return found;
}

const member = new Map(); // the name of a method or property: the features that bear it, on whatever
function collect(table) {
  for (const [name, feature] of Object.entries(table)) {
    if (name === '__compat') continue;
    const plain = name.replace(/_(static|event)$/, '');
    member.set(plain, [...(member.get(plain) ?? []), feature]);
  }
}
for (const feature of [...Object.values(tables.api), ...Object.values(tables.javascript.builtins)]) collect(feature);

/** What a script asks for that not all of them know: syntax, names of their own, and methods to call that no
    object of theirs has. A property that is not there is undefined and throws nothing. */
export function newInScript(source) {
  const found = new Map();
  let tree;
  try {
    tree = acorn.parse(source, { ecmaVersion: 2019, sourceType: 'script' });
  } catch (error) {
    return new Map([[`syntax: ${error.message}`, 'newer than ES2019']]);
  }
  const guarded = new Set(); // names that the script itself looks for first: window.Name, 'name' in …
  const visit = (node, see) => {
    if (!node || typeof node.type !== 'string') return;
    see(node);
    for (const child of Object.values(node)) for (const one of [child].flat()) if (one && typeof one.type === 'string') visit(one, see);
  };
  visit(tree, ({ type, object, property, computed }) => {
    if (type === 'MemberExpression' && !computed && object.name === 'window') guarded.add(property.name);
  });
  const tell = (name, features) => {
    if (features.length === 0 || guarded.has(name)) return;
    const browsers = features.map(lacking);
    if (browsers.every((list) => list.length > 0)) found.set(name, browsers[0].join(', '));
  };
  visit(tree, (node) => {
    if (node.type === 'Identifier') tell(node.name, [tables.api[node.name], tables.javascript.builtins[node.name]].filter(Boolean));
    const { callee } = node;
    if (node.type === 'CallExpression' && callee.type === 'MemberExpression' && !callee.computed) tell(callee.property.name, (member.get(callee.property.name) ?? []).filter((feature) => feature.__compat));
    if (node.type === 'Literal' && node.regex) {
      if (/\(\?<[=!]/.test(node.regex.pattern)) found.set(String(node.raw), 'safari 16.4 (looking behind)');
      if (/[dv]/.test(node.regex.flags)) found.set(String(node.raw), `newer flags: ${node.regex.flags}`);
    }
    // What a selector asks for is looked up when it is used, and one that is not known throws.
    if (node.type === 'Literal' && typeof node.value === 'string' && /:(has|is|where|focus-visible|dir)\b/.test(node.value)) found.set(node.value, 'a selector that throws');
  });
  return found;
}
