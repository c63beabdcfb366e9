#pragma once
// Who was told of what. The outbox knows it for good; a contact book has been replaced meanwhile, maybe.

#include <set>

#include "notify/ground.h"

namespace anlan::notify {

// One who is to be told. `message`: by which it was told before; 0: by none.
struct Hearer {
  std::int64_t contact = 0, message = 0;
};

struct Told {
  std::vector<Hearer> contacts;    // by contact, each once
  std::set<std::string> channels;  // standing receivers
};

// Whom messages of standing receivers and of contacts are for, in the outbox's words.
std::string recipient_of(const Way&);
std::string recipient_of(std::int64_t contact);

// All that a batch was for, whatever became of its messages.
Told told_by(sql::Connection& outbox, const std::string& batch);
// Of who is in both, the message of `more`, which is the later one.
void add(Told&, const Told& more);
void take_away(Told&, const Told& others);

// The addresses of a batch, for asking whether somebody has one of them. A false yes is as rare as two equal hashes.
class Addresses {
 public:
  Addresses(sql::Connection& outbox, const std::string& batch);
  bool has(const std::vector<outbox::Destination>&) const;

 private:
  std::vector<std::size_t> hashes_;
};

}  // namespace anlan::notify
