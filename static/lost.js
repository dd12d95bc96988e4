// The page for wrong addresses is shown at whatever address was wrong, so its own links cannot know where the site
// begins. This script was found in the site's folder `static`, and so it does. It may run several times.
'use strict';
(() => {
  const root = new URL('..', document.currentScript.src);
  for (const link of document.querySelectorAll('a[data-home]')) {
    link.href = new URL(link.dataset.home, root).href;
    link.removeAttribute('data-home');
  }
})();
