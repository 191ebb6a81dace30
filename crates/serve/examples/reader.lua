-- What a reader of the page asks for, taken in turn.
local asked = {
  "/api/v1/events?limit=100", "/api/v1/events/counts",
  "/api/v1/events?type=explosion&from=2033-01-01&to=2033-12-31&limit=100", "/api/v1/events/counts?type=explosion",
  "/api/v1/events?country=SY&sort=-harm&limit=100", "/api/v1/events?place=Aleppo&limit=100",
  "/api/v1/events?actor=forces&disputed=true&limit=100", "/api/v1/events?q=clash&limit=100",
  "/api/v1/search?q=shelling+2034&limit=20", "/api/v1/reports?limit=50", "/api/v1/status", "/api/v1/sources",
  "/api/v1/events?bbox=36,34,40,37&sort=-origins&limit=100", "/api/v1/inbox", "/api/v1/inbox?state=new", "/",
}
local n = 0
request = function()
  n = n + 1
  return wrk.format("GET", asked[n % #asked + 1], { ["Accept-Encoding"] = "gzip" })
end
