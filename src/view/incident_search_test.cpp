#include "view/incident_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/contained.h"
#include "codec/fact.h"
#include "domain/incident/facts.h"
#include "journal/start.h"
#include "platform/sql/listening_fixture.h"
#include "platform/sql/store_fixture.h"
#include "view/audience.h"

namespace anlan::view {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Instant kStart = from_ms(1'700'000'000'000);

// The two views alone, told of incidents as a journal would tell them.
class IncidentSearchTest : public testing::Test {
 protected:
  struct Known {
    std::string id;
    incident::Opened opened;
    std::string state = "open";
  };

  IncidentSearchTest() : inner_(journal::open(store_.where(), kStart)), sql_(*inner_) {
    sql_.begin();
    audience_.create(sql_);
    incidents_.create(sql_);
  }
  ~IncidentSearchTest() override { sql_.rollback(); }

  template <class Variant, class F>
  void tell(const std::string& stream, const F& fact) {
    journal::Fact f;
    f.position = ++position_;
    f.stream = stream;
    f.version = 1;
    f.type = F::kType;
    f.body = codec::encode(Variant(fact)).body;
    f.world = "real";
    f.recorded_at = kStart;
    audience_.apply(sql_, f);
    incidents_.apply(sql_, f);
  }
  void open(Known known, const std::vector<std::string>& parties = {"city"}) {
    tell<incident::Fact>("incident/" + known.id, known.opened);
    for (const std::string& party : parties) join(known.id, party);
    known_.push_back(std::move(known));
  }
  void join(const std::string& id, const std::string& party) {
    tell<incident::PartyFact>("parties/" + id, incident::Joined{id, party, "taken_down", {}});
  }
  Known incident(const std::string& id, const std::string& summary, Instant learnt_at = kStart) {
    Known known{id, {}, "open"};
    known.opened.number = "2026-" + id;
    known.opened.title = "突发事件";
    known.opened.summary = summary;
    known.opened.type = "12D02";
    known.opened.organisation = "city";
    known.opened.place.division = "370783115";
    known.opened.learnt_at = learnt_at;
    return known;
  }
  static IncidentFilter of(const std::string& organisation, const std::string& text = {}) {
    IncidentFilter filter;
    filter.organisation = organisation;
    filter.world = "real";
    filter.text = text;
    return filter;
  }
  std::vector<std::string> found(const IncidentFilter& filter, std::int64_t offset = 0, std::int64_t limit = 100) {
    std::vector<std::string> ids;
    for (const auto& row : find_incidents(sql_, filter, offset, limit).rows) ids.push_back(row.id);
    return ids;
  }

  sql::TestStore store_;
  std::unique_ptr<sql::Connection> inner_;
  sql::Listening sql_;
  Audience audience_;
  Incidents incidents_;
  std::vector<Known> known_;

 private:
  journal::Position position_ = 0;
};

TEST_F(IncidentSearchTest, WordsOfTwoCharactersAreFoundInAnyOrder) {
  open(incident("1", "羊口镇渤海化工园充装软管破裂，氯气外泄"));
  open(incident("2", "古城街道居民楼起火"));
  EXPECT_THAT(found(of("city", "氯气")), ElementsAre("1"));
  EXPECT_THAT(found(of("city", "泄 羊口")), ElementsAre("1"));
  EXPECT_THAT(found(of("city", "２０２６-2")), ElementsAre("2"));
  EXPECT_THAT(found(of("city", "氯 起火")), IsEmpty());
  EXPECT_THAT(found(of("city", "100%")), IsEmpty());
  EXPECT_THAT(found(of("county", "氯气")), IsEmpty());
}

TEST_F(IncidentSearchTest, ACorrectionMovesTheLineInEveryListThatHasIt) {
  open(incident("1", "起火", kStart), {"city", "county"});
  open(incident("2", "起火", kStart + Minutes{10}), {"city", "county"});
  incident::Corrected corrected;
  corrected.learnt_at = kStart + Minutes{20};
  corrected.type = "11A01";
  corrected.place = incident::Place{"370703", "北宫街", {}};
  tell<incident::Fact>("incident/1", corrected);
  for (const char* who : {"city", "county"}) {
    EXPECT_THAT(found(of(who)), ElementsAre("1", "2"));
    auto moved = of(who, "北宫");
    moved.type = "11";
    moved.division = "370703";
    EXPECT_THAT(found(moved), ElementsAre("1"));
  }
}

TEST_F(IncidentSearchTest, WhoJoinsLaterHasTheIncidentAsItIsNow) {
  open(incident("1", "起火"));
  tell<incident::Fact>("incident/1", incident::Closed{});
  join("1", "county");
  auto closed = of("county");
  closed.state = incident::State::kClosed;
  EXPECT_THAT(found(closed), ElementsAre("1"));
}

// Latest ones, old ones, rare and frequent ones, some known to the county too.
class LongListTest : public IncidentSearchTest {
 protected:
  LongListTest() {
    constexpr int kIncidents = 12'000;
    std::mt19937 random(7);
    const auto pick = [&](const auto& of) -> const auto& { return of[random() % std::size(of)]; };
    const std::vector<std::string> types{"12D02", "12H00", "11A01", "13B05"},
        divisions{"370783115", "370703", "370702001"};
    const std::vector<std::string> things{"居民楼起火", "氯气外泄", "两车相撞", "山体滑坡", "食物中毒"};
    for (int i = 0; i < kIncidents; ++i) {
      auto one = incident("i" + std::to_string(100'000 + i), pick(things) + "，" + pick(divisions) + "报告",
                          kStart + Minutes{i + static_cast<int>(random() % 100)});
      one.opened.type = i < 50 ? "14C01" : pick(types);
      one.opened.place.division = i % 3000 == 5 ? "370784" : pick(divisions);
      if (i % 4000 == 3999) one.opened.grade = grade::Grade::kMajor;
      if (i % 1000 == 1) one.opened.summary += "，獐子闯入";
      open(one, i % 4 == 0 ? std::vector<std::string>{"city", "county"} : std::vector<std::string>{"city"});
      if (i < kIncidents - 40) {
        tell<incident::Fact>("incident/" + one.id, incident::Closed{});
        known_.back().state = "closed";
      }
    }
    std::ranges::sort(known_, std::ranges::greater{},
                      [](const Known& k) { return std::pair(k.opened.learnt_at, k.id); });
  }

  static std::vector<IncidentFilter> all_filters() {
    std::vector<IncidentFilter> filters{of("city"), of("county")};
    for (const char* text : {"獐子", "獐", "起火", "氯气 370703", "灾火", "2026-i100777"})
      filters.push_back(of("city", text));
    for (const char* type : {"14", "12", "12D02"}) (filters.push_back(of("city")), filters.back().type = type);
    for (const char* division : {"370784", "3707"})
      (filters.push_back(of("county")), filters.back().division = division);
    for (const auto state : {incident::State::kOpen, incident::State::kClosed, incident::State::kMerged})
      (filters.push_back(of("city")), filters.back().state = state);
    for (const auto grade : {grade::Grade::kMajor, grade::Grade::kUngraded})
      for (const auto state : {std::optional(incident::State::kOpen), std::optional<incident::State>()})
        (filters.push_back(of("city")), filters.back().grade = grade, filters.back().state = state);
    (filters.push_back(of("city", "起火")), filters.back().to = kStart + Minutes{500});
    (filters.push_back(of("city")), filters.back().from = kStart + Minutes{11'990});
    return filters;
  }
};

// Against every incident looked at by itself.
TEST_F(LongListTest, AnswersAsIfEveryLineHadBeenReadForAnyFilter) {
  for (const IncidentFilter& filter : all_filters()) {
    std::vector<std::string> expected;
    for (const Known& known : known_) {
      const auto& o = known.opened;
      const std::string text = folded(o.number + "\n" + o.title + "\n" + o.summary);
      const auto words = sought_words(filter.text);
      if ((filter.organisation == "city" || is_party(sql_, known.id, "county")) && o.type.starts_with(filter.type) &&
          o.place.division.starts_with(filter.division) && (!filter.state || name_of(*filter.state) == known.state) &&
          (!filter.grade || *filter.grade == o.grade) && (!filter.from || o.learnt_at >= *filter.from) &&
          (!filter.to || o.learnt_at < *filter.to) &&
          std::ranges::all_of(words, [&](const auto& word) { return text.find(word) != text.npos; }))
        expected.push_back(known.id);
    }
    const auto said = filter.text + "|" + filter.type + "|" + filter.division + "|" +
                      (filter.state ? std::string(name_of(*filter.state)) : "");
    for (const std::size_t offset : {0U, 100U, 1500U}) {
      const auto page = find_incidents(sql_, filter, static_cast<std::int64_t>(offset), 100);
      std::vector<std::string> ids;
      for (const auto& row : page.rows) ids.push_back(row.id);
      const auto first = std::min(offset, expected.size()), last = std::min(offset + 100, expected.size());
      EXPECT_EQ(ids, std::vector(expected.begin() + static_cast<std::ptrdiff_t>(first),
                                 expected.begin() + static_cast<std::ptrdiff_t>(last)))
          << said << " from " << offset;
      const auto all = static_cast<std::int64_t>(expected.size());
      EXPECT_LE(page.total, all) << said << " from " << offset;
      EXPECT_GE(page.total, page.more ? std::min<std::int64_t>(all - 1, 100) : all) << said << " from " << offset;
      EXPECT_EQ(page.more, page.total < all) << said << " from " << offset;
    }
  }
  // A rare one is found by its marks and not by going through the list, which nothing here reads whole.
  EXPECT_TRUE(
      std::ranges::any_of(sql_.heard, [](const auto& text) { return text.find("incident_marks") != text.npos; }));
  for (const std::string& text : sql_.heard)
    if (text.find("FROM listing") != text.npos || text.find("incident_marks") != text.npos) {
      EXPECT_THAT(sql_.read_whole(text), IsEmpty()) << text;
    }
}

}  // namespace
}  // namespace anlan::view
