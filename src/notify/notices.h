#pragma once
// From what the journal says to messages in the outbox: warnings to whom they concern, calls to whom they name.
//
// Nothing is remembered but what the outbox keeps: a batch bears the name of what it is about, so what was interrupted
// goes on and what was done is not done again. Messages of a drill go into the drill's outbox, which no gateway of the
// real world reads, and every text of theirs says that it is a drill.

#include "notify/calls.h"
#include "notify/told.h"

namespace anlan::notify {

// One process of a store does it. step() belongs to one thread.
class Notices {
 public:
  explicit Notices(Ground ground) : ground_(std::move(ground)), calls_(ground_) {}
  Notices(const Notices&) = delete;
  Notices& operator=(const Notices&) = delete;

  // Puts into the outbox what the journal says and is not there; about once a second, and after commits. Calls come
  // before all, and between chunks of what goes to many. Throws sql::Error.
  void step();

  // What a version says by each channel of the site that it goes by, as step() would have it said if it were issued
  // now; it need not be in the journal. Thread safe.
  std::vector<outbox::Batch::Wording> would_say(const warning::Warning&, const warning::Version&, outbox::World) const;

 private:
  using Versions = std::vector<const warning::Version*>;
  // Who is to be told by a batch, and by which kinds of channels. `outbox`: where it reads by which messages they were
  // told before, null where nobody was; `spared`: who has an address of those is not told.
  struct Audience {
    Told told;
    std::vector<std::string> kinds;
    std::unique_ptr<sql::Connection> outbox = {};
    std::optional<Addresses> spared = {};
  };

  void tell(const std::string& warning, const std::string& world);
  void tell_leaving(const warning::Warning&, outbox::Outbox&);
  void tell_end(const warning::Warning&, outbox::Outbox&);
  Audience concerned(const warning::Warning&, const Versions&, outbox::World) const;
  Audience leaving(const warning::Warning&, const Versions&, outbox::World) const;
  Audience all_told(const warning::Warning&, const Versions&, outbox::World) const;
  void fill(outbox::Outbox&, const outbox::Batch&, const warning::Warning&, const std::function<Audience()>&);
  std::vector<outbox::Addressed> standing(const Audience&, outbox::World) const;
  std::vector<outbox::Destination> destinations_of(const Hearer&, const Audience&, outbox::World) const;
  // Null where the site has it no more.
  const Way* way_of(const std::string& name, outbox::World) const;
  bool has_moved_on(const warning::Warning&) const;
  bool concerns(const Way&, const Versions&) const;

  const Ground ground_;
  Calls calls_;
  std::set<std::string> done_;  // batches that are complete, or whose warning is
};

}  // namespace anlan::notify
