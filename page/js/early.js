// Before anything is drawn: the reader's language, direction and light, so that the page does not turn over while it loads; and
// what the first view waits for is asked for, before the modules are there that will read it.
(function () {
  const root = document.documentElement;
  let language = null;
  let theme = null;
  let token = null;
  try {
    token = sessionStorage.getItem('marsad.token');
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
  const ask = (href) => document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href }));
  ask(`words/${language}.json`);
  // All events, the newest first; who shows a token, or asks for other ones, is answered when the modules ask.
  if (token === null && /^(#\/?(events)?)?$/.test(location.hash)) ['api/v1/events?limit=100', 'api/v1/events/counts'].forEach(ask);
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
})();
