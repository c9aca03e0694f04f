/* A game on a board or a phone. What is pressed is shown at once, kept in this browser, and sent until it arrived.
   Kept are numbers of teams and ids made here, never anything about a person. Written for old boards too. */
(function () {
  "use strict";
  var root = document.querySelector("[data-game]");
  if (!root) { return; }
  var KEPT = "taakspel." + root.dataset.game, KEYS = "taakspel.keys";
  var RETRY = 3000, PATIENCE = 5000, LOOK = 700, LOOK_WHEN_HIDDEN = 5000;
  var known = JSON.parse(root.dataset.now), seenAt = Date.now(), etag = root.dataset.version;
  var queue = load(KEPT) || [], last = load(KEPT + ".known"), sending = false, away = false, lock = null, sentAway = 0, askedAt = 0;
  var words = root.dataset;

  function load(name) {
    try { return JSON.parse(localStorage.getItem(name)); } catch (error) { return null; }
  }
  function keep() {
    try {
      localStorage.setItem(KEPT, JSON.stringify(queue));
      localStorage.setItem(KEPT + ".known", JSON.stringify({ known: known, at: seenAt }));
    } catch (error) { /* full or forbidden: it stays here */ }
  }
  /* A page that opened without wifi is older than what was heard since. */
  if (last && last.known.version > known.version) { known = last.known; seenAt = last.at; }
  function newId() {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64; bytes[8] = (bytes[8] & 63) | 128;
    var hex = Array.prototype.map.call(bytes, function (one) { return (one + 256).toString(16).slice(1); }).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  /* What the server said, with what it has not heard yet. */
  function game() {
    var teams = known.teams.map(function (each) { return Object.assign({}, each); });
    var taps = known.taps.slice(), status = known.status, started = known.elapsed === null ? null : seenAt - known.elapsed;
    var ended = status === "ended" ? seenAt : null;
    function change(tap, by) {
      teams.forEach(function (each) {
        if (each.number !== tap.team) { return; }
        if (tap.kind === "card") { each.left -= by; } else { each.compliments += by; }
      });
    }
    queue.forEach(function (tap) {
      if (tap.kind === "start" && status === "planned") { status = "running"; started = tap.at; }
      if (tap.kind === "end" && status === "running") { status = "ended"; ended = tap.at; }
      if (tap.kind === "card" || tap.kind === "compliment") {
        if (!taps.some(function (each) { return each.id === tap.id; })) { change(tap, 1); taps.push(tap); }
      }
      if (tap.kind === "undo") {
        var undone = taps.filter(function (each) { return each.id === tap.undone; })[0];
        if (undone) { change(undone, -1); taps.splice(taps.indexOf(undone), 1); }
      }
    });
    return { teams: teams, taps: taps, status: status, started: started, ended: ended };
  }

  function press(kind, team) {
    var now = game(), tap = { id: newId(), kind: kind, at: Date.now() };
    if (kind === "undo") {
      if (!now.taps.length) { return; }
      tap.undone = now.taps[now.taps.length - 1].id;
    }
    if (kind === "card" || kind === "compliment") {
      var mine = now.teams.filter(function (each) { return each.number === team; })[0];
      if (now.status !== "running" || !mine || (kind === "card" && mine.left < 1)) { return; }
      tap.team = team;
    }
    queue.push(tap); keep(); show(); send();
  }

  function request(method, url, body, done) {
    var asked = new XMLHttpRequest();
    asked.open(method, url); asked.timeout = PATIENCE;
    if (body) {
      asked.setRequestHeader("Content-Type", "application/json");
      asked.setRequestHeader("X-CSRFToken", root.dataset.token);
    } else { asked.setRequestHeader("If-None-Match", etag); }
    asked.onload = function () { done(asked); };
    asked.onerror = asked.ontimeout = function () { done(null); };
    asked.send(body || null);
  }
  function heard(answer, after) {
    known = JSON.parse(answer.responseText); askedAt = seenAt = Date.now(); etag = '"' + root.dataset.game + "." + known.version + '"';
    if (after) { after(); }
    keep(); show();
  }

  function send() {
    if (sending || !queue.length) { return; }
    sending = true; sentAway += 1;
    var batch = queue.slice(0, 100), now = Date.now();
    var taps = batch.map(function (tap) {
      return { id: tap.id, kind: tap.kind, team: tap.team || null, undone: tap.undone || null, ago: Math.max(0, now - tap.at) };
    });
    request("POST", root.dataset.taps, JSON.stringify({ taps: taps }), function (answer) {
      sending = false;
      if (answer && answer.status === 200) {
        away = false;
        heard(answer, function () {
          queue = queue.filter(function (tap) { return batch.indexOf(tap) < 0; });
        });
        send();
      } else { refused(answer); }
    });
  }
  function refused(answer) {
    /* Signed out, or the screen was closed: the queue stays, and the page asks to be opened again. */
    away = true;
    root.classList.toggle("is-shut", !!answer && answer.status >= 400 && answer.status < 500);
    show(); setTimeout(send, RETRY);
  }
  function look() {
    var at = sentAway, rest = askedAt + LOOK - Date.now();
    /* The answer to a tap says all that asking would. */
    if (rest > 50 && !away) { setTimeout(look, rest); return; }
    request("GET", root.dataset.state, null, function (answer) {
      /* An answer from before a tap that was sent since would show it twice or not at all. */
      if (answer && answer.status === 200 && at === sentAway && !sending) { heard(answer); }
      var was = away;
      away = !answer || answer.status >= 400;
      if (was !== away) { show(); }
      if (!away) { send(); }
      setTimeout(look, document.hidden || known.status === "ended" ? LOOK_WHEN_HIDDEN : LOOK);
    });
  }

  function all(name, then) { Array.prototype.forEach.call(root.querySelectorAll(name), then); }
  function text(name, value) { all(name, function (each) { if (each.textContent !== value) { each.textContent = value; } }); }
  function drawCards(box, left, total) {
    while (box.children.length < total) { box.appendChild(document.createElement("span")); }
    Array.prototype.forEach.call(box.children, function (each, at) { each.className = at < left ? "play-card" : "play-card is-gone"; });
  }
  function label(now) {
    var last = now.taps[now.taps.length - 1];
    if (!last) { return words.undo; }
    var team = now.teams.filter(function (each) { return each.number === last.team; })[0];
    return words.undo + ": " + team.name + ", " + (last.kind === "card" ? words.card : words.compliment);
  }
  function show() {
    var now = game();
    if (root.hasAttribute("data-reload") && known.status !== root.dataset.status && !queue.length) { location.reload(); return; }
    root.classList.remove("is-planned", "is-running", "is-ended", "is-called_off"); root.classList.add("is-" + now.status);
    now.teams.forEach(function (team) {
      var at = "[data-team='" + team.number + "'] ";
      text(at + "[data-left]", String(team.left)); text(at + "[data-compliments]", String(team.compliments));
      text(at + "[data-cards-word]", team.left === 1 ? words.one : words.many);
      all(at + "[data-cards]", function (each) { drawCards(each, team.left, known.cards); });
      all(at + "[data-press='card']", function (each) { each.disabled = team.left < 1 || now.status !== "running"; });
      all("[data-team='" + team.number + "']", function (each) { each.classList.toggle("has-won", team.left > 0); });
    });
    text("[data-undo-label]", label(now));
    all("[data-press='undo']", function (each) { each.disabled = !now.taps.length; });
    var wait = queue.length ? (away ? words.waiting.replace("#", String(queue.length)) : "") : (away ? words.offline : "");
    all("[data-wait]", function (each) { each.hidden = !wait; }); text("[data-wait] span", wait);
    clock(now); stayAwake(now.status === "running");
  }
  function clock(now) {
    var length = known.minutes * 60000, spent = now.started === null ? 0 : (now.ended || Date.now()) - now.started;
    if (known.status === "ended" && known.elapsed !== null) { spent = known.elapsed; }
    var left = Math.max(0, Math.ceil((length - spent) / 1000)), seconds = left % 60;
    text("[data-clock]", Math.floor(left / 60) + ":" + (seconds < 10 ? "0" : "") + seconds);
    root.classList.toggle("is-time", now.status === "running" && left === 0);
  }
  function stayAwake(on) {
    if (!navigator.wakeLock || document.hidden || !root.hasAttribute("data-awake")) { return; }
    if (on && !lock) {
      lock = "asked";
      navigator.wakeLock.request("screen").then(function (got) {
        lock = got; got.addEventListener("release", function () { lock = null; });
      }, function () { lock = null; });
    } else if (!on && lock && lock.release) { lock.release(); }
  }

  function keysOn() { try { return localStorage.getItem(KEYS) !== "off"; } catch (error) { return true; } }
  root.addEventListener("click", function (happened) {
    var button = happened.target.closest("[data-press]");
    if (!button) { return; }
    happened.preventDefault();
    press(button.dataset.press, Number(button.dataset.of) || undefined);
  });
  document.addEventListener("keydown", function (happened) {
    var tag = happened.target.tagName;
    if (!root.hasAttribute("data-keys") || !keysOn() || happened.repeat || happened.ctrlKey || happened.metaKey || happened.altKey) { return; }
    if (tag === "INPUT" && happened.target.type !== "checkbox" || tag === "TEXTAREA" || tag === "SELECT") { return; }
    /* The code of the key: Shift+1 is "!" or something else, whatever the keyboard. */
    var digit = /^(?:Digit|Numpad)([1-8])$/.exec(happened.code || "");
    if (digit) { press(happened.shiftKey ? "compliment" : "card", Number(digit[1])); happened.preventDefault(); }
    if (happened.code === "KeyZ") { press("undo"); }
  });
  all("[data-keys-switch]", function (each) {
    each.checked = keysOn(); root.classList.toggle("keys-off", !each.checked);
    each.addEventListener("change", function () {
      try { localStorage.setItem(KEYS, each.checked ? "on" : "off"); } catch (error) { /* this page only */ }
      root.classList.toggle("keys-off", !each.checked);
    });
  });
  all("[data-full]", function (each) {
    each.hidden = !document.documentElement.requestFullscreen;
    each.addEventListener("click", function () {
      if (document.fullscreenElement) { document.exitFullscreen(); } else { document.documentElement.requestFullscreen(); }
    });
  });
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", show);
  if (root.dataset.worker && navigator.serviceWorker) {
    navigator.serviceWorker.register(root.dataset.worker, { scope: root.dataset.scope }).then(function () {
      return navigator.serviceWorker.ready;
    }).then(function (ready) {
      ready.active.postMessage([location.href].concat(JSON.parse(root.dataset.parts)));
    }).catch(function () { /* plain http: the board works, and cannot be opened anew without wifi */ });
  }
  root.classList.add("is-live");
  all("[data-press]", function (each) { each.disabled = false; });
  setInterval(function () { clock(game()); }, 500);
  show(); send(); look();
})();
