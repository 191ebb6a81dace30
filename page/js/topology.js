// Reads countries from a TopoJSON topology: arcs of whole-number steps, shared between neighbours.

/** The arcs of a topology in degrees. */
function arcs(topology) {
  const { scale, translate } = topology.transform;
  return topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]) => {
      x += dx;
      y += dy;
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
    });
  });
}

function ring(indexes, all) {
  const points = [];
  for (const index of indexes) {
    const arc = index < 0 ? all[~index].slice().reverse() : all[index];
    points.push(...(points.length ? arc.slice(1) : arc));
  }
  return points;
}

/** A ring that runs over the antimeridian without a leap: it goes on beyond 180 degrees, and around a pole it closes there. */
export function unbroken(points) {
  let turn = 0;
  const out = points.map(([lon, lat], i) => {
    if (i) turn -= 360 * Math.round((lon - points[i - 1][0]) / 360);
    return [lon + turn, lat];
  });
  if (turn) {
    const pole = out[0][1] < 0 ? -90 : 90;
    out.push([out.at(-1)[0], pole], [out[0][0], pole], out[0]);
  }
  return out;
}

/** The same land once more where it goes on beyond the edge of the map. */
function overEdge(polygon) {
  const lons = polygon[0].map(([lon]) => lon);
  const shift = Math.max(...lons) > 180.5 ? -360 : Math.min(...lons) < -180.5 ? 360 : 0;
  return shift ? [polygon, polygon.map((points) => points.map(([lon, lat]) => [lon + shift, lat]))] : [polygon];
}

/** The countries of a topology: numeric code, English name, polygons as rings of degrees, the box around them, and where a name fits. */
export function countries(topology) {
  const all = arcs(topology);
  return topology.objects.countries.geometries.filter((g) => g.arcs).map((g) => {
    const polygons = (g.type === 'Polygon' ? [g.arcs] : g.arcs)
      .flatMap((rings) => overEdge(rings.map((indexes) => unbroken(ring(indexes, all)))));
    return { code: g.id ?? null, name: g.properties?.name ?? '', polygons, box: around(polygons), ...largest(polygons) };
  });
}

function around(polygons) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [outer] of polygons) {
    for (const [lon, lat] of outer) {
      box[0] = Math.min(box[0], lon);
      box[1] = Math.min(box[1], lat);
      box[2] = Math.max(box[2], lon);
      box[3] = Math.max(box[3], lat);
    }
  }
  return box;
}

/** The largest piece of land: its centre of mass, where the country's name is written, and how many degrees wide it is. */
function largest(polygons) {
  let best = { area: 0, middle: null, width: 0 };
  for (const [outer] of polygons) {
    let area = 0;
    let x = 0;
    let y = 0;
    for (let i = 0; i + 1 < outer.length; i += 1) {
      const cross = outer[i][0] * outer[i + 1][1] - outer[i + 1][0] * outer[i][1];
      area += cross;
      x += (outer[i][0] + outer[i + 1][0]) * cross;
      y += (outer[i][1] + outer[i + 1][1]) * cross;
    }
    if (Math.abs(area) > best.area) {
      const lons = outer.map(([lon]) => lon);
      best = { area: Math.abs(area), middle: [x / (3 * area), y / (3 * area)], width: Math.max(...lons) - Math.min(...lons) };
    }
  }
  return { middle: best.middle, width: best.width };
}

let loaded = null;

/** The countries of the world; none where the file is not there, and the map has no borders then. */
export function world() {
  loaded ??= fetch('vendor/world/countries-50m.json')
    .then((answer) => (answer.ok ? answer.json() : null))
    .then((topology) => (topology ? countries(topology) : []))
    .catch(() => []);
  return loaded;
}
