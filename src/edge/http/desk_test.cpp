// A desk on which more waits than one answer shows.

#include "edge/http/pages_fixture.h"

namespace anlan::edge {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class FullDesk : public PagesTest {
 protected:
  // Those taken down first fall due first: of these the last ones of the list.
  FullDesk() {
    for (int i = 0; i < kTaken; ++i) {
      incident::TakeDown c;
      c.type = i < 2 ? "11B01" : "12D02";
      c.division = "370783115";
      c.summary = "虚构";
      taken.push_back(done("shouguang", c));
    }
  }
  json::Value clocks(std::initializer_list<std::pair<std::string, std::string>> asked,
                     const std::string& account = "shouguang") {
    return get(account, pages::clocks, {}, query(asked));
  }

  static constexpr int kTaken = 205;
  std::vector<std::string> taken;
};

TEST_F(FullDesk, SaysWhichListsAreLongerThanWhatIsShown) {
  const auto board = get("shouguang", pages::board);
  EXPECT_THAT(board.at("clocks").as_array(), SizeIs(200));
  EXPECT_THAT(texts_of(board.at("more")), ElementsAre("clocks", "open_incidents"));
  EXPECT_THAT(texts_of(get("anqiu", pages::board).at("more")), IsEmpty());
  EXPECT_TRUE(clocks({}).at("more").as_bool());
  EXPECT_FALSE(clocks({}, "anqiu").at("more").as_bool());
  EXPECT_TRUE(clocks({{"state", "met"}}).at("more").as_bool()) << "of older incidents, perhaps";
  EXPECT_FALSE(clocks({{"state", "met"}}, "anqiu").at("more").as_bool());
  EXPECT_FALSE(get("shouguang", pages::instructions).at("more").as_bool());
  EXPECT_FALSE(get("shouguang", pages::candidates).at("more").as_bool());
}

TEST_F(FullDesk, ShowsTheIncidentOfEveryClockThatItShows) {
  const auto board = get("shouguang", pages::board);
  const auto shown = ids(board.at("open_incidents"));
  EXPECT_THAT(shown, SizeIs(205)) << "the latest 200 and five older ones whose clocks are the first to fall due";
  for (const std::string& incident : texts_of(board.at("clocks"), "incident"))
    EXPECT_THAT(shown, testing::Contains(incident));
  EXPECT_EQ(board.at("clocks").at(0).at("incident").as_string(), taken.front());
}

// However many others stand before it.
TEST_F(FullDesk, FindsClocksByTheirStateAmongAllThatPend) {
  const auto tick = [&](const std::string& incident) {
    EXPECT_TRUE(node.ask("system", command::Tick{}, incident + "/shouguang").ok());
  };
  const std::string& late = taken[3];
  EXPECT_THAT(clocks({{"state", "overdue"}}).at("items").as_array(), IsEmpty());
  tick(late);
  const auto overdue = clocks({{"state", "overdue"}});
  EXPECT_THAT(texts_of(overdue.at("items"), "incident"), ElementsAre(late, late));
  EXPECT_FALSE(overdue.at("more").as_bool());
  EXPECT_THAT(texts_of(clocks({{"state", "running"}}).at("items"), "state"), testing::Each("running"));
  EXPECT_TRUE(clocks({{"state", "running"}}).at("more").as_bool());

  done("shouguang", incident::ReportByPhone{"city", "值班员", {}, {}}, late);
  EXPECT_THAT(texts_of(clocks({{"state", "overdue"}}).at("items"), "leg"), ElementsAre("written"));
}

TEST_F(FullDesk, ASuperiorFindsTheClocksOfOneThatOwesIt) {
  done("shouguang", incident::ReportByPhone{"city", "值班员", {}, {}}, taken.back());
  const auto owing = clocks({{"organisation", "shouguang"}}, "city");
  EXPECT_THAT(texts_of(owing.at("items"), "incident"), testing::Contains(taken.back()));
  EXPECT_THAT(clocks({{"organisation", "anqiu"}}, "city").at("items").as_array(), IsEmpty());
  const auto own = clocks({{"organisation", "city"}}, "city");
  EXPECT_THAT(texts_of(own.at("items"), "incident"), testing::Each(taken.back()));
}

// A report of yesterday is compared with what was taken down then, whatever has come in since.
TEST_F(FullDesk, WhatIsAlikeIsNotLostAmongWhatCameLater) {
  const auto then = node.clock.at - Minutes{kTaken - 3};
  const auto alike = get("shouguang", pages::similar, {}, query({{"at", to_rfc3339(then)}, {"type", "11B01"}}));
  EXPECT_THAT(ids(alike.at("items")), ElementsAre(taken[1], taken[0]));
}

}  // namespace
}  // namespace anlan::edge
