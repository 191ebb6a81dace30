// Elements are made here and nowhere else. Text only ever becomes a text node: nothing that a report says is parsed as HTML.

const SVG = 'http://www.w3.org/2000/svg';

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'class') node.setAttribute('class', value);
    else if (name === 'style') for (const [property, v] of Object.entries(value)) node.style.setProperty(property, v);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** An HTML element. `style` is an object, set property by property, as a strict content policy asks. */
export function el(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** An SVG element. */
export function svg(name, attributes, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

/** Puts `children` in the place of all that stands in `node`. */
export function replace(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
}

/** Goes on with the first of what was added: the button that asked for it is gone, and with it the place of whoever reads by keys. */
export function goOn(added) {
  for (const node of added) {
    const link = node?.querySelector?.('a, button');
    if (link) { link.focus(); return; }
  }
}

/** Says `text` to who listens to the page, and shows it to nobody else. */
export function announce(text) {
  const region = document.getElementById('announce');
  region.textContent = '';
  // A region that is emptied and filled in one go is not read again.
  setTimeout(() => { region.textContent = text; }, 60);
}

/** Waits until what was put into the page is painted; a page that nobody sees paints nothing, and is not waited for. */
export function painted() {
  if (document.hidden) return Promise.resolve();
  // The second frame begins when the first one has left for the screen.
  return new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))); });
}
