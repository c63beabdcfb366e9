#include "edge/http/public_page.h"

#include "edge/http/asked.h"
#include "edge/http/html.h"
#include "edge/http/parameters.h"
#include "edge/http/render_warning.h"
#include "edge/http/warned_place.h"
#include "edge/http/wording.h"
#include "view/warnings.h"

namespace anlan::edge {
namespace {

constexpr std::int64_t kMost = 100;
constexpr std::chrono::hours kEndedShown{24};
constexpr std::size_t kMostFound = 12;

// What every link of the page keeps.
struct Look {
  bool large = false;
  Locale locale = Locale::kChinese;
};

// One answer to one reader.
class PublicPage {
 public:
  PublicPage(Page& page, const NodeDescription& node, Look look)
      : page_(page),
        node_(node),
        look_(look),
        wording_(page, look.locale),
        in_force_(read(view::warnings_in_force(page.sql, page.world, page.now, kMost))),
        ended_(read(view::warnings_ended(page.sql, page.world, page.now - kEndedShown, kMost))) {}

  // The whole page; `sought` is what was typed, `place` the code of a division, either perhaps empty.
  std::string html(const std::string& sought, const std::string& place) {
    std::string body;
    if (node_.demo) body += element("div", "class=\"demo\"", text("demo"));
    body += element("header", "", element("h1", "", text("title", {{"city", city()}})) + looks(sought, place));
    std::string inside = element("h2", "", text("place")) + form(sought) + verdict(place) + choices(sought, place);
    inside += element("h2", "", text("in_force"));
    if (in_force_.empty()) inside += element("p", "", text("none"));
    for (const auto& w : in_force_) inside += article(w, false);
    if (!ended_.empty()) inside += element("h2", "", text("ended"));
    for (const auto& w : ended_) inside += article(w, true);
    body += element("main", "", inside);
    body +=
        element("footer", "class=\"quiet\"",
                element("p", "", text("help")) + element("p", "", text("as_of", {{"at", wording_.moment(page_.now)}})));
    const std::string head = "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">" +
                             element("title", "", text("title", {{"city", city()}})) +
                             element("style", "", node_.public_style);
    return "<!DOCTYPE html>\n" +
           element("html", "lang=\"" + std::string(name_of(look_.locale)) + "\"",
                   element("head", "", head) + element("body", look_.large ? "class=\"large\"" : "", body));
  }

 private:
  std::vector<warning::Warning> read(const std::vector<std::string>& ids) const {
    return state::replay_all<warning::Warning>(page_.sql, ids);
  }
  std::string text(const std::string& key, const Texts::Values& values = {}) const {
    return escaped(wording_.text("public." + key, values));
  }
  std::string city() const { return render::division_name(page_, page_.reference.division); }

  // The same page seen otherwise, or of another place.
  std::string link(const std::string& words, Look look, const std::string& sought, const std::string& place) const {
    std::string query = look.large ? "large=1" : "";
    const auto add = [&](const std::string& more) { query.append(query.empty() ? "" : "&amp;").append(more); };
    if (look.locale == Locale::kEnglish) add("language=en");
    if (!place.empty()) add("place=" + place);
    if (!sought.empty()) add("q=" + percent_encoded(sought));
    return element("a", "href=\"/public" + (query.empty() ? "" : "?" + query) + "\"", words);
  }
  std::string looks(const std::string& sought, const std::string& place) const {
    Look sized = look_, spoken = look_;
    sized.large = !look_.large;
    spoken.locale = look_.locale == Locale::kChinese ? Locale::kEnglish : Locale::kChinese;
    return link(text(look_.large ? "normal" : "large"), sized, sought, place) + " " +
           link(text("other_language"), spoken, sought, place);
  }

  // A form without a script: it asks for the same page with what was typed.
  std::string form(const std::string& sought) const {
    std::string hidden;
    if (look_.large) hidden += "<input type=\"hidden\" name=\"large\" value=\"1\">";
    if (look_.locale == Locale::kEnglish) hidden += "<input type=\"hidden\" name=\"language\" value=\"en\">";
    const std::string hint = text("find_hint");
    return element("form", "action=\"/public\"",
                   hidden + "<input name=\"q\" maxlength=\"40\" aria-label=\"" + hint + "\" placeholder=\"" + hint +
                       "\" value=\"" + escaped(sought) + "\">" + element("button", "", text("find")));
  }

  // The worst that any warning in force says of the place.
  std::string verdict(const std::string& code) const {
    const auto* place = page_.reference.divisions.find(code);
    if (!place) return {};
    Warned found = Warned::kNo;
    for (const auto& w : in_force_)
      found = std::max(found, warned_by(division_of_issuer(w, page_.directory, page_.reference),
                                        w.in_force()->content.area, page_.reference, *place));
    const char* key = found == Warned::kYes ? "yes" : found == Warned::kPartly ? "partly" : "no";
    std::string said = text(key, {{"place", page_.reference.divisions.path(*place)}});
    if (found == Warned::kNo) said += element("small", "", text("no_hint"));
    said +=
        element("small", "",
                element("a", "href=\"/public/warnings.atom?place=" + std::string(place->code) + "\"", text("follow")));
    return element("div", "class=\"verdict\" role=\"status\"", said);
  }

  // What was found, or the places inside the one that is looked at.
  std::string choices(const std::string& sought, const std::string& place) const {
    const auto& divisions = page_.reference.divisions;
    const std::string& home = page_.reference.division;
    std::string before;
    std::vector<const division::Division*> shown;
    if (!sought.empty() && place.empty()) {
      shown = divisions.search({sought, home, home, kMostFound});
      before = shown.empty() ? text("nothing_found", {{"text", sought}}) : text("which");
    }
    const auto* chosen = divisions.find(place);
    if (shown.empty()) shown = divisions.children(chosen && divisions.inside(place, home) ? place : home);
    if (before.empty()) before = text("choose");
    if (shown.empty()) return {};
    std::string items;
    for (const auto* d : shown)
      items += element(
          "li", "",
          link(escaped(sought.empty() ? std::string(d->name) : divisions.path(*d)), look_, {}, std::string(d->code)));
    return element("p", "class=\"quiet\"", before) + element("ul", "class=\"places\"", items);
  }

  // A warning as everybody reads it: its colour in words too, what to do in large letters.
  std::string article(const warning::Warning& w, bool over) const {
    const auto issued = w.issued();
    const warning::Version& v = *issued.back();
    const auto& c = v.content;
    const std::string colour = wording_.word("colour", name_of(c.colour));
    std::string when = text("issued", {{"issuer", page_.directory.organisations.short_name(w.organisation)},
                                       {"at", wording_.moment(v.issued_at)},
                                       {"expires", wording_.moment(c.expires)}});
    if (issued.size() > 1) when += text("updated", {{"number", std::to_string(issued.size())}});
    std::string inside;
    if (w.cancelled)
      inside += element("p", "class=\"what\"",
                        text("cancelled", {{"at", wording_.moment(w.ended_at)}, {"reason", w.cancelled->reason}}));
    else if (over)
      inside += element("p", "class=\"what\"", text("expired", {{"at", wording_.moment(w.ended_at)}}));
    inside += element("p", "", escaped(c.description));
    if (!over) inside += element("p", "class=\"what\"", text("what", {{"text", c.instruction}}));
    inside += element("p", "", text("where", {{"text", c.area.description}}));
    inside += element("p", "class=\"quiet\"", when);
    const std::string type = render::event_type_name(page_, c.type, look_.locale);
    return element("article", over ? "class=\"over\"" : "class=\"" + std::string(name_of(c.colour)) + "\"",
                   element("h3", "", text("heading", {{"colour", colour}, {"type", type}, {"headline", c.headline}})) +
                       element("div", "", inside));
  }

  Page& page_;
  const NodeDescription& node_;
  const Look look_;
  const Wording wording_;
  const std::vector<warning::Warning> in_force_, ended_;
};

// What a machine reads.
Body warnings_in_force(Page& page) {
  const auto ids = view::warnings_in_force(page.sql, page.world, page.now, kMost);
  return render::items(page, state::replay_all<warning::Warning>(page.sql, ids),
                       [&](std::string& out, const warning::Warning& w) { render::public_warning(out, page, w); });
}

}  // namespace

std::vector<Route> public_routes(const NodeDescription& node) {
  const auto answer = [&node](Page& page) -> Body {
    Asked asked(page);
    const Look look{asked.text("large") == "1", named<Locale>(asked.text("language")).value_or(Locale::kChinese)};
    const std::string sought = asked.sought("q"), place = asked.division("place");
    if (asked.fault()) return *asked.fault();
    return PublicPage(page, node, look).html(sought, place);
  };
  using namespace parameter;
  return {
      asking(open_page("/public", answer, "text/html"), {text("large"), text("language"), sought("q"), text("place")}),
      answering(page("/api/v1/public/warnings", warnings_in_force, Access::kPublic), "PublicWarning[]")};
}

}  // namespace anlan::edge
