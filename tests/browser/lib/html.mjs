// Reads the site's pages without a browser, the way the HTML standard says to.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'parse5';
import { folder } from './site.mjs';

/** One element: a thin, read-only view of the parser's node. */
class Element {
  constructor(node, parent) {
    this.name = node.tagName;
    this.attributes = new Map(node.attrs.map((attribute) => [attribute.name, attribute.value]));
    this.parent = parent;
    this.children = [];
    this.line = node.sourceCodeLocation?.startLine;
    this.text = '';
  }

  get id() {
    return this.attributes.get('id');
  }

  get href() {
    return this.attributes.get('href');
  }

  /** Whether this is a link, or an exhibit's picture, that what it leads to lists among its citing places. */
  get cites() {
    return this.name === 'a' && !this.quoted && (this.has('ref') || /(^|\/)(via|shown)-\d+$/.test(this.id ?? ''));
  }

  /** Whether this stands in what a page repeats from others: the front page, or one that sets two languages side by side. */
  get quoted() {
    return [...this.ancestors()].some((outer) => outer.has('brief') || outer.has('pair'));
  }

  has(className) {
    return (this.attributes.get('class') ?? '').split(/\s+/).includes(className);
  }

  /** This element and everything in it. */
  *[Symbol.iterator]() {
    yield this;
    for (const child of this.children) yield* child;
  }

  /** This element's ancestors, nearest first. */
  *ancestors() {
    for (let element = this.parent; element; element = element.parent) yield element;
  }
}

function read(node, parent) {
  const element = new Element(node, parent);
  for (const child of node.childNodes) {
    if (child.nodeName === '#text') element.text += child.value;
    if (!child.tagName) continue;
    const inner = read(child, element);
    element.children.push(inner);
    element.text += inner.text;
  }
  return element;
}

const cache = new Map();

/** A page of the site: its root element, all its elements, and those with an id. */
export function page(path) {
  if (!cache.has(path)) {
    const text = readFileSync(join(folder, path), 'utf8');
    const document = parse(text, { sourceCodeLocationInfo: true });
    const root = read(document.childNodes.find((node) => node.tagName === 'html'));
    const elements = [...root];
    const ids = new Map();
    for (const element of elements) if (element.id !== undefined && !ids.has(element.id)) ids.set(element.id, element);
    cache.set(path, { path, root, elements, ids });
  }
  return cache.get(path);
}

/** What a link written on a page points at: a path in the site and an id, or the outside. */
export function target(path, href) {
  const here = new URL(path, 'site://case/');
  const there = new URL(href, here);
  if (there.protocol !== 'site:') return { outside: there };
  return {
    path: decodeURIComponent(there.pathname).replace(/^\//, ''),
    fragment: there.hash ? decodeURIComponent(there.hash.slice(1)) : undefined,
  };
}
