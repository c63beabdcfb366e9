#include "notify/calls.h"

#include <algorithm>

#include "notify/words.h"
#include "view/callouts.h"

namespace anlan::notify {
namespace {

constexpr std::int64_t kMostCalls = 200;
constexpr int kCallUrgency = 0;

// The standing of its place is asked too: whoever of it has answered, the others are left in peace.
const callout::Call* wanted(const callout::Callout& c, const warning::Warning& w, std::int64_t sequence, Instant now,
                            std::int64_t& place) {
  const auto* version = w.in_force();
  if (w.over() || !version || version->number != c.opened.warning_version || version->content.expires <= now)
    return nullptr;
  const auto* call = callout::call_of_link(c, sequence, &place, now);
  return call && !c.standings[static_cast<std::size_t>(place)].answered ? call : nullptr;
}

}  // namespace

void Calls::step() {
  const Instant since = ground_.clock.now() - callout::kLinkLife;
  for (;;) {
    const auto owed = view::owed_calls(ground_.reader(), last_, since, kMostCalls);
    for (const auto& one : owed) {
      call(one.sequence, one.callout, one.world);
      last_ = one.sequence;
    }
    if (owed.size() < static_cast<std::size_t>(kMostCalls)) break;
  }
  take_back();
}

// By whatever reaches a person.
void Calls::call(std::int64_t sequence, const std::string& id, const std::string& world) {
  auto& sql = ground_.reader();
  const Instant now = ground_.clock.now();
  const auto c = state::replay<callout::Callout>(sql, id);
  const auto w = state::replay<warning::Warning>(sql, c.opened.warning);
  outbox::Outbox& outbox = outbox_of(ground_, world);
  std::int64_t number = 0;
  const auto* call = wanted(c, w, sequence, now, number);
  if (!call) return void(outbox.cancel(batch_of_call(sequence), now));
  const auto& place = c.opened.places[static_cast<std::size_t>(number)];
  const auto& callee = place.callees[static_cast<std::size_t>(call->callee)];
  const auto address = ground_.people.address(callee.contact);
  const auto where =
      address ? destinations(ground_, {{}, address->phone, address->mail, {}}, {"sms", "mail"}, outbox.world())
              : std::vector<outbox::Destination>();
  if (where.empty()) return;
  const Words words(ground_.texts, *ground_.directory(), w, outbox.world());
  const outbox::Batch batch{
      batch_of_call(sequence), kCallUrgency, std::min(call->at + callout::kLinkLife, w.in_force()->content.expires),
      true, words.call(ground_.place_name(place.division), callee.role, c.opened, ground_.link(sequence))};
  const auto filling = outbox.open(batch, now);
  const std::vector<outbox::Addressed> one{{"contact/" + std::to_string(callee.contact), where}};
  if (!filling.complete) outbox.fill(filling.batch, filling.cursor, one, "end", true, now);
  Open& open = open_[id];
  open.warning = c.opened.warning;
  open.world = world;
  open.calls.insert(sequence);
}

// The streams are read again only where they have grown: a callout of a county is long, and this is asked every second.
void Calls::take_back() {
  auto& sql = ground_.reader();
  const auto head = journal::head(sql);
  if (head == head_) return;
  const Instant now = ground_.clock.now();
  for (auto& [id, open] : open_) {
    const Read read = read_of(id, open);
    if (read == open.read) continue;
    const auto c = state::replay<callout::Callout>(sql, id);
    const auto w = state::replay<warning::Warning>(sql, open.warning);
    std::erase_if(open.calls, [&](std::int64_t sequence) {
      std::int64_t place = 0;
      if (wanted(c, w, sequence, now, place)) return false;
      outbox_of(ground_, open.world).cancel(batch_of_call(sequence), now);
      return true;
    });
    open.read = read;
  }
  std::erase_if(open_, [](const auto& one) { return one.second.calls.empty(); });
  head_ = head;
}

// Asked before the streams are replayed, so that what comes meanwhile is seen the next time.
Calls::Read Calls::read_of(const std::string& callout, const Open& open) const {
  const auto version = [this](const std::string& stream, std::int64_t known) {
    const auto more = journal::read_stream(ground_.reader(), stream, known);
    return more.empty() ? known : more.back().version;
  };
  return {version("callout/" + callout, open.read.callout), version("warning/" + open.warning, open.read.warning)};
}

}  // namespace anlan::notify
