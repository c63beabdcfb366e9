#include "codec/sms/segments.h"

#include <gmock/gmock.h>

#include <random>

namespace anlan::sms {
namespace {

constexpr Capacity kGsmThenUcs2[] = {{Alphabet::kGsm, 160, 153}, kUcs2Capacity};
constexpr Capacity kAsciiAloneThenUcs2[] = {{Alphabet::kAscii, 159, 0}, kUcs2Capacity};

std::string repeated(std::string_view text, int times) {
  std::string out;
  while (times-- > 0) out += text;
  return out;
}

Segments cut(const std::string& text, std::span<const Capacity> capacities, std::uint8_t reference = 0xA7) {
  return segments(text, capacities, reference).value();
}

// What a phone shows.
std::string joined(const Segments& all) {
  Joining joining(1);
  std::optional<std::string> octets;
  for (const std::string& each : all.contents) octets = joining.take("", user_data(each, all.header).value());
  return octets ? decoded(*octets, all.alphabet) : "never whole";
}

TEST(SmsSegments, KeepATextTogetherThatFitsAlone) {
  const Segments chinese = cut(repeated("汛", 70), kGsmThenUcs2);
  EXPECT_EQ(chinese.alphabet, Alphabet::kUcs2);
  EXPECT_EQ(chinese.contents, std::vector{repeated("\x6C\x5B", 70)});
  EXPECT_FALSE(chinese.header);
  EXPECT_EQ(cut(repeated("a", 160), kGsmThenUcs2).contents, std::vector{repeated("a", 160)});
  EXPECT_EQ(cut("", kGsmThenUcs2).contents, std::vector{std::string()});
}

TEST(SmsSegments, CutChineseAt67CharactersBehindAHeader) {
  const Segments all = cut(repeated("汛", 71), kGsmThenUcs2);
  ASSERT_EQ(all.contents.size(), 2u);
  EXPECT_TRUE(all.header);
  EXPECT_EQ(all.contents[0], std::string("\x05\x00\x03\xA7\x02\x01", 6) + repeated("\x6C\x5B", 67));
  EXPECT_EQ(all.contents[0].size(), 140u);
  EXPECT_EQ(all.contents[1], std::string("\x05\x00\x03\xA7\x02\x02", 6) + repeated("\x6C\x5B", 4));
  EXPECT_EQ(cut(repeated("汛", 134), kGsmThenUcs2).contents.size(), 2u);
  EXPECT_EQ(cut(repeated("汛", 135), kGsmThenUcs2).contents.size(), 3u);
}

TEST(SmsSegments, NeverCutASurrogatePair) {
  const Segments all = cut(repeated("汛", 66) + "𠮷" + repeated("汛", 10), kGsmThenUcs2);
  ASSERT_EQ(all.contents.size(), 2u);
  EXPECT_EQ(all.contents[0].size(), 6 + 2 * 66u);
  EXPECT_EQ(all.contents[1].substr(6, 4), "\xD8\x42\xDF\xB7");
  EXPECT_EQ(joined(all), repeated("汛", 66) + "𠮷" + repeated("汛", 10));
}

TEST(SmsSegments, NeverCutAnEscapeFromItsSeptet) {
  const Segments all = cut(repeated("a", 152) + "€" + repeated("a", 20), kGsmThenUcs2);
  ASSERT_EQ(all.contents.size(), 2u);
  EXPECT_EQ(all.contents[0].size(), 6 + 152u);
  EXPECT_EQ(all.contents[1].substr(6, 3),
            "\x1B\x65"
            "a");
}

TEST(SmsSegments, TakeAnAlphabetThatIsNotCutOnlyWhereTheTextFitsAlone) {
  EXPECT_EQ(cut(repeated("a", 159), kAsciiAloneThenUcs2).alphabet, Alphabet::kAscii);
  const Segments all = cut(repeated("a", 160), kAsciiAloneThenUcs2);
  EXPECT_EQ(all.alphabet, Alphabet::kUcs2);
  EXPECT_EQ(all.contents.size(), 3u);
}

TEST(SmsSegments, RefuseWhatCannotBeSent) {
  EXPECT_EQ(segments("\xFF", kGsmThenUcs2, 0).error(), (Fault{FaultKind::kValue, "text", "other bytes", "UTF-8"}));
  EXPECT_EQ(segments(repeated("汛", 67 * 255), kGsmThenUcs2, 0)->contents.size(), 255u);
  EXPECT_EQ(segments(repeated("汛", 67 * 255 + 1), kGsmThenUcs2, 0).error(),
            (Fault{FaultKind::kValue, "text", "256 parts", "at most 255 parts"}));
  EXPECT_EQ(segments("中", std::span(kGsmThenUcs2).first(1), 0).error().found, "text of other characters");
}

TEST(SmsSegments, HoldTheWholeTextWithinTheRoomOfAMessage) {
  const std::vector<std::string> characters = {"a", "€", "汛", "𠮷", "\n", "Ñ", "😀"};
  std::mt19937_64 random(23);
  for (int round = 0; round < 2000; ++round) {
    const std::size_t kinds = 1 + random() % characters.size();
    std::string text;
    for (std::size_t i = random() % 600; i-- > 0;) text += characters[random() % kinds];
    for (const auto capacities : {std::span(kGsmThenUcs2), std::span(kAsciiAloneThenUcs2)}) {
      const Segments all = cut(text, capacities, static_cast<std::uint8_t>(random()));
      ASSERT_EQ(joined(all), text);
      for (const std::string& each : all.contents)
        ASSERT_LE(each.size(), all.alphabet == Alphabet::kUcs2 ? 140u : 160u);
    }
  }
}

TEST(SmsUserData, KnowsReferencesOfOneOctetAndOfTwo) {
  const auto narrow = user_data(std::string("\x05\x00\x03\xA7\x02\x01hi", 8), true);
  EXPECT_EQ(narrow->part, (Part{0xA7, 2, 1}));
  EXPECT_EQ(narrow->octets, "hi");
  EXPECT_EQ(user_data("\x06\x08\x04\x01\x02\x03\x03hi", true)->part, (Part{0x102, 3, 3}));
  EXPECT_EQ(user_data(std::string("\x05\x00\x03\xA7\x02\x01hi", 8), false)->octets.size(), 8u);
}

TEST(SmsUserData, PassesOverElementsThatSayNothingOfParts) {
  const std::string ports("\x0B\x05\x04\x0B\x84\x23\xF0\x00\x03\x07\x02\x02z", 13);
  EXPECT_EQ(user_data(ports, true)->part, (Part{7, 2, 2}));
  EXPECT_EQ(user_data(ports, true)->octets, "z");
  EXPECT_EQ(user_data(std::string("\x05\x00\x03\x07\x02\x03z", 7), true)->part, std::nullopt);
  EXPECT_EQ(user_data(std::string("\x05\x00\x03\x07\x02\x00z", 7), true)->part, std::nullopt);
}

TEST(SmsUserData, NamesAHeaderThatIsLongerThanTheOctets) {
  EXPECT_EQ(user_data(std::string("\x05\x00\x03\xA7", 4), true).error(),
            (Fault{FaultKind::kStructure, "UDHL", "3 octets", "5 octets"}));
  EXPECT_EQ(user_data(std::string("\x03\x00\x03\xA7", 4), true).error().field, "IEIDL");
  EXPECT_EQ(user_data("", true).error().field, "UDHL");
}

TEST(SmsJoining, PutsPartsTogetherInAnyOrderAndForEachSenderAlone) {
  Joining joining(10);
  EXPECT_EQ(joining.take("a", {Part{1, 2, 2}, "2"}), std::nullopt);
  EXPECT_EQ(joining.take("b", {Part{1, 2, 1}, "x"}), std::nullopt);
  EXPECT_EQ(joining.take("a", {Part{1, 2, 2}, "2"}), std::nullopt);
  EXPECT_EQ(joining.take("a", {Part{1, 2, 1}, "1"}), "12");
  EXPECT_EQ(joining.take("c", {std::nullopt, "alone"}), "alone");
  EXPECT_EQ(joining.waiting(), 1u);
}

TEST(SmsJoining, GivesUpTheTextThatWaitsLongest) {
  Joining joining(2);
  for (const char* from : {"a", "b", "c"}) EXPECT_EQ(joining.take(from, {Part{1, 2, 1}, "1"}), std::nullopt);
  EXPECT_EQ(joining.waiting(), 2u);
  EXPECT_EQ(joining.take("b", {Part{1, 2, 2}, "2"}), "12");
  EXPECT_EQ(joining.take("a", {Part{1, 2, 2}, "2"}), std::nullopt);
}

}  // namespace
}  // namespace anlan::sms
