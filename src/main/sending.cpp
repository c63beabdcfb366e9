#include "main/sending.h"

#include <algorithm>

#include "main/arriving.h"

namespace anlan {
namespace {

constexpr std::chrono::hours kKept{24 * 90}, kBetweenPurges{1}, kTestLife{1};
constexpr std::chrono::seconds kBetweenCounts{5};

const std::string& name_of_channel(const ChannelSettings& channel) { return channel.way.name; }

}  // namespace

Sending::Sending(SendingGround ground, std::vector<ChannelSettings> channels)
    : ground_(std::move(ground)),
      channels_(std::move(channels)),
      real_(ground_.where, outbox::World::kReal),
      drill_(ground_.where, outbox::World::kDrill),
      tallies_(ways(), [this](outbox::World world) { return reading(world); }) {}

std::vector<notify::Way> Sending::ways() const {
  std::vector<notify::Way> ways;
  for (const ChannelSettings& channel : channels_) ways.push_back(channel.way);
  return ways;
}

// The gateways of a process that has lost the work end at once: two that serve one channel would send twice.
void Sending::step(bool mine) {
  if (!mine) {
    const std::lock_guard lock(mutex_);
    return gateways_.clear();
  }
  serve_all();
  try {
    filling_.notices->step();
    count();
    purge();
    last_failure_.clear();
  } catch (const sql::Error& e) {
    if (last_failure_ != e.what()) ground_.log(std::string("sending: ") + e.what());
    last_failure_ = e.what();
  }
}

// All at once: what a site configures is known at the start, and another line needs a start anew.
void Sending::serve_all() {
  const std::lock_guard lock(mutex_);
  if (!gateways_.empty()) return;
  for (const ChannelSettings& channel : channels_)
    gateways_[channel.way.name] = serve(channel, outbox(channel.way.world), ground_.clock, ground_.failed);
}

// Sums go into the journal now and then, not with each message.
void Sending::count() {
  const Instant now = ground_.clock.now();
  if (now >= counted_ && now < counted_ + kBetweenCounts) return;
  counted_ = now;
  for (const notify::Tally& tally : tallies_.changed(filling_.journal(), now)) filling_.note(tally);
}

// A chunk at a time, so that nothing waits behind it.
void Sending::purge() {
  const Instant now = ground_.clock.now();
  if (now < purged_ + kBetweenPurges) return;
  const bool more = real_.purge(now - kKept) | drill_.purge(now - kKept);
  if (!more) purged_ = now;
}

// In the order of the configuration, those of drills last.
std::vector<edge::ChannelStanding> Sending::standings() {
  const std::lock_guard lock(mutex_);
  std::vector<edge::ChannelStanding> standings;
  for (const ChannelSettings& channel : channels_) {
    const auto gateway = gateways_.find(channel.way.name);
    standings.push_back({channel.way.name, channel.way.kind, channel.protocol, channel.way.world,
                         gateway == gateways_.end() ? std::nullopt : std::optional(gateway->second->health())});
  }
  return standings;
}

std::unique_ptr<sql::Connection> Sending::reading(outbox::World world) {
  return outbox::open_reading(ground_.where, world);
}

std::string Sending::batch_of(const std::string& warning, std::optional<std::int64_t> version) const {
  return version ? notify::batch_of_issue(warning, *version) : notify::batch_of_end(warning);
}

std::vector<edge::ChannelText> Sending::texts(const warning::Warning& w, const warning::Version& v,
                                              outbox::World world) const {
  std::vector<edge::ChannelText> texts;
  for (const auto& said : filling_.notices->would_say(w, v, world)) {
    const auto& channel = *std::ranges::find(channels_, said.channel, name_of_channel);
    auto [subject, text, parts] = arriving(channel, said.text);
    edge::ChannelText one{channel.way.kind, {}, std::move(subject), std::move(text), parts};
    auto same = std::ranges::find_if(texts, [&](const edge::ChannelText& other) {
      return std::tie(one.kind, one.subject, one.text, one.parts) ==
             std::tie(other.kind, other.subject, other.text, other.parts);
    });
    if (same == texts.end()) same = texts.insert(same, std::move(one));
    same->channels.push_back(said.channel);
  }
  return texts;
}

// Under a name of its own each time: the same test twice is wanted twice. It expires soon, so that a line that comes
// back after a day brings no test of yesterday.
bool Sending::test(const std::string& channel, const std::string& address, const std::string& text) {
  const auto found = std::ranges::find(channels_, channel, name_of_channel);
  if (found == channels_.end()) return false;
  outbox::Outbox& to = outbox(found->way.world);
  const Instant now = ground_.clock.now();
  const outbox::Batch batch{
      "test/" + channel + "/" + std::to_string(to_ms(now)), 0, now + kTestLife, false, {{"", text}}};
  const auto filling = to.open(batch, now);
  const std::vector<outbox::Addressed> one{{"test", {{channel, address.empty() ? channel : address}}}};
  to.fill(filling.batch, filling.cursor, one, "end", true, now);
  return true;
}

// The outbox passes over what is not failed or uncertain any more.
std::size_t Sending::resend(outbox::World world, const std::vector<std::int64_t>& messages) {
  return outbox(world).resend(messages, ground_.clock.now());
}

}  // namespace anlan
