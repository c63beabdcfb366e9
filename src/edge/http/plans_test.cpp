// Which way each page goes through the store: no statement of any page may read a table from end to end, on either
// engine. What an engine would do with a large table is asked of its planner, not measured (make lists measures).

#include <set>

#include "edge/http/pages_fixture.h"
#include "platform/sql/listening_fixture.h"
#include "view/audience.h"

namespace anlan::edge {
namespace {

class PlansTest : public PagesTest {
 protected:
  void look(const std::string& account, PageFunction function, std::vector<std::string> arguments = {},
            const http::Query& asked = {}) {
    const account::Actor viewer = node.directory().actor(account);
    Page page{sql,       node.vault(), node.reference(), node.directory(), texts,
              viewer,    kReal,        node.clock.at,    view::seen(sql),  asked,
              arguments, "session"};
    const auto body = function(page);
    EXPECT_TRUE(body.ok()) << body.error().code;
  }

  sql::Listening sql{node.sql()};
};

// A row for each view: as long as there are views, and no longer.
const std::set<std::string> kFewRows{"view_progress"};

TEST_F(PlansTest, NoPageReadsATableFromEndToEnd) {
  const std::string incident = take_down();
  const std::string report = send(incident);
  const std::vector<std::string> here{incident};
  for (const auto& asked :
       {query({}), query({{"state", "open"}, {"grade", "ordinary"}, {"type", "12000"}, {"division", "370700"}}),
        query({{"q", "氯气 羊口"}, {"from", "2026-01-01T00:00:00Z"}, {"to", "2027-01-01T00:00:00Z"}}),
        query({{"q", "气"}, {"page", "3"}, {"size", "200"}})})
    look("city", pages::incidents, {}, asked);
  for (const PageFunction page : {pages::board, pages::shift, pages::receivers, pages::people, pages::organisations,
                                  pages::event_types, pages::own_sessions})
    look("city", page);
  for (const PageFunction page : {pages::incident, pages::timeline, pages::prefill}) look("city", page, here);
  look("city", pages::similar, {}, query({{"type", "12D02"}, {"division", "370783115"}}));
  look("city", pages::report, {report});
  for (const auto& state : {query({}), query({{"state", "open"}})}) look("city", pages::instructions, {}, state);
  for (const auto& asked : {query({}), query({{"state", "met"}}), query({{"state", "overdue"}}),
                            query({{"state", "running"}, {"organisation", "shouguang"}})})
    look("city", pages::clocks, {}, asked);
  for (const auto& state : {query({}), query({{"state", "waiting"}})}) look("city", pages::candidates, {}, state);
  for (const auto& asked : {query({}), query({{"handling", "new"}}), query({{"state", "in_force"}}),
                            query({{"state", "expired"}, {"handling", "dismissed"}}), query({{"state", "refused"}})})
    look("city", pages::alerts, {}, asked);
  for (const auto& asked :
       {query({}), query({{"actor", "shouguang"}, {"type", "incident"}, {"from", "2026-01-01T00:00:00Z"}}),
        query({{"before", "5"}, {"to", "2027-01-01T00:00:00Z"}})})
    look("security", pages::audit, {}, asked);
  look("security", pages::sealed, {}, query({{"of", incident}}));

  EXPECT_GT(sql.heard.size(), 30);
  for (const std::string& text : sql.heard)
    for (const std::string& table : node.sql().read_whole(text))
      EXPECT_TRUE(kFewRows.contains(table)) << table << " is read whole by\n" << text;
}

// The test above cannot fail where nothing is ever found out.
TEST_F(PlansTest, AWholeReadingIsSeen) {
  take_down();
  EXPECT_THAT(node.sql().read_whole("SELECT id FROM incident WHERE title = ?"), testing::ElementsAre("incident"));
  EXPECT_THAT(node.sql().read_whole("SELECT COUNT(*) FROM fact"), testing::ElementsAre("fact"));
  EXPECT_THAT(node.sql().read_whole("SELECT id FROM incident WHERE id = ?"), testing::IsEmpty());
}

}  // namespace
}  // namespace anlan::edge
