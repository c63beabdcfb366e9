// Messages of warnings for machines: CAP 1.2, the form of the national system, and an Atom feed of them.

#include "codec/alert12379/reading.h"
#include "codec/cap/writing.h"
#include "edge/http/asked.h"
#include "edge/http/html.h"
#include "edge/http/parameters.h"
#include "edge/http/public_page.h"
#include "edge/http/warned_place.h"
#include "edge/http/warning_message.h"
#include "view/warnings.h"

namespace anlan::edge {
namespace {

constexpr std::int64_t kMost = 100;
constexpr std::chrono::hours kInFeed{24 * 7};

struct Sent {
  warning::Warning warning;
  WarningMessage message;
};

// With the warning that sent it; unknown where nobody did, or in another world.
Outcome<Sent> sent(const Page& page, const std::string& identifier) {
  const std::string id = view::warning_of_message(page.sql, identifier);
  std::string world;
  auto w = state::replay<warning::Warning>(page.sql, id, &world);
  if (!id.empty() && world == page.world)
    for (auto& message : messages_of(page, w))
      if (message.identifier == identifier) return Sent{std::move(w), std::move(message)};
  return refuse(RefusalKind::kNotFound, "warning.unknown");
}

// What cannot be said in the form is not said: an area without words, perhaps, which a signature refuses.
template <class Error>
Body written(Result<std::string, std::vector<Error>> text) {
  if (!text.ok())
    return refuse(RefusalKind::kNotFound, "warning.no_message", {},
                  {{"reason", text.error().front().code + " " + text.error().front().element}});
  return std::move(*text);
}

Body cap_of(Page& page, const MessageSigner& signer) {
  const auto found = sent(page, page.arguments.at(0));
  if (!found.ok()) return found.error();
  auto text = written(cap::write(found->message.cap));
  if (!text.ok()) return text;
  auto signed_text = signer(*text);
  if (!signed_text.ok()) return refuse(RefusalKind::kBusy, "node.failed");
  return std::move(*signed_text);
}

Body form_of(Page& page) {
  auto found = sent(page, page.arguments.at(0));
  if (!found.ok()) return found.error();
  auto& [w, message] = *found;
  const auto& area = w.versions.at(static_cast<std::size_t>(message.version - 1)).content.area;
  if (area.divisions.empty()) name_towns(page, w, area, message.form.info.front().area.front());
  return written(alert12379::write(message.form));
}

// RFC 4287. Each message is an entry of its own, under its identifier for good.
std::string entry_of(const WarningMessage& message) {
  const cap::Info& info = message.cap.info.front();
  const std::string moment = cap::date_time(message.sent);
  return element("entry", "",
                 element("id", "", "urn:anlan:" + escaped(message.identifier)) +
                     element("title", "", escaped(info.headline.value_or(""))) + element("updated", "", moment) +
                     element("published", "", moment) +
                     element("author", "", element("name", "", escaped(info.sender_name.value_or("")))) +
                     element("summary", "", escaped(info.description.value_or(""))) +
                     "<link rel=\"alternate\" type=\"application/cap+xml\" href=\"/public/cap/" +
                     escaped(message.identifier) + "\"/>");
}

// Of a place: what warns any part of it, as long as it is what the warning says of itself.
Body feed(Page& page) {
  Asked asked(page);
  const std::string code = asked.division("place");
  if (asked.fault()) return *asked.fault();
  const auto* place = page.reference.divisions.find(code);
  auto ids = view::warnings_in_force(page.sql, page.world, page.now, kMost);
  std::ranges::move(view::warnings_ended(page.sql, page.world, page.now - kInFeed, kMost), std::back_inserter(ids));
  std::vector<WarningMessage> messages;
  for (const auto& w : state::replay_all<warning::Warning>(page.sql, ids)) {
    const std::string_view issuer = division_of_issuer(w, page.directory, page.reference);
    for (auto& message : messages_of(page, w)) {
      const auto& area = w.versions.at(static_cast<std::size_t>(message.version - 1)).content.area;
      if (!place || warned_by(issuer, area, page.reference, *place) != Warned::kNo)
        messages.push_back(std::move(message));
    }
  }
  std::ranges::stable_sort(messages, std::ranges::greater(), &WarningMessage::sent);
  std::string entries;
  for (const WarningMessage& message : messages) entries += entry_of(message);
  const std::string whose = place ? "/" + code : "", asking = place ? "?place=" + code : "";
  const std::string title = page.texts.get(Locale::kChinese, "public.feed");
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
         element(
             "feed", "xmlns=\"http://www.w3.org/2005/Atom\"",
             element("id", "", "urn:anlan:warnings:" + escaped(page.reference.node + whose)) +
                 element("title", "", escaped(place ? title + " " + page.reference.divisions.path(*place) : title)) +
                 element("updated", "", cap::date_time(messages.empty() ? page.now : messages.front().sent)) +
                 "<link rel=\"self\" href=\"/public/warnings.atom" + asking + "\"/>" + entries);
}

}  // namespace

std::vector<Route> message_routes(MessageSigner signer) {
  const auto cap = [signer = std::move(signer)](Page& page) { return cap_of(page, signer); };
  return {open_page("/public/cap/{identifier}", cap, "application/cap+xml"),
          open_page("/public/12379/{identifier}", form_of, "application/xml"),
          asking(open_page("/public/warnings.atom", feed, "application/atom+xml"), {parameter::text("place")})};
}

}  // namespace anlan::edge
