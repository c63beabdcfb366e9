#pragma once
// Where alerts of others come from, and whom of them is believed.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/time.h"
#include "platform/xml/signature.h"

namespace anlan::edge::intake {

// What a source's signatures are for: without a valid one nothing is taken; they are looked at and told; they are not
// looked at.
enum class Signing { kRequired, kWanted, kIgnored };
constexpr auto names_of(Signing) {
  using P = std::pair<Signing, std::string_view>;
  return std::array{P{Signing::kRequired, "required"}, P{Signing::kWanted, "wanted"}, P{Signing::kIgnored, "ignored"}};
}

// One way in. `name` stands in the facts; `organisation`: whose desk sees what comes; `world`: of what comes, real or a
// drill's. Without `roots` a signature may be valid but is nobody's that counts: required needs them. `senders`: for
// whom these speak; empty: for everybody.
struct Source {
  std::string name, organisation;
  std::string world = "real";
  Signing signing = Signing::kWanted;
  std::optional<xml::Roots> roots = {};
  std::vector<std::string> senders = {};
};

// A feed of Atom or RSS, or an alert itself, that is asked for again and again. `hosts`: that its entries may lie on
// beside its own; `allow_private`: its own host may have a private address.
struct FeedSource : Source {
  std::string url;
  std::vector<std::string> hosts = {};
  std::chrono::seconds every{300};
  bool allow_private = false;
  std::string ca_file = {};  // PEM, of whoever vouches for its server; empty: whom the machine trusts
};

}  // namespace anlan::edge::intake
