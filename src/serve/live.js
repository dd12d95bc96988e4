// Follows the author's edits: replaces the text of a page that shows an edited document, loads the page anew once all of
// the site is made and it has changed, and shows why there is no newer site. Only served, never published.
'use strict';

(async () => {
  const { etag, number } = document.currentScript.dataset;
  let after = Number(number);

  /** The text of the page as it is in another version of it, where the reader is. */
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
      box.className = 'problem';
      box.setAttribute('role', 'alert');
      document.body.append(box);
    }
    box.textContent = problem;
    return undefined;
  }

  for (;;) {
    try {
      const query = new URLSearchParams({ after, path: location.pathname, etag });
      const answer = await fetch(`/.live/news?${query}`);
      const news = await answer.json();
      if (news.number === after) continue;
      after = news.number;
      show(news.problem);
      if (news.text) replace(news.text);
      else if (news.changed) location.reload();
    } catch {
      await new Promise((wake) => setTimeout(wake, 500)); // the server is being started again
    }
  }
})();
