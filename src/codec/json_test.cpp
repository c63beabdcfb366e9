#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "codec/fact.h"
#include "domain/account/facts.h"
#include "domain/candidate/facts.h"
#include "domain/clock/facts.h"
#include "domain/duty/facts.h"
#include "domain/incident/facts.h"
#include "domain/instruction/facts.h"
#include "domain/node/facts.h"
#include "domain/organisation/facts.h"
#include "domain/personal_data/facts.h"
#include "domain/report/facts.h"

namespace anlan::json {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

enum class Colour { kRed, kBlue };
constexpr auto names_of(Colour) {
  using P = std::pair<Colour, std::string_view>;
  return std::array{P{Colour::kRed, "red"}, P{Colour::kBlue, "blue"}};
}

struct Inner {
  std::string word;
  static constexpr auto fields = std::tuple{field("word", &Inner::word, 3)};
};

struct Measure {
  double value = 0;
  static constexpr auto fields = std::tuple{field("value", &Measure::value)};
};

struct Sample {
  std::optional<std::string> text;
  std::optional<bool> yes;
  std::optional<std::int64_t> count;
  std::optional<double> measure;
  std::optional<Instant> at;
  std::optional<LngLat> point;
  std::optional<Colour> colour;
  std::optional<std::vector<Inner>> list;
  static constexpr auto fields = std::tuple{field("text", &Sample::text, 5),    field("yes", &Sample::yes),
                                            field("count", &Sample::count, 10), field("measure", &Sample::measure, 10),
                                            field("at", &Sample::at),           field("point", &Sample::point),
                                            field("colour", &Sample::colour),   field("list", &Sample::list, 2)};
};

// "code field" of every fault of a body.
template <class T = Sample>
std::vector<std::string> faults(std::string_view text) {
  std::vector<std::string> found;
  const auto read = from_text<T>(text);
  if (read.ok()) return found;
  for (const Refusal& f : read.error()) {
    EXPECT_EQ(f.kind, RefusalKind::kMalformed);
    found.push_back(f.code + " " + f.field);
  }
  return found;
}

std::string number(double value) {
  std::string out;
  write_number(out, value);
  return out;
}

TEST(JsonNumber, IsWrittenPlainly) {
  EXPECT_EQ(number(113.2644), "113.2644");
  EXPECT_EQ(number(1e8), "100000000");
  EXPECT_EQ(number(0.00001), "0.00001");
  EXPECT_EQ(number(0), "0");
  EXPECT_EQ(number(-37.5), "-37.5");
  EXPECT_EQ(number(1e16), "10000000000000000");
  EXPECT_EQ(number(0.1 + 0.2), "0.30000000000000004");
}

TEST(JsonNumber, ReadsBackAsItWasWritten) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20000; ++i) {
    const double value = std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 60) - 90);
    const auto read = from_text<Measure>("{\"value\":" + number(value) + "}");
    if (value > static_cast<double>(kNumberLimit)) continue;
    ASSERT_TRUE(read.ok()) << number(value);
    ASSERT_EQ(read->value, value) << number(value);
  }
}

TEST(JsonNumber, OfAPlaceIsTheSameAfterAnyNumberOfReadings) {
  for (int i = 0; i < 20000; ++i) {
    const std::string text = fmt::format("{{\"lng\":{}.{:06d},\"lat\":36.5}}", 73 + i % 62, (i * 7919) % 1000000);
    const auto read = from_text<LngLat>(text);
    ASSERT_TRUE(read.ok());
    ASSERT_EQ(from_text<LngLat>(to_text(*read)).value(), *read) << text;
    ASSERT_EQ(read->lng, std::stod(text.substr(7))) << text;
  }
}

TEST(JsonFault, NamesTypeAndPath) {
  EXPECT_THAT(faults(R"({"text":1})"), ElementsAre("field.type text"));
  EXPECT_THAT(faults(R"({"yes":"true"})"), ElementsAre("field.type yes"));
  EXPECT_THAT(faults(R"({"count":1.5})"), ElementsAre("field.type count"));
  EXPECT_THAT(faults(R"({"count":"1"})"), ElementsAre("field.type count"));
  EXPECT_THAT(faults(R"({"measure":"1"})"), ElementsAre("field.type measure"));
  EXPECT_THAT(faults(R"({"list":{}})"), ElementsAre("field.type list"));
  EXPECT_THAT(faults(R"({"list":[{"word":1}]})"), ElementsAre("field.type list[0].word"));
  EXPECT_THAT(faults("[]"), ElementsAre("field.type "));
  EXPECT_THAT(faults("null"), ElementsAre("field.type "));
}

TEST(JsonFault, NamesWhatIsTooLongTooManyOrOutOfRange) {
  EXPECT_THAT(faults(R"({"text":"123456"})"), ElementsAre("field.too_long text"));
  EXPECT_THAT(faults(R"({"list":[{"word":"a"},{"word":"b"},{"word":"c"}]})"), ElementsAre("field.too_many list"));
  EXPECT_THAT(faults(R"({"list":[{"word":"abcd"}]})"), ElementsAre("field.too_long list[0].word"));
  EXPECT_THAT(faults(R"({"count":11})"), ElementsAre("field.range count"));
  EXPECT_THAT(faults(R"({"count":-1})"), ElementsAre("field.range count"));
  EXPECT_THAT(faults(R"({"count":18446744073709551615})"), ElementsAre("field.range count"));
  EXPECT_THAT(faults(R"({"measure":10.001})"), ElementsAre("field.range measure"));
  EXPECT_THAT(faults(R"({"measure":1e400})"), testing::SizeIs(1));
}

TEST(JsonFault, CountsCharactersNotBytes) {
  EXPECT_THAT(faults(R"({"text":"羊口镇泄漏"})"), IsEmpty());
  EXPECT_THAT(faults(R"({"text":"羊口镇泄漏了"})"), ElementsAre("field.too_long text"));
  EXPECT_THAT(faults(R"({"text":"𬒔𬒔𬒔𬒔𬒔"})"), IsEmpty());
}

TEST(JsonFault, NamesAValueATimeAndAPointThatAreNone) {
  EXPECT_THAT(faults(R"({"colour":"green"})"), ElementsAre("field.value colour"));
  EXPECT_THAT(faults(R"({"colour":1})"), ElementsAre("field.value colour"));
  EXPECT_THAT(faults(R"({"at":"2026-11-23"})"), ElementsAre("field.time at"));
  EXPECT_THAT(faults(R"({"at":1795406400000})"), ElementsAre("field.time at"));
  EXPECT_THAT(faults(R"({"point":{"lng":181,"lat":36}})"), ElementsAre("field.point point"));
  EXPECT_THAT(faults(R"({"point":{"lng":118}})"), ElementsAre("field.type point"));
  EXPECT_THAT(faults(R"({"point":{"lng":118,"lat":36,"z":1}})"), ElementsAre("field.type point"));
}

TEST(JsonFault, TellsTheAllowedValues) {
  const auto read = from_text<Sample>(R"({"colour":"green"})");
  EXPECT_THAT(read.error()[0].values, ElementsAre(std::pair<std::string, std::string>("allowed", "red, blue")));
}

TEST(JsonFault, FindsAllFaultsOfABodyAtOnce) {
  EXPECT_THAT(faults(R"({"text":1,"count":99,"colour":"green","zeal":1})"),
              ElementsAre("field.type text", "field.range count", "field.value colour", "field.unknown zeal"));
}

TEST(JsonFault, NamesMissingAndUnknownMembers) {
  EXPECT_THAT(faults<Inner>("{}"), ElementsAre("field.missing word"));
  EXPECT_THAT(faults<Inner>(R"({"word":"a","extra":{}})"), ElementsAre("field.unknown extra"));
  EXPECT_THAT(faults<Inner>(R"({"word":null})"), ElementsAre("field.type word"));
  EXPECT_THAT(faults<Inner>("{\"word\":\"a\",\"" + std::string(5000, 'x') + "\":1}"),
              ElementsAre("field.unknown " + std::string(60, 'x')));
}

TEST(JsonFault, NamesControlCharactersButTakesLineBreaks) {
  EXPECT_THAT(faults(R"({"text":"a\u0000b"})"), ElementsAre("field.control text"));
  EXPECT_THAT(faults(R"({"text":"\u001b"})"), ElementsAre("field.control text"));
  EXPECT_THAT(faults(R"({"text":"\u007f"})"), ElementsAre("field.control text"));
  EXPECT_THAT(faults(R"({"text":"a\u202eb"})"), ElementsAre("field.control text"));
  EXPECT_THAT(faults(R"({"text":"\u2069"})"), ElementsAre("field.control text"));
  EXPECT_THAT(faults(R"({"text":"a\nb\tc"})"), IsEmpty());
}

TEST(JsonFault, RefusesWhatIsNoJsonAndNoUtf8) {
  for (const std::string text : {"", "{", "{}x", "{\"text\":}", "{'text':1}", "NaN", "{\"a\":1,}", "// c\n{}"})
    EXPECT_THAT(faults(text), ElementsAre("json.syntax ")) << text;
  EXPECT_THAT(faults("{\"text\":\"\xC0\xAF\"}"), ElementsAre("json.syntax "));
  EXPECT_THAT(faults("{\"text\":\"\xED\xA0\x80\"}"), ElementsAre("json.syntax "));
  EXPECT_THAT(faults("{\"text\":\"\xE7\x9F\"}"), ElementsAre("json.syntax "));
  EXPECT_THAT(faults(R"({"text":"\ud800"})"), ElementsAre("json.syntax "));
}

TEST(JsonFault, SaysFromWhichByteOnItCannotBeRead) {
  for (const auto& [text, at] : {std::pair("{}x", "3"), std::pair("{\"a\":1,}", "8"), std::pair("{", "2")})
    EXPECT_EQ(parse(text).error().values.front().second, at) << text;
}

TEST(JsonFault, RefusesAMemberThatComesTwice) {
  EXPECT_THAT(faults(R"({"text":"a","text":"b"})"), ElementsAre("json.repeated text"));
  EXPECT_THAT(faults(R"({"text":"a","te\u0078t":"a"})"), ElementsAre("json.repeated text"));
  EXPECT_THAT(faults(R"({"x":[{"b":1},{"c":1,"a":2,"b":3,"a":4}]})"), ElementsAre("json.repeated a"));
  EXPECT_TRUE(parse(R"({"a":{"a":{"a":1,"b":2}},"b":[{"a":1},{"a":1}]})").ok());
  EXPECT_TRUE(parse(R"({"a":1,"ab":1,"":1})").ok());
  EXPECT_FALSE(parse(R"({"":1,"":1})").ok());
}

TEST(JsonFault, ShowsWholeCharactersOfALongName) {
  std::string name;
  for (int i = 0; i < 30; ++i) name += "安";
  EXPECT_EQ(shown("x" + name).size(), 58U);
  EXPECT_EQ(shown(name), name.substr(0, 60));
  EXPECT_THAT(faults("{\"x" + name + "\":1}"), ElementsAre("field.unknown x" + name.substr(0, 57)));
}

TEST(JsonFault, RefusesDeepNestingWithoutReadingIt) {
  EXPECT_TRUE(parse(std::string(kMaxDepth, '[') + std::string(kMaxDepth, ']')).ok());
  EXPECT_THAT(faults(std::string(kMaxDepth + 1, '[')), ElementsAre("json.deep "));
  EXPECT_THAT(faults(std::string(1'000'000, '[')), ElementsAre("json.deep "));
}

TEST(Json, AbsentAndNullAreTheSame) {
  EXPECT_EQ(to_text(from_text<Sample>(R"({"text":null})").value()), "{}");
  EXPECT_EQ(to_text(from_text<Sample>("{}").value()), "{}");
}

TEST(Json, EscapesWhatItMustAndNothingElse) {
  std::string out;
  write_text(out, "\"\\\n\r\t\x01/安䶮");
  EXPECT_EQ(out, R"("\"\\\n\r\t\u0001/安䶮")");
}

// A value of every member type, different at every call, so that no member can be mistaken for its neighbour.
struct Filler {
  std::int64_t next = 0;

  void fill(std::string& v) { v = "t" + std::to_string(++next); }
  void fill(bool& v) { v = ++next % 2 == 1; }
  void fill(std::int64_t& v) { v = ++next % 10; }
  void fill(double& v) { v = static_cast<double>(++next % 10) / 2; }
  void fill(Instant& v) { v = from_ms(1'795'406'400'000 + ++next); }
  void fill(LngLat& v) { v = {118.5, static_cast<double>(++next % 90)}; }
  template <Named E>
  void fill(E& v) {
    v = names_of(E{}).back().first;
  }
  template <class T>
  void fill(std::optional<T>& v) {
    fill(v.emplace());
  }
  template <class T>
  void fill(std::vector<T>& v) {
    v.resize(2);
    for (T& item : v) fill(item);
  }
  template <Described T>
  void fill(T& v) {
    each_field<T>([&](const auto& f) { fill(v.*f.member); });
  }
};

template <class Variant>
class Facts : public testing::Test {};
using Nouns = testing::Types<account::Fact, candidate::Fact, clock::Fact, duty::Fact, incident::Fact,
                             incident::PartyFact, instruction::Fact, node::Fact, organisation::Fact,
                             organisation::PersonFact, personal_data::Fact, report::Fact, report::ReceiptFact>;
TYPED_TEST_SUITE(Facts, Nouns);

template <class Variant, std::size_t... I>
void each_alternative(std::index_sequence<I...>, auto&& visit) {
  (visit(std::variant_alternative_t<I, Variant>{}), ...);
}

TYPED_TEST(Facts, OfEveryTypeReadBackAsTheyWereWritten) {
  each_alternative<TypeParam>(std::make_index_sequence<std::variant_size_v<TypeParam>>{}, []<class F>(F fact) {
    Filler{}.fill(fact);
    const auto [type, body] = codec::encode(TypeParam{fact});
    EXPECT_EQ(type, F::kType);
    EXPECT_TRUE(codec::is<TypeParam>(type));
    const TypeParam read = codec::decode<TypeParam>(type, body);
    ASSERT_TRUE(std::holds_alternative<F>(read)) << type;
    EXPECT_EQ(codec::encode(read).body, body);
    EXPECT_THAT(body, testing::Not(HasSubstr("\n")));
  });
}

TEST(Fact, OfANewerReleaseIsNamedAndNotGuessedAndWhatItAddedIsPassedOver) {
  EXPECT_THROW(codec::decode<duty::Fact>("duty.unheard_of", "{}"), std::runtime_error);
  try {
    codec::decode<duty::Fact>("duty.taken_over", R"({"organisation":"city","chief":"a","leader":7,"colour":"red"})");
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "unreadable fact of type duty.taken_over: field.type leader");
  }
}

}  // namespace
}  // namespace anlan::json
