#pragma once
// What messages say, for each kind of channel. Texts: data/text/notice.*.toml.

#include "notify/ground.h"

namespace anlan::notify {

// Of one warning; the arguments outlive it. In a drill's world every text and every subject begins with the word for
// it: whoever reads one alone must not take it for a real one.
class Words {
 public:
  Words(const Texts&, const state::Directory&, const warning::Warning&, outbox::World);

  using Wordings = std::vector<outbox::Batch::Wording>;
  // For each channel. `again`: it was issued before.
  Wordings issued(const warning::Version&, bool again, const std::vector<Way>&) const;
  // To who was told of an older version, and is outside of the last one.
  Wordings left(const std::vector<Way>&) const;
  // That it was cancelled.
  Wordings ended(const std::vector<Way>&) const;
  // To one who is called; `link` may be empty.
  Wordings call(const std::string& place, const std::string& role, const callout::Opened&,
                const std::string& link) const;

 private:
  Wordings for_each(const std::vector<Way>&, const std::string& subject, const std::string& said) const;
  std::string text(const std::string& key, const Texts::Values&) const;

  const Texts& texts_;
  const warning::Warning& warning_;
  const std::string issuer_;
  const std::string mark_;  // of a drill; empty in the real world
};

}  // namespace anlan::notify
