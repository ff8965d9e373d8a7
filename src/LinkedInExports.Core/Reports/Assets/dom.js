"use strict";

// Elements are made of names and text, never of markup: whatever a value contains, it is shown and not obeyed.

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined));
  return element;
}

function make(name, properties = {}, ...children) {
  return fill(document.createElement(name), properties, children);
}

function draw(name, properties = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), properties, children);
}

/** A text of somebody else: its direction stays within it. */
function foreign(text) {
  return make("bdi", { title: text.length > 26 ? text : null }, text);
}

let lastId = 0;
function newId(prefix) {
  return `${prefix}-${++lastId}`;
}
