// Events by the place they were told of, as a map may draw them: a point only where a settlement or better is known, an
// area where it is a district or a region, and off the map where nothing decides. Nothing is moved to be seen better.

const POINTS = new Set(['exact', 'settlement']);
const POINT_REACH = 5000;

/** How a place is drawn: `point`, `around` (near it), `area` (somewhere inside), or null. */
export function drawn(place) {
  if (!place || !Number.isFinite(place.lat) || !Number.isFinite(place.lon) || place.precision === 'country') return null;
  if (POINTS.has(place.precision) && (place.radius_m ?? 0) <= POINT_REACH) return 'point';
  return place.precision === 'near' ? 'around' : 'area';
}

/** The rows of a count by place: those that a map can show, most events first, and those that it cannot. */
export function sorted(rows) {
  const all = rows.map((row) => ({ key: [row.value, row.precision, row.lat, row.lon, row.radius_m].join('|'), place: row, n: row.count, how: drawn(row) }));
  return { places: all.filter((one) => one.how), nowhere: all.filter((one) => !one.how) };
}

/** Whether an event was told of that place. */
export function at(event, { place }) {
  const there = event.place;
  return Boolean(there) && (there.id ?? there.name) === (place.id ?? place.value) && there.precision === place.precision && there.lat === place.lat && there.lon === place.lon;
}

const SMALLEST = 6;
const GROWTH = 13;

/** The radius of a place's sign in pixels: its area grows with its events, up to a bound that the largest has. */
export function size(n, most) {
  const room = Math.min(GROWTH, 3 * Math.sqrt(Math.max(0, most - 1)));
  return SMALLEST + (most > 1 ? room * Math.sqrt((n - 1) / (most - 1)) : 0);
}

/** Those to be drawn first first: wide before narrow, many before few, so that none hides another. */
export function stacked(places) {
  const width = (p) => (p.how === 'point' ? 0 : p.place.radius_m ?? 0);
  return places.slice().sort((a, b) => width(b) - width(a) || b.n - a.n);
}

// From how many pixels on a land's name fits it, and by how many for each letter.
const NAME_ROOM = 46;
const LETTER_ROOM = 6;

/** Whether a land drawn so many pixels wide has room for its name. */
export function fits(name, pixels) {
  return pixels > Math.max(NAME_ROOM, LETTER_ROOM * name.length);
}

/** The box around places, widened so that a lone one has its surroundings; the middle of the old world where there are none. */
export function box(places) {
  const out = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { place } of places) {
    const reach = Math.max(0.5, ((place.radius_m ?? 0) / 111_000) * 1.6);
    out[0] = Math.min(out[0], place.lon - reach);
    out[1] = Math.min(out[1], place.lat - reach);
    out[2] = Math.max(out[2], place.lon + reach);
    out[3] = Math.max(out[3], place.lat + reach);
  }
  return Number.isFinite(out[0]) ? out : [25, 12, 60, 42];
}

// Of a hundred events so many may lie outside of what a map shows first.
const OUTLIERS = 5;

/** The places where nearly all events are, so that a few far away do not make the map one of the world; all where they are few. */
export function core(places) {
  const total = places.reduce((sum, p) => sum + p.n, 0);
  const bounds = (axis) => {
    const along = places.slice().sort((a, b) => a.place[axis] - b.place[axis]);
    const spare = (total * OUTLIERS) / 200;
    const reached = (list) => {
      let n = 0;
      return list.find((p) => { n += p.n; return n > spare; })?.place[axis];
    };
    return [reached(along), reached(along.slice().reverse())];
  };
  const [[west, east], [south, north]] = [bounds('lon'), bounds('lat')];
  return places.filter(({ place: { lon, lat } }) => lon >= west && lon <= east && lat >= south && lat <= north);
}
