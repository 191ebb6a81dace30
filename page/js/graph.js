// Where reports stand in a drawing of their lineage: each below what it descends from.

/** Edges once each, from the one descended from to the one that descends; `sure` where the direction is known. */
export function directed(edges) {
  const pairs = new Map();
  for (const edge of edges) {
    const there = edge.to;
    const here = edge.report;
    if (!there || !here || there === here) continue;
    const key = [here, there].sort().join(' ');
    const sure = edge.direction === 'from' || edge.direction === 'to';
    const one = edge.direction === 'to' ? { parent: here, child: there } : { parent: there, child: here };
    if (!pairs.has(key) || (sure && !pairs.get(key).sure)) {
      pairs.set(key, { ...one, sure, relation: edge.relation, confidence: edge.confidence, because: edge.because ?? [], spans: edge.spans ?? [], spansOf: here });
    }
  }
  return [...pairs.values()];
}

/** The level of each report: 0 for those that descend from none. Reports come in the order they were published. */
export function levels(ids, links) {
  const order = new Map(ids.map((id, i) => [id, i]));
  const level = new Map(ids.map((id) => [id, 0]));
  const down = links.filter((l) => order.has(l.parent) && order.has(l.child))
    .map((l) => (l.sure || order.get(l.parent) < order.get(l.child) ? l : { ...l, parent: l.child, child: l.parent }));
  // As many rounds as there are reports end every chain, and any ring that the data might hold.
  for (let round = 0; round < Math.min(ids.length, 64); round += 1) {
    let moved = false;
    for (const { parent, child } of down) {
      const least = Math.min(level.get(parent) + 1, ids.length);
      if (level.get(child) < least && level.get(parent) < ids.length) {
        level.set(child, least);
        moved = true;
      }
    }
    if (!moved) break;
  }
  return level;
}

/** Boxes for reports: rows from the top, each row spread over the width. */
export function layout(ids, links, { room, box, gap }) {
  const level = levels(ids, links);
  const rows = [];
  for (const id of ids) (rows[level.get(id)] ??= []).push(id);
  const filled = rows.filter(Boolean);
  const widest = Math.max(1, ...filled.map((row) => row.length));
  const width = Math.max(room, widest * (box.width + gap.x) - gap.x);
  const at = new Map();
  filled.forEach((row, r) => row.forEach((id, i) => {
    const used = row.length * box.width + (row.length - 1) * gap.x;
    at.set(id, { x: (width - used) / 2 + i * (box.width + gap.x), y: r * (box.height + gap.y) });
  }));
  return { at, width, height: filled.length * (box.height + gap.y) - gap.y };
}
