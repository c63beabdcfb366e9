#pragma once
// What goes out of a node: its outboxes, the gateways that serve their channels, and who fills them.

#include <map>
#include <memory>
#include <mutex>

#include "edge/http/sending.h"
#include "main/channel_settings.h"
#include "notify/tallies.h"

namespace anlan {

// What it stands on; all outlive it.
struct SendingGround {
  std::string where;  // of the store, as sql::open has it
  const Clock& clock;
  std::function<void(std::string_view)> log;
  outbox::Failed failed;
};

class Sending final : public edge::Sending {
 public:
  // Opens both outboxes. Throws sql::Error.
  Sending(SendingGround, std::vector<ChannelSettings>);

  // Begins to serve the channels where that is this process's work (`mine`), ends it where it is not any more, and puts
  // what is owed into the outbox. About once a second, on one thread. Throws nothing: a store that is away is tried
  // again.
  void step(bool mine);
  // Before the first step, and before anybody asks for texts. `notices` fills these outboxes; `journal` is read for
  // tallies, each of which is noted.
  struct Filling {
    std::unique_ptr<notify::Notices> notices;
    std::function<sql::Connection&()> journal;
    std::function<void(const notify::Tally&)> note;
  };
  void fill_by(Filling filling) { filling_ = std::move(filling); }
  std::vector<notify::Way> ways() const;
  outbox::Outbox& outbox(outbox::World world) { return world == outbox::World::kReal ? real_ : drill_; }

  std::vector<edge::ChannelStanding> standings() override;
  std::unique_ptr<sql::Connection> reading(outbox::World) override;
  std::string batch_of(const std::string& warning, std::optional<std::int64_t> version) const override;
  std::vector<edge::ChannelText> texts(const warning::Warning&, const warning::Version&, outbox::World) const override;
  bool test(const std::string& channel, const std::string& address, const std::string& text) override;
  std::size_t resend(outbox::World, const std::vector<std::int64_t>& messages) override;

 private:
  void serve_all();
  void count();
  void purge();

  const SendingGround ground_;
  const std::vector<ChannelSettings> channels_;
  outbox::Outbox real_, drill_;
  Filling filling_;
  notify::Tallies tallies_;
  Instant counted_{};
  std::mutex mutex_;                                                  // of gateways_
  std::map<std::string, std::unique_ptr<outbox::Gateway>> gateways_;  // of the channels, while they are served here
  std::string last_failure_;
  Instant purged_{};
};

}  // namespace anlan
