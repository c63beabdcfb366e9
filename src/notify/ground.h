#pragma once
// What sending stands on: channels, the contact book, both outboxes, and what batches are called.

#include <functional>
#include <memory>
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
  // Reads what one of them has.
  std::function<std::unique_ptr<sql::Connection>(outbox::World)> reading;
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
outbox::Outbox& outbox_of(const Ground&, const std::string& world);

// What batches are called, so that others find what became of them.
std::string batch_of_issue(const std::string& warning, std::int64_t version);
// To who was told of an older version, and whom this one does not concern any more.
std::string batch_of_leaving(const std::string& warning, std::int64_t version);
std::string batch_of_end(const std::string& warning);
std::string batch_of_call(std::int64_t sequence);

// One message a person: by telephone first, by mail where that fails. A device is nobody's second way.
std::vector<outbox::Destination> destinations(const Ground&, const contacts::Address&,
                                              const std::vector<std::string>& kinds, outbox::World);

}  // namespace anlan::notify
