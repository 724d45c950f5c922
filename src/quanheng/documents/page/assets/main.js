// The page comes to life: data are read, the scoring checks itself, and the view of the address is shown.

const page = { model: null };

const VIEWS = {
  ranking: rankingView,
  dimensions: dimensionsView,
  moves: movesView,
  lights: lightsView,
  unit: unitView,
  compare: compareView,
  tree: treeView,
  about: aboutView,
};

/** Return the views that the page has data for. */
function viewsOf(model) {
  const has = {
    ranking: model.units.codes.length !== 1 || !model.alone,
    dimensions: model.nodes.length > 1 && !model.alone,
    moves: Boolean(model.units.last) && !model.alone,
    lights: Boolean(model.lights),
    unit: model.nodes.length > 1,
    compare: model.nodes.length > 1 && model.units.codes.length > 1,
    tree: model.nodes.length > 1 && Boolean(model.shares),
    about: true,
  };
  return Object.keys(VIEWS).filter((view) => has[view]);
}

function render(isNew = true) {
  const { model } = page;
  document.documentElement.lang = state.language === "zh" ? "zh-CN" : "en";
  document.documentElement.classList.toggle("care", state.care);
  document.title = `${both(model.title)} · ${say(`view.${state.view}`)}`;
  document.getElementById("title").textContent = both(model.title);
  document.getElementById("round").textContent = say("round.is", { round: model.round, units: model.count });
  document.getElementById("skip").textContent = say("skip");
  document.getElementById("settings").replaceChildren(...settings());
  const views = document.getElementById("views");
  views.setAttribute("aria-label", say("views"));
  views.replaceChildren(...viewsOf(model).map((view) => el("a", { href: address({ view }), "aria-current": view === state.view ? "page" : null }, say(`view.${view}`))));
  document.getElementById("foot").textContent = both(model.made);
  const main = document.querySelector("main");
  main.replaceChildren(VIEWS[state.view](model));
  drawFigures();
  if (isNew) announce(say(`view.${state.view}`));
}

function follow() {
  const before = state.view;
  readAddress(page.model);
  render();
  if (before !== state.view) document.querySelector("main h2").focus({ preventScroll: true });
}

async function start() {
  const data = await read("data");
  WORDS = data.words;
  page.model = new Model(data);
  readAddress(page.model);
  if (page.model.scoring) {
    const differs = selfCheck(page.model);
    if (differs) {
      page.model.scoring = null;
      page.model.scoringOff = [data.words["check.failed"][0], data.words["check.failed"][1]].map((words) => words.replace("{unit}", differs));
    }
  }
  document.documentElement.classList.add("alive");
  render();
  window.addEventListener("hashchange", follow);
  new ResizeObserver(drawFigures).observe(document.querySelector("main"));
  document.addEventListener("toggle", drawFigures, true);
}

globalThis.quanheng = { scored, page, csvText };
start();
