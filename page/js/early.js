// Before anything is drawn: the reader's language, direction and light, so that the page does not turn over while it loads.
(function () {
  const root = document.documentElement;
  let language = null;
  let theme = null;
  try {
    language = localStorage.getItem('marsad.language');
    theme = localStorage.getItem('marsad.theme');
  } catch {
    // No storage: the browser's own wishes hold.
  }
  if (language !== 'ar' && language !== 'en') {
    language = (navigator.languages || [navigator.language]).some((l) => /^ar\b/i.test(l)) ? 'ar' : 'en';
  }
  root.lang = language;
  root.dir = language === 'ar' ? 'rtl' : 'ltr';
  const words = document.createElement('link');
  Object.assign(words, { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href: `words/${language}.json` });
  document.head.append(words);
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
})();
