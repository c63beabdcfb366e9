#include "edge/http/feed.h"

#include "codec/fact.h"
#include "domain/account/facts.h"
#include "edge/http/asked.h"
#include "edge/http/problem.h"
#include "view/audience.h"

namespace anlan::edge {
namespace {

constexpr std::int64_t kPage = 200;

// Consoles of an organisation in a world see the same, so a frame is made once for all of them.
std::string channel(const std::string& organisation, const std::string& world) { return organisation + "|" + world; }

// Streams of candidates, alerts, warnings and shifts have an id of their own; all others begin with the incident's.
bool tells_of_incident(std::string_view stream) {
  return !stream.starts_with("candidate/") && !stream.starts_with("alert/") && !stream.starts_with("warning/") &&
         !stream.starts_with("duty/");
}

// Where a console wants to go on: the header of a reconnect, else the query, else from now on. Beginning anywhere else
// than where it was asked for would lose facts in silence.
Outcome<journal::Position> starting_point(const http::Request& request, journal::Position now) {
  const auto header = request.headers.get("Last-Event-ID");
  const auto asked = header ? header : request.query.get("after");
  if (!asked || asked->empty()) return now;
  const auto position = position_of(*asked);
  if (!position) return refuse(RefusalKind::kMalformed, "position.malformed", header ? "Last-Event-ID" : "after");
  return *position;
}

// So that a console knows the node's clock before the first fact.
std::string moment(journal::Position position, Instant now) {
  std::string data;
  json::Object object(data);
  object.member("position", position);
  object.member("at", now);
  return data;
}

// Of another node, the node's: an account of the same name here is somebody else's.
std::string name_of_actor(Services& services, const journal::Fact& fact) {
  const auto directory = services.directory();
  if (fact.node == services.reference().node) return directory->name_of(fact.actor);
  const auto* node = directory->nodes.find(fact.node);
  return node ? node->name : fact.node;
}

}  // namespace

std::string Feed::event_of(const journal::Fact& fact) const {
  std::string data;
  {
    json::Object object(data);
    object.member("position", fact.position);
    object.member("type", fact.type);
    object.member("stream", fact.stream);
    object.member("version", fact.version);
    object.nullable("incident",
                    tells_of_incident(fact.stream) ? std::optional(view::incident_of(fact.stream)) : std::nullopt);
    object.member("world", fact.world);
    object.member("occurred_at", fact.occurred_at);
    object.member("recorded_at", fact.recorded_at);
    object.member("actor", fact.actor);
    object.member("actor_name", name_of_actor(services_, fact));
    object.raw("body", fact.body);
  }
  return data;
}

// Another process of a shared store may be a moment ahead; a position that does not come is none of this journal, and a
// feed that waited for it would be silent while facts go by.
void Feed::open(Call call) {
  const auto after = starting_point(call.request, published());
  if (!after.ok()) return answer_refusal(services_, call, after.error());
  if (*after <= services_.position()) return begin(call, *after);
  auto waiting = std::make_shared<Call>(std::move(call));
  services_.when_reached(*after, [this, waiting, after = *after](bool reached) {
    if (reached && services_.workers().post([this, waiting, after] { begin(*waiting, after); })) return;
    answer_refusal(
        services_, *waiting,
        reached ? refuse(RefusalKind::kBusy, "node.busy")
                : refuse(RefusalKind::kMalformed, "position.future", "after",
                         {{"after", std::to_string(after)}, {"position", std::to_string(services_.position())}}));
  });
}

void Feed::begin(const Call& call, journal::Position from) {
  auto stream = call.reply.stream({{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}});
  if (!call.viewer.session.empty()) {
    const std::lock_guard lock(streams_mutex_);
    streams_.emplace(call.viewer.session, stream);
  }
  stream->send(http::event_frame({}, "hello", moment(published(), services_.clock().now())));
  const bool taken = services_.workers().post([this, stream, viewer = call.viewer, world = call.world, from] {
    try {
      catch_up(stream, viewer, world, from);
    } catch (...) {
      stream->close();  // it would be open and silent while facts go by
      throw;
    }
  });
  if (!taken) stream->close();  // the console comes back by itself
}

journal::Position Feed::published() {
  const std::lock_guard lock(mutex_);
  return published_;
}

// Page by page without the lock; with it only to see that nothing is missing and to join. A busy node cannot starve
// it: each page is read faster than it is written.
void Feed::catch_up(const std::shared_ptr<http::EventStream>& stream, const Viewer& viewer, const std::string& world,
                    journal::Position after) {
  const std::string& organisation = scope_of(viewer.actor);
  while (stream->is_open()) {
    journal::Position upto;
    {
      const std::lock_guard lock(mutex_);
      upto = published_;
      if (after >= upto) return stream->subscribe({channel(organisation, world)});
    }
    const auto facts = view::visible_after(services_.reader(), organisation, world, after, upto, kPage);
    for (const auto& fact : facts)
      stream->send(http::event_frame(std::to_string(fact.position), "fact", event_of(fact)));
    after = static_cast<std::int64_t>(facts.size()) == kPage ? facts.back().position : upto;
  }
}

void Feed::publish(sql::Connection& sql, std::span<const journal::Fact> facts) {
  if (facts.empty()) return;
  const auto audience = view::audience_between(sql, facts.front().position, facts.back().position);
  {
    const std::lock_guard lock(mutex_);
    for (const auto& fact : facts) {
      std::vector<std::string> channels;
      for (auto [see, end] = audience.equal_range(fact.position); see != end; ++see)
        channels.push_back(channel(see->second, fact.world));
      if (!channels.empty())
        server_->publish(http::event_frame(std::to_string(fact.position), "fact", event_of(fact)), std::move(channels));
    }
    published_ = facts.back().position;
  }
  end_sessions(facts);
}

void Feed::end_sessions(std::span<const journal::Fact> facts) {
  for (const auto& fact : facts) {
    if (fact.type != account::SignedOut::kType) continue;
    const auto ended = std::get<account::SignedOut>(codec::decode<account::Fact>(fact.type, fact.body));
    const std::lock_guard lock(streams_mutex_);
    const auto [from, to] = streams_.equal_range(ended.session);
    for (auto it = from; it != to; ++it)
      if (const auto stream = it->second.lock()) {
        stream->send(http::event_frame({}, "signed_out", "{}"));
        stream->close();
      }
    streams_.erase(from, to);
  }
}

}  // namespace anlan::edge
