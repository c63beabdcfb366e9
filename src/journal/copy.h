#pragma once
// A node's journal and vault, brought into a store of another place or engine. docs/journal-format.md, "Copying".

#include <functional>
#include <string>

#include "journal/verify.h"

namespace anlan::journal {

struct CopyReport {
  Report source;  // of what was read
  Report target;  // as verify() finds it; empty where the source was not sound

  // The target is a node now. Where it is not, nothing of it starts as one.
  bool sound() const {
    return source.sound() && target.sound() && source.facts == target.facts && source.head == target.head;
  }
};

// Something is there already; nothing was written.
struct TargetNotNew : sql::Error {
  using sql::Error::Error;
};

// Copies every row of journal and vault; views are built at the first start. The source is read in one snapshot, also
// of a node at work, and its chain is checked on the way. `to` is new, a directory is there. Until the target is found
// sound it bears a mark (kUnfinished) with which nobody opens it as a node. Throws sql::Error, TargetNotNew.
CopyReport copy(const std::string& from, const std::string& to, Instant now, const Progress& = {});

// The same with other facts than the source's: `fill` writes them, their blocks and what was seen of them into the
// target, in transactions of its own, after the source's chain was found sound; answers, sealed entries, keys and places
// are copied. Facts and heads of the two differ then.
CopyReport build_from(const std::string& from, const std::string& to, Instant now,
                      const std::function<void(sql::Connection& source, sql::Connection& target)>& fill);

}  // namespace anlan::journal
