#pragma once
// From what the journal says to messages in the outbox: warnings to whom they concern, calls to whom they name.
//
// Nothing is remembered but what the outbox keeps: a batch bears the name of what it is about, so what was interrupted
// goes on and what was done is not done again. Messages of a drill go into the drill's outbox, which no gateway of the
// real world reads.

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/texts.h"
#include "contacts/contact.h"
#include "outbox/outbox.h"
#include "state/directory.h"
#include "state/stored.h"

namespace anlan::notify {

// Addresses that a channel can reach.
enum class Reach {
  kPhone,
  kMail,
  kDevice,    // loudspeakers and screens
  kStanding,  // one that is named by the configuration: a group of people at work, another system
};

// A channel of the site as sending needs it.
struct Way {
  std::string name;  // in the outbox
  std::string kind;  // one of warning::kChannels
  Reach reach = Reach::kPhone;
  outbox::World world = outbox::World::kReal;
  // Of standing receivers: whose warnings they get, as codes; empty: all.
  std::vector<std::string> divisions;
};

// The contacts of the node. Asked on the thread of step().
class People {
 public:
  virtual ~People() = default;
  // Ids in rising order of those whom the warning concerns and whom this node tells.
  virtual std::vector<std::int64_t> concerned(const warning::Content&, const std::string& issuer) = 0;
  virtual std::optional<contacts::Address> address(std::int64_t contact) = 0;
};

// All outlive the notices.
struct Ground {
  std::function<sql::Connection&()> reader;  // of the calling thread
  std::function<std::shared_ptr<const state::Directory>()> directory;
  const Texts& texts;
  const Clock& clock;
  outbox::Outbox& real;
  outbox::Outbox& drill;
  People& people;
  std::vector<Way> ways;
  // Whether two areas of divisions have something in common; the name of one.
  std::function<bool(const std::string& division, const std::string& other)> touches;
  std::function<std::string(const std::string& division)> place_name;
  // The whole link of a call; empty where the site has no address for telephones.
  std::function<std::string(std::int64_t sequence)> link;
};

// Whose outbox has what belongs to a world of the journal.
outbox::World world_of(const std::string& world);

// What batches are called, so that others find what became of them.
std::string batch_of_issue(const std::string& warning, std::int64_t version);
std::string batch_of_end(const std::string& warning);
std::string batch_of_call(std::int64_t sequence);

// One process of a store does it. step() belongs to one thread.
class Notices {
 public:
  explicit Notices(Ground ground) : ground_(std::move(ground)) {}

  // Puts into the outbox what the journal says and is not there; about once a second, and after commits. Calls come
  // before all, and between chunks of what goes to many. Throws sql::Error.
  void step();

 private:
  void tell(const std::string& warning, const std::string& world);
  void tell_end(const warning::Warning&, outbox::Outbox&);
  void fill(outbox::Outbox&, const outbox::Batch&, const warning::Warning&,
            const std::vector<const warning::Version*>&);
  void call_all();
  void call(std::int64_t sequence, const std::string& callout, const std::string& world);
  bool has_moved_on(const warning::Warning&) const;
  bool concerns(const Way&, const std::vector<const warning::Version*>&) const;
  outbox::Outbox& outbox_of(const std::string& world) const;
  std::vector<outbox::Destination> destinations(const contacts::Address&, const std::vector<std::string>& kinds,
                                                outbox::World) const;

  const Ground ground_;
  std::set<std::string> done_;  // batches that are complete, or whose warning is
  std::int64_t last_call_ = 0;  // up to which calls were looked at
};

}  // namespace anlan::notify
