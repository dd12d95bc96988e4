// Whether what a page says can be read: nothing passes its cell or the page, nothing is cut off, no two texts are printed
// over each other. Asked in the page, of the layout as it stands.

/**
 * What is wrong with the layout, a line each. On paper nobody can scroll, so there a box that scrolls cuts off what passes it.
 */
export function faults(paper) {
  const slack = 1.5;
  const found = new Set();
  const { clientWidth: width, scrollWidth } = document.documentElement;
  if (scrollWidth > width) found.add(`the page is ${scrollWidth} px wide in ${width} px`);

  const shorten = (text) => text.replace(/\s+/g, ' ').trim().slice(0, 60);
  const nameOf = (element) => {
    const id = element.id ? `#${element.id}` : '';
    const classes = [...element.classList].map((name) => `.${name}`).join('');
    return `${element.localName}${id}${classes}`;
  };

  // Excerpts: they lead to the whole text, and say by … or a link that they are cut.
  const excerpts = '.what, .margin-note > .copy, .way-back a';
  const cells = 'td, th, .pair > [lang]';
  const replaced = 'img, svg, video, audio, button, input, select, textarea';

  const known = new Map();
  /** What of an element's style and place matters for what is in it. */
  const look = (element) => {
    let box = known.get(element);
    if (box) return box;
    const outer = element.parentElement && element !== document.body ? look(element.parentElement) : undefined;
    const style = getComputedStyle(element);
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const inline = style.display === 'inline' || style.display === 'contents' || (!element.namespaceURI.endsWith('/xhtml') && element.localName !== 'svg');
    const clips = !inline && (style.overflowX !== 'visible' || style.overflowY !== 'visible');
    const moves = (overflow) => !paper && /auto|scroll/.test(overflow);
    box = {
      element, outer, inline, left, right, top, bottom, clips,
      hidden: outer?.hidden || style.visibility !== 'visible' || style.display === 'none' || style.opacity === '0' || (style.clip !== 'auto' && style.position === 'absolute') || (style.position === 'absolute' && bottom + scrollY <= 0),
      scrollsX: clips && moves(style.overflowX),
      scrollsY: clips && moves(style.overflowY),
      excerpt: element.matches(excerpts),
      // What is set apart from the flow need not stay in the box it is written in; on the screen, the drawing of a timeline
      // begins in the margin, and a table takes the room beside the text that it needs.
      apart: style.position === 'absolute' || style.position === 'fixed' || (!paper && element.matches('.scale, .table')),
      size: Number.parseFloat(style.fontSize),
      upright: style.writingMode !== 'horizontal-tb',
      drawn: (outer?.drawn || element.localName === 'svg'),
    };
    known.set(element, box);
    return box;
  };

  /** The box that a thing at `rect` passes though nothing lets one reach it, and by how much. What is cut of an excerpt is taken off. */
  const passes = (rect, from) => {
    for (let box = from; box; box = box.outer) {
      if (box.inline) continue;
      if (box.excerpt) {
        Object.assign(rect, { left: Math.max(rect.left, box.left), right: Math.min(rect.right, box.right), top: Math.max(rect.top, box.top), bottom: Math.min(rect.bottom, box.bottom) });
        if (rect.right <= rect.left || rect.bottom <= rect.top) return undefined;
        continue;
      }
      const { scrollLeft, scrollTop } = box.element;
      if (box.scrollsX && rect.left + scrollLeft >= box.left - slack) {
        // It is reached by scrolling; what is outside of it now is not seen.
        if (rect.left >= box.right || rect.right <= box.left) rect.unseen = true;
        else Object.assign(rect, { left: Math.max(rect.left, box.left), right: Math.min(rect.right, box.right) });
      }
      if (box.scrollsY && rect.top + scrollTop >= box.top - slack) {
        if (rect.top >= box.bottom || rect.bottom <= box.top) rect.unseen = true;
        else Object.assign(rect, { top: Math.max(rect.top, box.top), bottom: Math.min(rect.bottom, box.bottom) });
      }
      if (rect.unseen) return undefined;
      const sideways = Math.max(box.left - rect.left, rect.right - box.right);
      const upDown = Math.max(box.top - rect.top, rect.bottom - box.bottom);
      if (sideways > slack) return `passes ${nameOf(box.element)} by ${Math.ceil(sideways)} px`;
      if (upDown > slack) return `passes ${nameOf(box.element)} by ${Math.ceil(upDown)} px downwards or upwards`;
      if (box.apart) break;
    }
    const beyond = Math.max(-rect.left, rect.right - width);
    return beyond > slack ? `passes the page by ${Math.ceil(beyond)} px` : undefined;
  };

  const things = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!/\S/.test(node.data)) continue;
    const box = look(node.parentElement);
    // The link to all of a long note stands on the note's last line, on a ground of its own.
    if (node.parentElement.matches('.margin-note > .more')) continue;
    if (box.hidden || node.parentElement.closest('script, style, template')) continue;
    range.selectNodeContents(node);
    // Behind a Chinese character the space before a number stays where the line ends between them (CSS Text 4, text-autospace).
    const space = /\p{Script=Han}$/u.test(node.data) ? box.size / 8 : 0;
    for (const { left, right: end, top, bottom } of range.getClientRects()) {
      const right = end - space;
      if (right - left < 1 || bottom - top < 1) continue;
      // A face claims more height than its letters take; lines may be set closer than that.
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      const half = box.drawn ? Infinity : box.size * 0.35;
      const rect = box.upright
        ? { left: Math.max(left, x - half), right: Math.min(right, x + half), top, bottom }
        : { left, right, top: Math.max(top, y - half), bottom: Math.min(bottom, y + half) };
      const fault = passes(rect, box);
      if (fault) found.add(`“${shorten(node.data)}” ${fault}`);
      if (!rect.unseen && rect.right > rect.left && rect.bottom > rect.top) things.push({ ...rect, node, text: node.data });
    }
  }

  for (const element of document.body.querySelectorAll('*')) {
    const box = look(element);
    if (box.hidden || box.apart || box.right - box.left < 1 || box.drawn && element.localName !== 'svg') continue;
    const cell = element.parentElement.closest(cells);
    const rect = { left: box.left, right: box.right, top: box.top, bottom: box.bottom };
    if (element.matches(replaced)) {
      const fault = passes(rect, box.outer);
      if (fault) found.add(`${nameOf(element)} ${fault}`);
      if (!rect.unseen && !fault) things.push({ ...rect, node: element, text: nameOf(element) });
    } else if (cell) {
      let inner = box.outer;
      while (inner.element !== cell && !inner.scrollsX && !inner.apart) inner = inner.outer;
      const by = Math.max(inner.left - box.left, inner.scrollsX ? 0 : box.right - inner.right);
      if (by > slack) found.add(`${nameOf(element)} passes ${nameOf(inner.element)} by ${Math.ceil(by)} px: “${shorten(element.textContent)}”`);
    }
  }

  // From top to bottom, each with those that reach down to it.
  things.sort((a, b) => a.top - b.top);
  let open = [];
  for (const thing of things) {
    open = open.filter((other) => other.bottom > thing.top + 1);
    for (const other of open) {
      const shared = Math.min(thing.right, other.right) - Math.max(thing.left, other.left);
      const height = Math.min(thing.bottom, other.bottom) - thing.top;
      if (shared <= 1 || height <= 1 || thing.node === other.node) continue;
      if (thing.node.contains(other.node) || other.node.contains(thing.node)) continue;
      // How a browser sets a root or a fraction is its own affair.
      const formula = (node) => (node.nodeType === 3 ? node.parentElement : node).closest('math');
      if (formula(thing.node) && formula(thing.node) === formula(other.node) && getComputedStyle(formula(thing.node)).display !== 'inline') continue;
      found.add(`“${shorten(other.text)}” and “${shorten(thing.text)}” overlap by ${Math.ceil(shared)} px`);
    }
    open.push(thing);
  }
  return [...found];
}

/** Opens all that is folded. Asked in the page. */
export function unfold() {
  for (const folded of document.querySelectorAll('details')) folded.open = true;
}
