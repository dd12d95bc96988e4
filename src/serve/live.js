// Follows the author's edits: replaces the article of a page where that has changed, loads the page anew where anything
// around it has, and shows why there is no newer site. Only served, never published.
'use strict';

(async () => {
  const edition = document.querySelector('code.fingerprint')?.textContent ?? '';
  const path = location.pathname;
  const known = { path };

  /** Asks what this version of the page is known by; loads it anew where an edit came in between. */
  async function begin() {
    const answer = await fetch(`/.live/marks?${new URLSearchParams({ path })}`);
    const marks = await answer.json();
    if (marks.edition !== edition) return location.reload();
    return Object.assign(known, { after: marks.number, frame: marks.frame, article: marks.article });
  }

  /** Puts the article of another version of the page in place of its own; the reader stays where they are. */
  function replace(text) {
    const other = new DOMParser().parseFromString(text, 'text/html');
    const [own, its] = [document, other].map((page) => page.querySelector('main article'));
    if (own && its) own.replaceWith(document.importNode(its, true));
  }

  function show(problem) {
    let box = document.getElementById('casefile-problem');
    if (!problem) return box && box.remove();
    if (!box) {
      box = document.createElement('pre');
      box.id = 'casefile-problem';
      box.setAttribute('role', 'alert');
      box.style.cssText =
        'position: fixed; inset: auto 0 0; z-index: 99; max-height: 50vh; overflow: auto; margin: 0; padding: 1em;' +
        'font: 14px/1.5 monospace; white-space: pre-wrap; color: #5f0000; background: #fff4f2; border-top: 4px solid #c00';
      document.body.append(box);
    }
    box.textContent = problem;
    return undefined;
  }

  for (;;) {
    try {
      if (known.after === undefined && !(await begin())) return undefined;
      const answer = await fetch(`/.live/news?${new URLSearchParams(known)}`);
      const news = await answer.json();
      if (news.number === known.after) continue;
      show(news.problem);
      if (news.reload) return location.reload();
      if (news.text) replace(news.text);
      Object.assign(known, { after: news.number, article: news.article });
    } catch {
      await new Promise((wake) => setTimeout(wake, 500)); // the server is being started again
    }
  }
})();
