// Web Mercator, in units of the world's width: x and y from 0 to 1, as both maps draw it.

const LIMIT = 85;

/** Degrees to the unit square. */
export function project(lon, lat) {
  const bounded = Math.max(-LIMIT, Math.min(LIMIT, lat));
  const s = Math.sin((bounded * Math.PI) / 180);
  return [(lon + 180) / 360, 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI)];
}

/** The unit square to degrees. */
export function unproject(x, y) {
  return [x * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI];
}

/** How much of the world's width `metres` are at a latitude. */
export function scaled(metres, lat) {
  return metres / (40_075_017 * Math.cos((Math.min(LIMIT, Math.abs(lat)) * Math.PI) / 180));
}
