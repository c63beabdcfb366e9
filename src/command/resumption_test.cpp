#include "command/resumption.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "command/node_fixture.h"
#include "journal/copy.h"
#include "journal/history.h"
#include "journal/witness.h"

namespace anlan::command {
namespace {

using testing::IsEmpty;

// The node of a city whose neighbour has countersigned all that was there when the backup was made. Then one history
// went on and was lost but for what the neighbour holds of it; the store goes on with another one.
class ResumptionTest : public testing::Test {
 protected:
  void agree(TestNode& node) {
    node.sql().begin();
    for (const auto& block : journal::seal(node.sql(), "city", key_))
      EXPECT_FALSE(journal::keep(node.sql(), journal::countersign(block.header, "county", key_, node.clock.now())));
    node.sql().commit();
  }
  // Facts of a node behind a number, as a neighbour holds them: those that `pick` takes.
  template <class Pick>
  std::vector<journal::Part> held(TestNode& node, std::int64_t after, Pick pick) {
    agree(node);
    std::vector<journal::Part> parts;
    for (const auto& block : journal::blocks_after(node.sql(), "city", after, 100)) {
      std::vector<std::int64_t> wanted;
      for (const auto& fact : journal::read_of_node(node.sql(), "city", block.header.first, block.header.last))
        if (pick(fact)) wanted.push_back(fact.node_sequence);
      parts.push_back(journal::part(node.sql(), "city", block.header.first, wanted).value());
    }
    return parts;
  }
  std::string take_down(TestNode& node, const std::string& summary) {
    incident::TakeDown c;
    c.type = "12D02";
    c.division = "370783115";
    c.summary = summary;
    const auto answer = node.ask("city", c);
    return std::string(json::parse(answer->body).value().at("id").as_string());
  }
  Resumption resume(TestNode& from, std::vector<journal::Part> given_back) {
    Resumption done;
    report_ = journal::build_from(from.where(), target_.where(), from.clock.now(),
                                  [&](sql::Connection& source, sql::Connection& target) {
                                    done = command::resume(source, target, "city", given_back, from.clock.now());
                                  });
    return done;
  }
  static std::vector<std::string> problems(const journal::Report& report) {
    std::vector<std::string> found;
    for (const auto& p : report.problems) found.push_back(std::string(anlan::name_of(p.kind)) + " " + p.detail);
    return found;
  }

  const crypto::Sm2PrivateKey key_{crypto::generate_sm2().private_pem};
  sql::TestStore target_;
  journal::CopyReport report_;
};

TEST_F(ResumptionTest, BothHistoriesAreThereAndNothingIsThereTwice) {
  TestNode lost, node;  // seeded alike: the same history to begin with
  const std::string common = take_down(lost, "before");
  ASSERT_EQ(take_down(node, "before"), common);
  agree(lost), agree(node);
  const auto backup = journal::last_block(node.sql(), "city")->header.last;

  ASSERT_TRUE(lost.ask("city", incident::SetGrade{grade::Grade::kMajor, "six missing"}, common).ok());
  const std::string first = take_down(lost, "in the lost history");
  node.clock.at += Minutes{7};
  ASSERT_TRUE(node.ask("city", incident::Note{"after the backup"}, common).ok());
  const std::string second = take_down(node, "since the backup");
  ASSERT_NE(first, second);

  const auto parts = held(lost, backup, [](const journal::Fact& f) { return !f.stream.starts_with("clocks/"); });
  const auto done = resume(node, parts);
  EXPECT_THAT(problems(report_.source), IsEmpty());
  EXPECT_THAT(problems(report_.target), IsEmpty());
  EXPECT_EQ(done.agreed, backup);
  EXPECT_EQ(done.first_number, 1'000'001);
  ASSERT_EQ(done.incidents.size(), 1u);
  EXPECT_EQ(done.incidents.front().from + " " + done.incidents.front().to, "2026-0002 2026-0003");

  const auto sql = sql::open(target_.where(), sql::Access::kInspect);
  EXPECT_EQ(state::replay<incident::Incident>(*sql, common).now.grade, grade::Grade::kMajor);
  EXPECT_EQ(state::replay<incident::Incident>(*sql, first).now.summary, "in the lost history");
  EXPECT_EQ(state::replay<incident::Incident>(*sql, first).now.number, "2026-0002");
  EXPECT_EQ(state::replay<incident::Incident>(*sql, second).now.summary, "since the backup");
  EXPECT_EQ(state::replay<incident::Incident>(*sql, second).now.number, "2026-0003");
  const auto noted = journal::read_stream(*sql, "parties/" + common + "/city").back();
  EXPECT_EQ(noted.type, "incident.noted");
  EXPECT_GT(noted.node_sequence, 1'000'000);
  EXPECT_GT(noted.position, 1'000'000);
  EXPECT_EQ(journal::read_stream(*sql, "history/city").front().node_sequence, 1'000'001);
}

}  // namespace
}  // namespace anlan::command
