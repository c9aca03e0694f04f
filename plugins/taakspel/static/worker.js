/* Lets the board open again while the wifi is away. It keeps the page of the game and what that page is drawn with. */
"use strict";
var KEPT = "taakspel-board-1";
function isOurs(request) {
  var path = new URL(request.url).pathname;
  return request.method === "GET" && (request.mode === "navigate" || /\/static\//.test(path));
}
self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (happened) { happened.waitUntil(self.clients.claim()); });
self.addEventListener("fetch", function (happened) {
  if (!isOurs(happened.request)) { return; }
  happened.respondWith(
    fetch(happened.request).then(function (answer) {
      if (answer.ok && !answer.redirected) {
        var copy = answer.clone();
        happened.waitUntil(caches.open(KEPT).then(function (cache) { return cache.put(happened.request, copy); }));
      }
      return answer;
    }, function (error) {
      return caches.match(happened.request).then(function (kept) { if (kept) { return kept; } throw error; });
    })
  );
});
self.addEventListener("message", function (happened) {
  /* The page was loaded before the worker was there: fetch what it is made of once more. */
  happened.waitUntil(caches.open(KEPT).then(function (cache) { return cache.addAll(happened.data); }));
});
