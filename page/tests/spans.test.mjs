// What needs no browser: cutting text at spans, drawing lineage, gathering months.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut } from '../js/spans.js';
import { directed, layout, levels } from '../js/graph.js';
import { bars } from '../js/timeline.js';
import { box, drawn, sorted } from '../js/places.js';
import { countries } from '../js/topology.js';
import { project, unproject } from '../js/projection.js';

test('spans count code points, not UTF-16 units', () => {
  const pieces = cut('a😀bc', [{ start: 2, end: 3 }]);
  assert.deepEqual(pieces.map((p) => [p.text, p.spans.length]), [['a😀', 0], ['b', 1], ['c', 0]]);
});

test('spans that overlap cut at every border, and those outside the text are bounded', () => {
  const pieces = cut('abcdef', [{ start: 0, end: 4, n: 1 }, { start: 2, end: 99, n: 2 }, { start: 5, end: 5 }, null]);
  assert.deepEqual(pieces.map((p) => [p.text, p.spans.map((s) => s.n)]), [['ab', [1]], ['cd', [1, 2]], ['ef', [2]]]);
});

const tie = (report, to, direction) => ({ report, to, direction, relation: 'copy' });

test('a tie told from both ends is one, from the one descended from to the other', () => {
  const links = directed([tie('b', 'a', 'from'), tie('a', 'b', 'to'), tie('c', 'c', 'from')]);
  assert.deepEqual(links.map((l) => [l.parent, l.child, l.sure]), [['a', 'b', true]]);
});

test('each report stands below what it descends from, and a ring ends', () => {
  const links = directed([tie('b', 'a', 'from'), tie('c', 'b', 'from')]);
  assert.deepEqual([...levels(['a', 'b', 'c'], links).values()], [0, 1, 2]);
  const ring = [...links, { parent: 'c', child: 'a', sure: true }];
  assert.equal(levels(['a', 'b', 'c'], ring).size, 3);
  const { at, height } = layout(['a', 'b', 'c'], links, { room: 100, box: { width: 40, height: 10 }, gap: { x: 5, y: 5 } });
  assert.deepEqual([at.get('a').y, at.get('b').y, at.get('c').y, height], [0, 15, 30, 40]);
});

test('months come together until each bar is wide enough to touch', () => {
  const months = [{ value: '2029-11', count: 1 }, { value: '2031-01', count: 3 }, { value: 'unknown', count: 2 }];
  const wide = bars(months, 1000);
  assert.deepEqual([wide.length, wide[0].from, wide.at(-1).to, wide.at(-1).n], [15, '2029-11-01', '2031-01-31', 3]);
  const narrow = bars(months, 100);
  assert.deepEqual(narrow.map((b) => [b.from, b.to, b.n]), [['2029-01-01', '2029-12-31', 1], ['2030-01-01', '2030-12-31', 0], ['2031-01-01', '2031-12-31', 3]]);
});

test('only a known settlement is a point', () => {
  const place = { lat: 35, lon: 40, radius_m: 1000 };
  assert.equal(drawn({ ...place, precision: 'settlement' }), 'point');
  assert.equal(drawn({ ...place, precision: 'settlement', radius_m: 10_000 }), 'area');
  assert.equal(drawn({ ...place, precision: 'near' }), 'around');
  assert.equal(drawn({ ...place, precision: 'district' }), 'area');
  assert.equal(drawn({ ...place, precision: 'country' }), null);
  assert.equal(drawn({ ...place, lat: null, precision: 'settlement' }), null);
  const { places, nowhere } = sorted([{ value: 'x', count: 2, ...place, precision: 'settlement' }, { value: 'y', count: 1, lat: null, lon: null, precision: 'settlement' }]);
  assert.deepEqual([places.length, nowhere.length], [1, 1]);
  assert.ok(box(places)[0] < 40 && box(places)[2] > 40);
});

test('a topology gives rings of degrees, with arcs that are run backwards turned', () => {
  const topology = {
    transform: { scale: [1, 1], translate: [10, 20] },
    arcs: [[[0, 0], [4, 0], [0, 4]], [[0, 0], [0, 4], [4, 0]]],
    objects: { countries: { geometries: [{ type: 'Polygon', id: '001', properties: { name: 'X' }, arcs: [[0, -2]] }] } },
  };
  const [land] = countries(topology);
  assert.deepEqual(land.polygons[0][0], [[10, 20], [14, 20], [14, 24], [10, 24], [10, 20]]);
  assert.deepEqual(land.box, [10, 20, 14, 24]);
  assert.deepEqual(land.middle.map(Math.round), [12, 22]);
});

test('degrees come back from the unit square', () => {
  const [lon, lat] = unproject(...project(40.4, 35.1));
  assert.ok(Math.abs(lon - 40.4) < 1e-9 && Math.abs(lat - 35.1) < 1e-9);
});
