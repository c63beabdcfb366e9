#pragma once
// Where alerts of others come from: [alerts] and [[feed]] of a site's configuration. Keys: docs/how-to/alerts.md.

#include <string>
#include <vector>

#include "edge/intake/settings.h"
#include "main/mistake.h"

namespace anlan {

class TomlRow;

// `certificates`: PEM file of those whose signatures count; empty: nobody's. `organisation`: whose desk sees what
// comes.
struct AlertSourceSettings {
  std::string organisation, world = "real", signature = "wanted", certificates;
};
struct FeedSettings : AlertSourceSettings {
  std::string name, url;
  std::vector<std::string> hosts;
  std::vector<std::string> senders;  // for whom its certificates speak; empty: for everybody
  std::int64_t every_s = 300;
  bool allow_private = false;
  std::string ca_file;  // PEM, of whoever vouches for its server; empty: whom the machine trusts
};
// `folder`: that is watched; empty: none. What is posted is judged by the same certificates, for the organisation and
// in the world of whoever posts it.
struct AlertSettings : AlertSourceSettings {
  std::string folder;
  std::vector<FeedSettings> feeds;
};

// One row, whole or with mistakes.
FeedSettings read_feed(TomlRow&);

// With the bare names of keys; codes word, empty, feed_unsigned (a signature is required, and nobody's counts),
// no_certificate.
Mistakes mistakes_in(const AlertSourceSettings&);

// Of settings without mistakes. `name` stands in the facts.
edge::intake::Source source_of(const AlertSourceSettings&, std::string name);
edge::intake::FeedSource feed_of(const FeedSettings&);

}  // namespace anlan
