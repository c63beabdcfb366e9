#include "notify/notices.h"

#include <algorithm>

#include "notify/words.h"
#include "view/callouts.h"
#include "view/warnings.h"

namespace anlan::notify {
namespace {

constexpr std::chrono::hours kToldOfEnd{24};
constexpr std::int64_t kMostCalls = 200;
constexpr int kCallUrgency = 0;
constexpr std::string_view kRealWorld = "real";

// Red before blue, and behind calls.
int urgency_of(warning::Colour colour) {
  return 1 + static_cast<int>(warning::Colour::kRed) - static_cast<int>(colour);
}

bool is_plain(const std::string& address) { return address.find_first_of("\t\r\n") == std::string::npos; }

bool has(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

// The channels of all versions.
std::vector<std::string> kinds_of(const std::vector<const warning::Version*>& versions) {
  std::vector<std::string> kinds;
  for (const auto* v : versions)
    for (const std::string& kind : v->content.channels)
      if (!has(kinds, kind)) kinds.push_back(kind);
  return kinds;
}

}  // namespace

std::string batch_of_issue(const std::string& warning, std::int64_t version) {
  return "warning/" + warning + "/" + std::to_string(version);
}
std::string batch_of_end(const std::string& warning) { return "warning/" + warning + "/end"; }
std::string batch_of_call(std::int64_t sequence) { return "call/" + std::to_string(sequence); }

// One place decides it, for every message there is.
outbox::World world_of(const std::string& world) {
  return world == kRealWorld ? outbox::World::kReal : outbox::World::kDrill;
}

outbox::Outbox& Notices::outbox_of(const std::string& world) const {
  return world_of(world) == outbox::World::kReal ? ground_.real : ground_.drill;
}

void Notices::step() {
  call_all();
  const Instant now = ground_.clock.now();
  for (const auto& [id, world] : view::warnings_to_tell(ground_.reader(), now - kToldOfEnd, now)) tell(id, world);
}

// What an older version has still to say is not said any more.
void Notices::tell(const std::string& id, const std::string& world) {
  const auto w = state::replay<warning::Warning>(ground_.reader(), id);
  const auto issued = w.issued();
  if (issued.empty()) return;
  outbox::Outbox& outbox = outbox_of(world);
  if (w.over()) return tell_end(w, outbox);
  const warning::Version& v = *issued.back();
  const std::string batch = batch_of_issue(id, v.number);
  if (done_.contains(batch)) return;
  for (const auto* older : issued)
    if (older != &v) outbox.cancel(batch_of_issue(id, older->number), ground_.clock.now());
  const Words words(ground_.texts, *ground_.directory(), w);
  fill(outbox,
       {batch, urgency_of(v.content.colour), v.content.expires, true, words.issued(v, issued.size() > 1, ground_.ways)},
       w, {&v});
}

// Who was told of any version learns that it is over, but where its time had simply come.
void Notices::tell_end(const warning::Warning& w, outbox::Outbox& outbox) {
  const std::string batch = batch_of_end(w.id);
  if (done_.contains(batch)) return;
  const Instant now = ground_.clock.now();
  const auto issued = w.issued();
  for (const auto* v : issued) outbox.cancel(batch_of_issue(w.id, v->number), now);
  if (!w.cancelled) return void(done_.insert(batch));
  const Words words(ground_.texts, *ground_.directory(), w);
  fill(outbox,
       {batch, urgency_of(issued.back()->content.colour), w.ended_at + kToldOfEnd, true, words.ended(ground_.ways)}, w,
       issued);
}

// The cursor: "s" once the standing receivers have theirs, then the last contact.
void Notices::fill(outbox::Outbox& outbox, const outbox::Batch& batch, const warning::Warning& w,
                   const std::vector<const warning::Version*>& versions) {
  const auto now = [this] { return ground_.clock.now(); };
  auto filling = outbox.open(batch, now());
  if (filling.complete) return void(done_.insert(batch.id));
  const auto kinds = kinds_of(versions);
  std::vector<outbox::Addressed> chunk;
  if (filling.cursor.empty()) {
    for (const Way& way : ground_.ways)
      if (way.reach == Reach::kStanding && way.world == outbox.world() && has(kinds, way.kind) &&
          concerns(way, versions))
        chunk.push_back({"channel/" + way.name, {{way.name, way.name}}});
    if (outbox.fill(filling.batch, "", chunk, "s", false, now()) != outbox::Outbox::Filled::kQueued) return;
    filling.cursor = "s";
  }
  std::vector<std::int64_t> ids;
  for (const auto* v : versions)
    std::ranges::copy(ground_.people.concerned(v->content, w.organisation), std::back_inserter(ids));
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
  auto next = filling.cursor == "s" ? ids.begin() : std::ranges::upper_bound(ids, std::stoll(filling.cursor));
  for (bool last = false; !last;) {
    if (has_moved_on(w)) return;
    chunk.clear();
    std::string to = filling.cursor;
    for (; next != ids.end() && chunk.size() < outbox::kChunk; ++next) {
      to = std::to_string(*next);
      const auto address = ground_.people.address(*next);
      auto where = address ? destinations(*address, kinds, outbox.world()) : std::vector<outbox::Destination>();
      if (!where.empty()) chunk.push_back({"contact/" + to, std::move(where)});
    }
    last = next == ids.end();
    if (outbox.fill(filling.batch, filling.cursor, chunk, to, last, now()) != outbox::Outbox::Filled::kQueued) return;
    filling.cursor = to;
    call_all();
  }
  done_.insert(batch.id);
}

// What is said to many is taken back as soon as it is wrong, not when all of it is queued.
bool Notices::has_moved_on(const warning::Warning& w) const {
  const auto now = state::replay<warning::Warning>(ground_.reader(), w.id);
  return now.state != w.state || now.issued().size() != w.issued().size();
}

bool Notices::concerns(const Way& way, const std::vector<const warning::Version*>& versions) const {
  if (way.divisions.empty()) return true;
  for (const auto* v : versions) {
    if (v->content.area.divisions.empty()) return true;  // drawn: nobody here can tell, so they are told
    for (const std::string& one : v->content.area.divisions)
      for (const std::string& other : way.divisions)
        if (ground_.touches(one, other)) return true;
  }
  return false;
}

// One message a person: by telephone first, by mail where that fails. A device is nobody's second way.
std::vector<outbox::Destination> Notices::destinations(const contacts::Address& address,
                                                       const std::vector<std::string>& kinds,
                                                       outbox::World world) const {
  std::vector<outbox::Destination> found;
  for (const auto& [reach, where] :
       {std::pair(Reach::kDevice, &address.device), std::pair(Reach::kPhone, &address.phone),
        std::pair(Reach::kMail, &address.mail)}) {
    if (where->empty() || !is_plain(*where)) continue;
    for (const Way& way : ground_.ways)
      if (way.reach == reach && way.world == world && has(kinds, way.kind)) found.push_back({way.name, *where});
  }
  return found;
}

// From the last that was looked at; after a start, from those whose links are still good.
void Notices::call_all() {
  const Instant since = ground_.clock.now() - callout::kLinkLife;
  for (;;) {
    const auto owed = view::owed_calls(ground_.reader(), last_call_, since, kMostCalls);
    for (const auto& one : owed) {
      call(one.sequence, one.callout, one.world);
      last_call_ = one.sequence;
    }
    if (owed.size() < static_cast<std::size_t>(kMostCalls)) return;
  }
}

// By whatever reaches a person; one who has answered, or need not any more, is left in peace.
void Notices::call(std::int64_t sequence, const std::string& id, const std::string& world) {
  auto& sql = ground_.reader();
  const auto c = state::replay<callout::Callout>(sql, id);
  std::int64_t number = 0;
  const auto* call = callout::call_of_link(c, sequence, &number, ground_.clock.now());
  if (!call || c.standings[static_cast<std::size_t>(number)].answered) return;
  const auto& place = c.opened.places[static_cast<std::size_t>(number)];
  const auto& callee = place.callees[static_cast<std::size_t>(call->callee)];
  const auto address = ground_.people.address(callee.contact);
  outbox::Outbox& outbox = outbox_of(world);
  const auto where = address ? destinations({{}, address->phone, address->mail, {}}, {"sms", "mail"}, outbox.world())
                             : std::vector<outbox::Destination>();
  if (where.empty()) return;
  const auto w = state::replay<warning::Warning>(sql, c.opened.warning);
  if (w.issued().empty()) return;
  const Words words(ground_.texts, *ground_.directory(), w);
  const outbox::Batch batch{
      batch_of_call(sequence), kCallUrgency, call->at + callout::kLinkLife, true,
      words.call(ground_.place_name(place.division), callee.role, c.opened, ground_.link(sequence))};
  const auto filling = outbox.open(batch, ground_.clock.now());
  if (filling.complete) return;
  const std::vector<outbox::Addressed> one{{"contact/" + std::to_string(callee.contact), where}};
  outbox.fill(filling.batch, filling.cursor, one, "end", true, ground_.clock.now());
}

}  // namespace anlan::notify
