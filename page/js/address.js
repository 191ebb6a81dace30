// Where the reader is, as the part of the address after `#`: it can be sent and opened again, and no server sees it.

export const FILTERS = ['q', 'type', 'place', 'actor', 'country', 'from', 'to', 'harm', 'min_origins', 'disputed', 'language', 'bbox', 'sort'];

/** What `#/view/id?query` says. */
export function read(hash = location.hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/');
  const decode = (part) => {
    try {
      return decodeURIComponent(part ?? '');
    } catch {
      return part ?? '';
    }
  };
  return { view: parts[0] || 'events', id: decode(parts[1]) || null, query: new URLSearchParams(query) };
}

/** The address of a view. */
export function to(view, id = null, query = {}) {
  const search = new URLSearchParams();
  for (const [name, value] of query instanceof URLSearchParams ? query : Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.append(name, value);
  }
  const tail = search.toString();
  return `#/${view}${id ? `/${encodeURIComponent(id).replaceAll('%3A', ':')}` : ''}${tail ? `?${tail}` : ''}`;
}

/** The filter that the address holds. */
export function filter(query = read().query) {
  return Object.fromEntries(FILTERS.map((name) => [name, query.get(name)]).filter(([, value]) => value));
}

/** The events under `changed` filters; null takes one away. */
export function withFilter(changed, base = filter()) {
  return to('events', null, { ...base, ...changed });
}
