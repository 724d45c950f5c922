// Questions to the model: who is in a group, what a node is called, what a unit has at a node.

class Model {
  constructor(data) {
    Object.assign(this, data);
    this.index = new Map(data.units.codes.map((code, index) => [code, index]));
    this.byCode = new Map(data.nodes.map((node) => [node.code, node]));
    this.root = data.nodes[0];
  }

  /** Return the units of a group in the order of the ranking. */
  members(group) {
    return this.order.filter((unit) => this.units.groups[unit] === group);
  }

  /** Return the groups that have units. */
  get occupied() {
    return this.groups.map((_, index) => index).filter((index) => this.members(index).length > 0);
  }

  groupName(group) {
    return both(this.groups[group].name);
  }

  unitName(unit) {
    return this.units.names[unit] || this.units.codes[unit];
  }

  nodeName(node) {
    return both(node.name);
  }

  /** Return the name of a node that stands alone: after that of a node between it and its dimension. */
  longName(node) {
    return node.level < 3 ? this.nodeName(node) : `${this.nodeName(this.byCode.get(node.parent))} · ${this.nodeName(node)}`;
  }

  /** Return the nodes right below `code` that stand in a group; of any group where none is named. */
  children(code, group = null) {
    return this.nodes.filter((node) => node.parent === code && (group === null || node.groups.includes(group)));
  }

  leaves(group = null) {
    return this.nodes.filter((node) => !node.dimension && (group === null || node.groups.includes(group)));
  }

  value(kind, code, unit) {
    return this[kind][code]?.[unit] ?? null;
  }

  /** Return what a unit shows at a node. */
  score(code, unit) {
    return shown(this.value("scores", code, unit), this.decimals(code));
  }

  decimals(code) {
    return this.byCode.get(code).decimals;
  }

  /** Return the place of each unit on a node's score in its group; the root's are those of the ranking. */
  placesOn(code) {
    if (code === "total") return this.units.places;
    const values = column(this.scores[code] ?? []);
    return placesOf([values.map(comparable)], Array.from(values, (value) => !Number.isNaN(value)), this.units.groups);
  }

  /** Return how many units of a group have a place, on this page or not. */
  placed(group) {
    return this.groups[group].placed;
  }
}

/** Return the link to a unit's own view. */
function unitLink(model, unit) {
  return el("a", { href: address({ view: "unit", unit: model.units.codes[unit] }) }, model.unitName(unit));
}

/** Return the text of a unit's place: "place 3 of 12, up 2". */
function placeText(model, unit) {
  const place = model.units.places[unit];
  if (!place) return say("unranked");
  const of = model.placed(model.units.groups[unit]);
  const last = model.units.last?.[unit] ?? null;
  const words = say("place.of", { place, of });
  if (last === null) return words;
  const by = last - place;
  if (by === 0) return `${words}${say("and.same")}`;
  return `${words}${by > 0 ? say("and.up", { by }) : say("and.down", { by: -by })}`;
}

/** Return the places between which a unit's lies, from the study of robustness. */
function intervalText(model, unit) {
  const [low, high] = model.units.intervals?.[unit] ?? [null, null];
  if (low === null) return ABSENT;
  return low === high ? String(low) : `${low}–${high}`;
}

/** Return with which units of its group a unit cannot be told apart, where others stand on the page. */
function certaintyText(model, unit) {
  const level = model.units.level?.[unit] ?? null;
  if (level === null) return "";
  const alike = model.members(model.units.groups[unit]).filter((other) => other !== unit && model.units.level[other] === level);
  if (!alike.length) return "";
  const names = alike.slice(0, MOST_ALIKE).map((other) => model.unitName(other)).join(say("comma"));
  return say("level.with", { names: alike.length > MOST_ALIKE ? `${names}…` : names });
}

const MOST_ALIKE = 5;
