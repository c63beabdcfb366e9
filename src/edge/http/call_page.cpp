#include "edge/http/call_page.h"

#include <algorithm>
#include <array>

#include "edge/http/asked.h"
#include "edge/http/html.h"
#include "edge/http/problem.h"
#include "edge/http/render.h"
#include "edge/http/wording.h"
#include "state/stored.h"
#include "view/callouts.h"

namespace anlan::edge {
namespace {

constexpr std::size_t kAnswerBody = 4096;
constexpr Rate kAnswerRate{20, 2};

// What is mostly done, one tap each; keys of texts.
constexpr std::array<std::string_view, 5> kActions{"informed", "moving", "moved", "patrolling", "help"};

// What a link leads to. `call` is null where it leads nowhere any more.
struct Linked {
  std::string id, world;
  callout::Callout callout;
  std::int64_t sequence = 0, place = 0;
  const callout::Call* call = nullptr;

  const callout::Place& where() const { return callout.opened.places[static_cast<std::size_t>(place)]; }
  const callout::Standing& standing() const { return callout.standings[static_cast<std::size_t>(place)]; }
};

// Also for a link that is void: the page then says so, and nothing of what it once led to.
Linked linked(sql::Connection& sql, std::int64_t sequence, Instant now) {
  Linked found;
  found.sequence = sequence;
  found.id = view::callout_of_call(sql, sequence);
  if (found.id.empty()) return found;
  found.callout = state::replay<callout::Callout>(sql, found.id, &found.world);
  found.call = callout::call_of_link(found.callout, sequence, &found.place, now);
  return found;
}

// One answer to one reader.
class CallPage {
 public:
  CallPage(const Page& page, const NodeDescription& node, std::string ticket)
      : page_(page), node_(node), wording_(page, Locale::kChinese), ticket_(std::move(ticket)) {}

  std::string html(const Linked& to, std::string_view fault) const {
    std::string body;
    if (node_.demo) body += element("div", "class=\"demo\"", escaped(wording_.text("public.demo")));
    if (!to.world.empty() && to.world != command::kReal) body += element("div", "class=\"drill\"", text("drill"));
    body += element("main", "", to.call ? inside(to, fault) : element("p", "class=\"verdict\"", text("over")));
    const std::string head = "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">" +
                             element("title", "", text("title")) + element("style", "", node_.public_style);
    return "<!DOCTYPE html>\n" +
           element("html", "lang=\"zh-CN\"", element("head", "", head) + element("body", "class=\"call\"", body));
  }

 private:
  std::string text(const std::string& key, const Texts::Values& values = {}) const {
    return escaped(wording_.text("call." + key, values));
  }

  std::string inside(const Linked& to, std::string_view fault) const {
    const auto w = state::replay<warning::Warning>(page_.sql, to.callout.opened.warning);
    const auto* v = w.in_force();
    std::string said;
    if (v) said = article(w, *v);
    const std::string& role = to.where().callees.at(static_cast<std::size_t>(to.call->callee)).role;
    said += element("p", "class=\"what\"",
                    text("you", {{"place", render::division_name(page_, to.where().division)}, {"role", role}}));
    if (const auto& answered = to.standing().answered)
      return said + element("p", "class=\"verdict\"",
                            text("answered",
                                 {{"at", wording_.moment(to.standing().answered_at)}, {"action", answered->action}}));
    if (!fault.empty()) said += element("p", "class=\"fault\" role=\"alert\"", text("fault_" + std::string(fault)));
    return said + form(to);
  }

  std::string article(const warning::Warning& w, const warning::Version& v) const {
    const auto& c = v.content;
    const Texts::Values values{{"colour", wording_.word("colour", name_of(c.colour))},
                               {"type", render::event_type_name(page_, c.type)},
                               {"headline", c.headline}};
    return element(
        "article", "class=\"" + std::string(name_of(c.colour)) + "\"",
        element("h3", "", escaped(wording_.text("public.heading", values))) +
            element(
                "div", "",
                element("p", "", escaped(c.description)) +
                    element("p", "class=\"what\"", escaped(wording_.text("public.what", {{"text", c.instruction}}))) +
                    element("p", "class=\"quiet\"",
                            text("until", {{"issuer", page_.directory.organisations.short_name(w.organisation)},
                                           {"expires", wording_.moment(c.expires)}}))));
  }

  // A tap on a button is the whole answer; words may be added before.
  std::string form(const Linked& to) const {
    std::string buttons;
    for (const std::string_view action : kActions)
      buttons += element("button", "name=\"action\" value=\"" + std::string(action) + "\"",
                         text("action." + std::string(action)));
    const std::string next =
        text("limit", {{"at", wording_.moment(to.call->at + Minutes{to.callout.opened.limit_min})}});
    const std::string hint = text("note_hint");
    return element("form", "method=\"post\" action=\"/a/" + escaped(ticket_) + "\"",
                   element("p", "", text("ask")) + buttons + "<input name=\"note\" maxlength=\"200\" aria-label=\"" +
                       hint + "\" placeholder=\"" + hint + "\">" +
                       element("button", "name=\"action\" value=\"own\" class=\"own\"", text("send"))) +
           element("p", "class=\"quiet\"", next);
  }

  const Page& page_;
  const NodeDescription& node_;
  const Wording wording_;
  const std::string ticket_;
};

// What was tapped goes into the page, so that one more tap sends it again: nothing of it was kept.
std::string hidden_answer(const http::Request& request) {
  const auto form = http::parse_query(request.body);
  std::string fields;
  for (const char* name : {"action", "note"})
    if (const auto value = form ? form->get(name) : std::nullopt)
      fields += "<input type=\"hidden\" name=\"" + std::string(name) + "\" value=\"" + escaped(*value) + "\">";
  return fields;
}

// In Chinese, as the page itself: whoever was called has a telephone in their hand and no console.
void refuse_reader(const NodeDescription& node, const Texts& texts, const http::Request& request, const Refusal&,
                   http::Response& response) {
  const auto text = [&](const char* key) { return escaped(texts.get(Locale::kChinese, std::string("call.") + key)); };
  const bool answering = request.method == http::Method::kPost;
  const std::string hidden = answering ? hidden_answer(request) : std::string();
  const std::string method = hidden.empty() ? "get" : "post";
  const std::string again = element("form", "method=\"" + method + "\" action=\"" + escaped(request.path) + "\"",
                                    hidden + element("button", "", text("again")));
  const std::string head = "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">" +
                           element("title", "", text("title")) + element("style", "", node.public_style);
  const std::string body =
      element("main", "",
              element("p", "class=\"fault\" role=\"alert\"", text(answering ? "refused_answer" : "refused")) + again);
  response.headers.set("Content-Type", "text/html; charset=utf-8");
  response.headers.set("Referrer-Policy", "same-origin");
  response.headers.set("Cache-Control", "no-store");
  response.body = "<!DOCTYPE html>\n" + element("html", "lang=\"zh-CN\"",
                                                element("head", "", head) + element("body", "class=\"call\"", body));
}

// Where the browser goes after an answer: the page itself, which shows what was kept, or what was wrong. By 303, so
// that loading it anew answers nothing again.
void back(const Call& call, std::string_view fault) {
  http::Response response{303};
  response.headers.set("Location", call.request.path + (fault.empty() ? "" : "?fault=" + std::string(fault)));
  response.headers.set("Cache-Control", "no-store");
  call.reply(std::move(response));
}

// What is kept is what was shown on the button, so that it reads alike wherever it was answered.
std::string answered_action(const Services& services, const http::Query& form) {
  const std::string action(form.get("action").value_or("")), note(form.get("note").value_or(""));
  if (std::ranges::find(kActions, action) == kActions.end()) return note;
  const std::string said = services.texts().get(Locale::kChinese, "call.action." + action);
  return note.empty() ? said : said + "：" + note;
}

// Of who holds the link: whoever it is, the node records that it was answered there.
void take(Services& services, const crypto::Tickets& tickets, Call call) {
  const auto sequence = tickets.read(call.arguments.at(0));
  const auto form = http::parse_query(call.request.body);
  if (!sequence || !form) return back(call, "");
  command::Envelope envelope;
  envelope.actor.account = "system";
  envelope.key = "link/" + std::to_string(*sequence) + "/" + std::to_string(to_ms(services.clock().now()));
  const Linked to = linked(services.reader(), *sequence, services.clock().now());
  if (!to.call) return back(call, "");
  envelope.world = to.world;
  envelope.target = to.id;
  envelope.command = command::AnswerLink{*sequence, answered_action(services, *form),
                                         named<callout::Act>(form->get("action").value_or(""))};
  auto shared = std::make_shared<Call>(std::move(call));
  services.submit(std::move(envelope), [shared](const command::Outcome& outcome) {
    if (outcome.ok()) return back(*shared, "");
    const auto& refusal = outcome.error();
    const bool again = refusal.kind == RefusalKind::kBusy;
    back(*shared, again ? "busy" : refusal.code == "text.empty" ? "empty" : "");
  });
}

}  // namespace

// The browser must say from which page the answer comes, or it would be taken for another's.
std::vector<Route> call_page_routes(const crypto::Tickets& tickets, const NodeDescription& node) {
  Route shown = open_page(
      "/a/{ticket}",
      [&tickets, &node](Page& page) -> Body {
        const std::string& ticket = page.arguments.at(0);
        const auto sequence = tickets.read(ticket);
        const Linked to = sequence ? linked(page.sql, *sequence, page.now) : Linked{};
        Asked asked(page);
        const std::string fault = asked.text("fault");
        return CallPage(page, node, ticket).html(to, fault == "busy" || fault == "empty" ? fault : std::string());
      },
      "text/html", {{"Referrer-Policy", "same-origin"}, {"X-Robots-Tag", "noindex"}});
  // A city's telephones share few addresses: who holds a link is counted by it, who guesses at links by the address.
  const auto holder = [&tickets](const Call& call) {
    const auto sequence = tickets.read(call.arguments.at(0));
    return sequence ? "link " + std::to_string(*sequence) : std::string();
  };
  const auto refused = [&node](const Texts& texts, const http::Request& request, const Refusal& refusal,
                               http::Response& response) { refuse_reader(node, texts, request, refusal, response); };
  shown.rate = kAnswerRate;
  shown.asker = holder;
  shown.refused = refused;
  Route taken{.method = http::Method::kPost,
              .path = "/a/{ticket}",
              .access = Access::kPublic,
              .body_limit = kAnswerBody,
              .rate = kAnswerRate,
              .request_schema = R"({"type":"object"})",
              .request_type = "application/x-www-form-urlencoded",
              .asker = holder,
              .refused = refused,
              .answer = "string",
              .answer_type = "text/html",
              .handle = [&tickets](Services& services, Call call) { take(services, tickets, std::move(call)); }};
  return {std::move(shown), std::move(taken)};
}

}  // namespace anlan::edge
