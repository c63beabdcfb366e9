#include "domain/node/node.h"

#include <gtest/gtest.h>

namespace anlan::node {
namespace {

// city ─ county ─ town, village; city ─ other
Nodes city() {
  Nodes nodes;
  const auto add = [&](const std::string& id, std::optional<std::string> parent) {
    for (const Fact& fact : decide(nodes, Register{id, std::move(parent), "key of " + id}, id).value())
      apply(nodes, id, fact);
  };
  add("city", {});
  add("county", "city");
  add("other", "city");
  add("town", "county");
  return nodes;
}

TEST(Nodes, LieBehindThoseOverWhomTheWayLeads) {
  const Nodes nodes = city();
  EXPECT_TRUE(nodes.lies_behind("city", "county", "town"));
  EXPECT_TRUE(nodes.lies_behind("city", "county", "county"));
  EXPECT_FALSE(nodes.lies_behind("city", "other", "town"));
  EXPECT_TRUE(nodes.lies_behind("town", "county", "other")) << "up, and down another branch";
  EXPECT_TRUE(nodes.lies_behind("other", "city", "town"));
  EXPECT_FALSE(nodes.lies_behind("county", "town", "city"));
  EXPECT_FALSE(nodes.lies_behind("city", "county", "city")) << "nobody lies behind another from himself";
  EXPECT_FALSE(nodes.lies_behind("city", "county", "nowhere"));
  EXPECT_FALSE(nodes.lies_behind("nowhere", "city", "town"));
}

TEST(Nodes, MaySpeakRoundThoseBetween) {
  const Nodes nodes = city();
  EXPECT_TRUE(nodes.lies_behind("city", "town", "town"));
  EXPECT_FALSE(nodes.lies_behind("city", "town", "county"));
  EXPECT_TRUE(nodes.lies_behind("town", "city", "city"));
  EXPECT_TRUE(nodes.lies_behind("town", "city", "other"));
  EXPECT_FALSE(nodes.lies_behind("town", "city", "county")) << "it lies before the city";
}

TEST(Nodes, StandAboveOthersOverWhicheverLevels) {
  const Nodes nodes = city();
  EXPECT_TRUE(nodes.stands_above("city", "town"));
  EXPECT_FALSE(nodes.stands_above("town", "city"));
  EXPECT_FALSE(nodes.stands_above("other", "town"));
  EXPECT_FALSE(nodes.stands_above("town", "town"));
}

TEST(Nodes, FormOneTreeOfIdsThatAreGivenOnce) {
  const Nodes nodes = city();
  const auto code = [&](const Register& c, const std::string& id) {
    const auto facts = decide(nodes, c, id);
    return facts.ok() ? "accepted" : facts.error().code;
  };
  EXPECT_EQ(code({"n", "city", "k"}, "town"), "node.exists");
  EXPECT_EQ(code({"n", "nowhere", "k"}, "new"), "node.unknown");
  EXPECT_EQ(code({"n", {}, "k"}, "new"), "node.second_top");
  EXPECT_EQ(code({" ", "city", "k"}, "new"), "text.empty");
  EXPECT_EQ(code({"n", "city", "k"}, "a.b"), "node.bad_id");
  EXPECT_EQ(code({"n", "city", "k"}, "new"), "accepted");
}

TEST(Nodes, AreBoundedBelowEachThatHasANodeAboveIt) {
  Nodes nodes = city();
  const auto add = [&](const std::string& id, const std::string& parent) {
    apply(nodes, id, Fact{Registered{id, id, parent, "k"}});
  };
  const auto fits_below = [&](const std::string& parent, const std::string& by) {
    return fits(nodes, "new", Fact{Registered{"new", "n", parent, "k"}}, by, true);
  };
  const auto refusal = [&](const std::string& parent) {
    const auto facts = decide(nodes, Register{"n", parent, "k"}, "new");
    return facts.ok() ? "" : facts.error().code;
  };
  for (std::size_t i = 1; i < kMostBelow; ++i) add("n" + std::to_string(i), "county");
  EXPECT_EQ(refusal("county"), "node.too_many_below") << "with its town";
  EXPECT_EQ(refusal("town"), "node.too_many_below") << "below a town they are below the county too";
  EXPECT_EQ(refusal("city"), "") << "the top has all of them";
  EXPECT_TRUE(fits_below("town", "town")) << "which had not heard of the others";
  for (std::size_t i = kMostBelow; i < kMostBelowFromAfar; ++i) add("n" + std::to_string(i), "county");
  EXPECT_FALSE(fits_below("county", "county"));
  EXPECT_FALSE(fits_below("town", "town"));
  EXPECT_TRUE(fits_below("city", "city"));
}

TEST(Nodes, AreRevokedAtASequenceThatMayOnlyFall) {
  Nodes nodes = city();
  EXPECT_EQ(decide(nodes, Revoke{7, "stolen"}, "nowhere").error().code, "node.unknown");
  EXPECT_EQ(decide(nodes, Revoke{7, ""}, "town").error().code, "text.empty");
  for (const Fact& fact : decide(nodes, Revoke{7, "stolen"}, "town").value()) apply(nodes, "town", fact);
  EXPECT_EQ(nodes.find("town")->last_sequence, 7);
  EXPECT_EQ(decide(nodes, Revoke{8, "r"}, "town").error().code, "node.revoked");
  EXPECT_TRUE(decide(nodes, Revoke{5, "found out more"}, "town").ok());
}

TEST(Nodes, AreRegisteredByWhoStandsAboveThem) {
  const Nodes nodes = city();
  const auto registers = [&](const std::string& by, std::optional<std::string> parent) {
    return fits(nodes, "new", Registered{"new", "n", std::move(parent), "k"}, by, true);
  };
  EXPECT_TRUE(registers("town", "town"));
  EXPECT_TRUE(registers("city", "town"));
  EXPECT_FALSE(registers("town", "city"));
  EXPECT_FALSE(registers("town", {}));
  EXPECT_FALSE(registers("new", "new"));
  EXPECT_FALSE(fits(nodes, "town", Registered{"town", "n", "city", "k"}, "city", false));
  EXPECT_FALSE(fits(nodes, "new", Revoked{1, "r"}, "city", true));
}

}  // namespace
}  // namespace anlan::node
