#include "state/directory.h"

#include <gtest/gtest.h>

namespace anlan::state {
namespace {

// Each on a node of its own name.
void add(Directory& directory, const std::string& id, std::optional<std::string> superior, bool external = false) {
  organisation::Registered registered{id, {}};
  registered.description.superior = std::move(superior);
  registered.description.external = external;
  apply(directory.organisations, id, organisation::Fact{registered}, id);
  apply(directory.nodes, id, node::Fact{node::Registered{id, id, {}, "key"}});
}
void revoke(Directory& directory, const std::string& node) {
  apply(directory.nodes, node, node::Fact{node::Revoked{1, "lost"}});
}

TEST(Directory, TheHeirIsTheNearestAboveThatIsHeard) {
  Directory d;
  add(d, "province", {}, true);
  add(d, "city", "province");
  add(d, "county", "city");
  add(d, "town", "county");
  EXPECT_EQ(d.heir_of("town"), "county");
  revoke(d, "county");
  EXPECT_TRUE(d.is_orphaned("county"));
  EXPECT_EQ(d.heir_of("town"), "city");
  EXPECT_EQ(d.heir_of("city"), "") << "the province is on no node";
}

TEST(Directory, NobodyInheritsInACircleOfThoseThatAreNotHeard) {
  Directory d;
  add(d, "one", "other", true);
  add(d, "other", "one");
  add(d, "below", "one");
  revoke(d, "other");
  EXPECT_EQ(d.heir_of("below"), "");
  EXPECT_EQ(d.heir_of("one"), "");
}

}  // namespace
}  // namespace anlan::state
