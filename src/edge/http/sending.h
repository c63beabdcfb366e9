#pragma once
// What of sending desks and the city's technicians may see and do.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "edge/http/route.h"
#include "outbox/gateway.h"
#include "outbox/outbox.h"
#include "state/stored.h"

namespace anlan::edge {

// A channel of the site. `health`: absent where another process serves it.
struct ChannelStanding {
  std::string name, kind, protocol;
  outbox::World world = outbox::World::kReal;
  std::optional<outbox::Health> health;
};

// What people would read of a warning, by all channels of one kind that say the same.
struct ChannelText {
  std::string kind;                   // as a warning names it
  std::vector<std::string> channels;  // their names
  std::string subject;                // empty where the kind has none
  std::string text;                   // as it arrives, cut where the channel cuts it
  std::optional<std::int64_t> parts;  // short messages that it takes; nothing of other kinds
  bool operator==(const ChannelText&) const = default;
};

// Whose outbox has what belongs to a world of the journal.
outbox::World world_of(const std::string& world);

// Thread safe. sql::Error: as the outbox.
class Sending {
 public:
  virtual ~Sending() = default;
  virtual std::vector<ChannelStanding> standings() = 0;
  // A connection of the caller's own, for outbox/reading.h.
  virtual std::unique_ptr<sql::Connection> reading(outbox::World) = 0;
  // What the batch of a version of a warning is called, without one that of its cancellation.
  virtual std::string batch_of(const std::string& warning, std::optional<std::int64_t> version) const = 0;
  // What a version of a warning would say if it were issued now, by the channels it names that lead somewhere; it need
  // not be in the journal. In the order of the configuration.
  virtual std::vector<ChannelText> texts(const warning::Warning&, const warning::Version&, outbox::World) const = 0;
  // Puts one message into that channel's queue, before all others. False where there is no such channel.
  virtual bool test(const std::string& channel, const std::string& address, const std::string& text) = 0;
  // Gives what failed, or what nobody knows of, to its channel again; how many that were.
  virtual std::size_t resend(outbox::World, const std::vector<std::int64_t>& messages) = 0;
};

// Outlives the routes. Channels and their health, what became of a warning's messages, what failed.
std::vector<Route> sending_routes(Sending&);

}  // namespace anlan::edge
