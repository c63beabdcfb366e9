#include "journal/node_health.h"

#include "journal/fixture.h"

namespace anlan::journal {
namespace {

class NodeHealthTest : public JournalTest {
 protected:
  void SetUp() override { open(); }
  void keep(const NodeHealth& known) {
    sql_->begin();
    keep_node_health(*sql_, known);
    sql_->commit();
  }
};

TEST_F(NodeHealthTest, IsThereAfterARestart) {
  keep({"county", "county", "10.0.0.7", kNoon, {7, 5}, R"({"node":"county"})"});
  keep({"town", "county", "", {}, {}, R"({"node":"town"})"});
  open();
  const auto all = node_healths(*sql_);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].node, "county");
  EXPECT_EQ(all[0].address, "10.0.0.7");
  EXPECT_EQ(all[0].contact_at, kNoon);
  EXPECT_EQ(all[0].read, (Place{7, 5}));
  EXPECT_EQ(all[1].told_by, "county");
  EXPECT_FALSE(all[1].contact_at.has_value());
  EXPECT_EQ(all[1].document, R"({"node":"town"})");
}

TEST_F(NodeHealthTest, AContactAloneLeavesWhatWasSaidBefore) {
  keep({"county", "county", "10.0.0.7", kNoon, {7, 5}, R"({"node":"county"})"});
  keep({"county", "county", "", kNoon + Minutes{1}, {}, ""});
  const auto all = node_healths(*sql_);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].contact_at, kNoon + Minutes{1});
  EXPECT_EQ(all[0].address, "10.0.0.7");
  EXPECT_EQ(all[0].read, (Place{7, 5}));
  EXPECT_EQ(all[0].document, R"({"node":"county"})");
  keep({"county", "county", "10.0.0.8", kNoon + Minutes{2}, {9, 9}, "{}"});
  EXPECT_EQ(node_healths(*sql_)[0].address, "10.0.0.8");
  EXPECT_EQ(node_healths(*sql_)[0].read, (Place{9, 9}));
  EXPECT_EQ(node_healths(*sql_)[0].document, "{}");
}

}  // namespace
}  // namespace anlan::journal
