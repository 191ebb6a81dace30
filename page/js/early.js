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
  const ask = (href, as = 'fetch') => document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as, crossOrigin: 'anonymous', href }));
  ask(`words/${language}.json`);
  // The faces of the frame and of the first rows: with them at hand, all is laid out once, and nothing moves when they come.
  const faces = ['source-sans-3-latin-400-normal', 'source-sans-3-latin-600-normal', 'source-serif-4-latin-600-normal', 'noto-sans-arabic-400', 'noto-naskh-arabic-400'];
  if (language === 'ar') faces.push('noto-sans-arabic-600', 'noto-naskh-arabic-700');
  for (const face of faces) ask(`vendor/fonts/${face}.woff2`, 'font');
  // All events, the newest first; who shows a token, or asks for other ones, is answered when the modules ask.
  if (token === null && /^(#\/?(events)?)?$/.test(location.hash)) {
    for (const answer of ['api/v1/events?limit=100', 'api/v1/events/counts']) ask(answer);
  }
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
})();
