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

/** The countries of a topology: numeric code, English name, polygons as rings of degrees, and the box around them. */
export function countries(topology) {
  const all = arcs(topology);
  return topology.objects.countries.geometries.filter((g) => g.arcs).map((g) => {
    const polygons = (g.type === 'Polygon' ? [g.arcs] : g.arcs).map((rings) => rings.map((indexes) => ring(indexes, all)));
    return { code: g.id ?? null, name: g.properties?.name ?? '', polygons, box: around(polygons), middle: middle(polygons) };
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

/** The centre of mass of the largest piece of land, where a country's name is written. */
function middle(polygons) {
  let best = { area: 0, at: null };
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
    if (Math.abs(area) > best.area) best = { area: Math.abs(area), at: [x / (3 * area), y / (3 * area)] };
  }
  return best.at;
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
