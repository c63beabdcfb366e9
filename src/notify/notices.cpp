#include "notify/notices.h"

#include <algorithm>

#include "notify/words.h"
#include "outbox/reading.h"
#include "view/warnings.h"

namespace anlan::notify {
namespace {

constexpr std::chrono::hours kToldOfEnd{24};

// Red before blue, and behind calls.
int urgency_of(warning::Colour colour) {
  return 1 + static_cast<int>(warning::Colour::kRed) - static_cast<int>(colour);
}

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

// Whether people were told another version of it before.
bool follows_another(const warning::Warning& w, const warning::Version& v) {
  return std::ranges::any_of(w.issued(), [&](const auto* older) { return older->number < v.number; });
}

}  // namespace

void Notices::step() {
  calls_.step();
  const Instant now = ground_.clock.now();
  for (const auto& [id, world] : view::warnings_to_tell(ground_.reader(), now - kToldOfEnd, now)) tell(id, world);
}

// The first of the wordings is for all channels that have none of their own.
std::vector<outbox::Batch::Wording> Notices::would_say(const warning::Warning& w, const warning::Version& v,
                                                       outbox::World world) const {
  const Words words(ground_.texts, *ground_.directory(), w, world);
  const auto wordings = words.issued(v, follows_another(w, v), ground_.ways);
  std::vector<outbox::Batch::Wording> said;
  for (const Way& way : ground_.ways) {
    if (way.world != world || !has(v.content.channels, way.kind)) continue;
    if (way.reach == Reach::kStanding && !concerns(way, {&v})) continue;
    const auto own = std::ranges::find(wordings, way.name, &outbox::Batch::Wording::channel);
    said.push_back({way.name, (own == wordings.end() ? wordings.front() : *own).text});
  }
  return said;
}

// What an older version has still to say is not said any more.
void Notices::tell(const std::string& id, const std::string& world) {
  const auto w = state::replay<warning::Warning>(ground_.reader(), id);
  const auto issued = w.issued();
  if (issued.empty()) return;
  outbox::Outbox& outbox = outbox_of(ground_, world);
  if (w.over()) return tell_end(w, outbox);
  const warning::Version& v = *issued.back();
  const std::string batch = batch_of_issue(id, v.number);
  if (!done_.contains(batch)) {
    for (const auto* older : issued) {
      if (older == &v) continue;
      outbox.cancel(batch_of_issue(id, older->number), ground_.clock.now());
      outbox.cancel(batch_of_leaving(id, older->number), ground_.clock.now());
    }
    const Words words(ground_.texts, *ground_.directory(), w, outbox.world());
    fill(outbox,
         {batch, urgency_of(v.content.colour), v.content.expires, true,
          words.issued(v, follows_another(w, v), ground_.ways)},
         w, [&] { return concerned(w, {&v}, outbox.world()); });
  }
  if (issued.size() > 1 && done_.contains(batch)) tell_leaving(w, outbox);
}

// Who holds for true what an older version said learns that it is so no more, once.
void Notices::tell_leaving(const warning::Warning& w, outbox::Outbox& outbox) {
  const auto issued = w.issued();
  const warning::Version& v = *issued.back();
  const std::string batch = batch_of_leaving(w.id, v.number);
  if (done_.contains(batch)) return;
  const Words words(ground_.texts, *ground_.directory(), w, outbox.world());
  fill(outbox, {batch, urgency_of(v.content.colour), v.content.expires, true, words.left(ground_.ways)}, w,
       [&] { return leaving(w, issued, outbox.world()); });
}

// Who was told of any version learns that it is over, but where its time had simply come.
void Notices::tell_end(const warning::Warning& w, outbox::Outbox& outbox) {
  const std::string batch = batch_of_end(w.id);
  if (done_.contains(batch)) return;
  const Instant now = ground_.clock.now();
  const auto issued = w.issued();
  for (const auto* v : issued) {
    outbox.cancel(batch_of_issue(w.id, v->number), now);
    outbox.cancel(batch_of_leaving(w.id, v->number), now);
  }
  if (!w.cancelled) return void(done_.insert(batch));
  const Words words(ground_.texts, *ground_.directory(), w, outbox.world());
  fill(outbox,
       {batch, urgency_of(issued.back()->content.colour), w.ended_at + kToldOfEnd, true, words.ended(ground_.ways)}, w,
       [&] { return all_told(w, issued, outbox.world()); });
}

// By today's book.
Notices::Audience Notices::concerned(const warning::Warning& w, const Versions& versions, outbox::World world) const {
  Audience audience;
  audience.kinds = kinds_of(versions);
  for (const Way& way : ground_.ways)
    if (way.reach == Reach::kStanding && way.world == world && has(audience.kinds, way.kind) && concerns(way, versions))
      audience.told.channels.insert(way.name);
  for (const auto* v : versions) {
    Told more;
    for (const std::int64_t id : ground_.people.concerned(v->content, w.organisation)) more.contacts.push_back({id, 0});
    add(audience.told, more);
  }
  return audience;
}

// Of the batches of older versions, without who was told already that he had left. Nobody is told so whom the new
// version concerns, also where it goes by fewer channels, or where the book knows him under another number by now: he
// would believe himself safe.
Notices::Audience Notices::leaving(const warning::Warning& w, const Versions& issued, outbox::World world) const {
  const warning::Version& v = *issued.back();
  Audience audience;
  audience.kinds = kinds_of(issued);
  audience.outbox = ground_.reading(world);
  sql::Connection& sql = *audience.outbox;
  for (const auto* older : issued) {
    if (older == &v) continue;
    add(audience.told, told_by(sql, batch_of_issue(w.id, older->number)));
    take_away(audience.told, told_by(sql, batch_of_leaving(w.id, older->number)));
  }
  take_away(audience.told, told_by(sql, batch_of_issue(w.id, v.number)));
  take_away(audience.told, concerned(w, {&v}, world).told);
  audience.spared.emplace(sql, batch_of_issue(w.id, v.number));
  std::erase_if(audience.told.channels, [&](const std::string& name) {
    const Way* way = way_of(name, world);
    return !way || concerns(*way, {&v});
  });
  return audience;
}

// Today's book may not have them any more, or the area of the last version.
Notices::Audience Notices::all_told(const warning::Warning& w, const Versions& issued, outbox::World world) const {
  Audience audience = concerned(w, issued, world);
  audience.outbox = ground_.reading(world);
  for (const auto* v : issued) add(audience.told, told_by(*audience.outbox, batch_of_issue(w.id, v->number)));
  return audience;
}

// The cursor: "s" once the standing receivers have theirs, then the last contact.
void Notices::fill(outbox::Outbox& outbox, const outbox::Batch& batch, const warning::Warning& w,
                   const std::function<Audience()>& whom) {
  const auto now = [this] { return ground_.clock.now(); };
  auto filling = outbox.open(batch, now());
  if (filling.complete) return void(done_.insert(batch.id));
  const Audience audience = whom();
  std::vector<outbox::Addressed> chunk;
  if (filling.cursor.empty()) {
    chunk = standing(audience, outbox.world());
    if (outbox.fill(filling.batch, "", chunk, "s", false, now()) != outbox::Outbox::Filled::kQueued) return;
    filling.cursor.push_back('s');
  }
  const auto& contacts = audience.told.contacts;
  auto next = filling.cursor == "s"
                  ? contacts.begin()
                  : std::ranges::upper_bound(contacts, std::stoll(filling.cursor), {}, &Hearer::contact);
  for (bool last = false; !last;) {
    if (has_moved_on(w)) return;
    chunk.clear();
    std::string to = filling.cursor;
    for (; next != contacts.end() && chunk.size() < outbox::kChunk; ++next) {
      to = std::to_string(next->contact);
      auto where = destinations_of(*next, audience, outbox.world());
      if (!where.empty()) chunk.push_back({recipient_of(next->contact), std::move(where)});
    }
    last = next == contacts.end();
    if (outbox.fill(filling.batch, filling.cursor, chunk, to, last, now()) != outbox::Outbox::Filled::kQueued) return;
    filling.cursor = to;
    calls_.step();
  }
  done_.insert(batch.id);
}

std::vector<outbox::Addressed> Notices::standing(const Audience& audience, outbox::World world) const {
  std::vector<outbox::Addressed> messages;
  for (const Way& way : ground_.ways)
    if (way.reach == Reach::kStanding && way.world == world && audience.told.channels.contains(way.name))
      messages.push_back({recipient_of(way), {{way.name, way.name}}});
  return messages;
}

// Who is in the book no more is told where he was told before.
std::vector<outbox::Destination> Notices::destinations_of(const Hearer& hearer, const Audience& audience,
                                                          outbox::World world) const {
  const auto address = ground_.people.address(hearer.contact);
  auto where = address ? destinations(ground_, *address, audience.kinds, world) : std::vector<outbox::Destination>();
  if (where.empty() && hearer.message != 0) {
    where = outbox::destinations(*audience.outbox, hearer.message);
    std::erase_if(where, [&](const outbox::Destination& one) { return !way_of(one.channel, world); });
  }
  if (audience.spared && audience.spared->has(where)) where.clear();
  return where;
}

const Way* Notices::way_of(const std::string& name, outbox::World world) const {
  const auto way = std::ranges::find_if(ground_.ways, [&](const Way& w) { return w.name == name && w.world == world; });
  return way == ground_.ways.end() ? nullptr : &*way;
}

// What is said to many is taken back as soon as it is wrong, not when all of it is queued.
bool Notices::has_moved_on(const warning::Warning& w) const {
  const auto now = state::replay<warning::Warning>(ground_.reader(), w.id);
  return now.state != w.state || now.issued().size() != w.issued().size();
}

bool Notices::concerns(const Way& way, const Versions& versions) const {
  if (way.divisions.empty()) return true;
  for (const auto* v : versions) {
    if (v->content.area.divisions.empty()) return true;  // drawn: nobody here can tell, so they are told
    for (const std::string& one : v->content.area.divisions)
      for (const std::string& other : way.divisions)
        if (ground_.touches(one, other)) return true;
  }
  return false;
}

}  // namespace anlan::notify
