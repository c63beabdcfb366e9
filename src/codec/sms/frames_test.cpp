#include "codec/sms/frames.h"

#include <gmock/gmock.h>

#include <random>

namespace anlan::sms {
namespace {

using testing::ElementsAre;

std::string frame(std::size_t size) {
  std::string out(size, 'x');
  for (int i = 0; i < 4; ++i) out[static_cast<std::size_t>(i)] = static_cast<char>(size >> (24 - 8 * i));
  return out;
}

TEST(SmsFrames, GivesNothingBeforeTheEndOfAPduAndAllThatAreWhole) {
  Frames frames("Total_Length", {12, 100});
  frames.feed(frame(12).substr(0, 3));
  EXPECT_EQ(frames.next().value(), std::nullopt);
  frames.feed(frame(12).substr(3, 8));
  EXPECT_EQ(frames.next().value(), std::nullopt);
  frames.feed("x" + frame(100) + frame(13).substr(0, 12));
  EXPECT_EQ(frames.next().value(), frame(12));
  EXPECT_EQ(frames.next().value(), frame(100));
  EXPECT_EQ(frames.next().value(), std::nullopt);
  frames.feed("x");
  EXPECT_EQ(frames.next().value(), frame(13));
}

TEST(SmsFrames, NamesALengthOutOfItsLimitsAndStaysAtIt) {
  for (const auto& [length, found] :
       {std::pair(std::string("\0\0\0\x0B", 4), "11"), std::pair(std::string("\0\0\0\x65", 4), "101"),
        std::pair(std::string("\xFF\xFF\xFF\xFF", 4), "4294967295")}) {
    Frames frames("Total_Length", {12, 100});
    frames.feed(frame(12) + length);
    EXPECT_EQ(frames.next().value(), frame(12));
    const Fault expected{FaultKind::kLength, "Total_Length", found, "12 to 100"};
    EXPECT_EQ(frames.next().error(), expected);
    frames.feed(frame(12));
    EXPECT_EQ(frames.next().error(), expected);
  }
}

TEST(SmsFrames, SaysAFaultAsASentence) {
  EXPECT_EQ(sentence({FaultKind::kLength, "Total_Length", "11", "12 to 100"}),
            "Total_Length is 11, expected 12 to 100");
}

TEST(SmsFrames, FindsTheSamePdusHoweverTheStreamIsCut) {
  std::mt19937_64 random(20);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> sent;
    std::string stream;
    for (int i = 0; i < 20; ++i) stream += sent.emplace_back(frame(4 + random() % 60));
    Frames frames("length", {4, 64});
    std::vector<std::string> found;
    for (std::string_view rest = stream; !rest.empty();) {
      const std::size_t piece = std::min<std::size_t>(rest.size(), 1 + random() % 90);
      frames.feed(rest.substr(0, piece));
      rest.remove_prefix(piece);
      for (auto next = frames.next(); next.value(); next = frames.next()) found.push_back(*next.value());
    }
    ASSERT_EQ(found, sent);
  }
}

TEST(SmsOctets, AreMostSignificantFirst) {
  Writer out;
  out.u32("length", 0);
  out.u8("a", 1);
  out.u16("b", 0x0203);
  out.u64("c", 0x0405060708090A0B);
  out.fixed("d", "hi", 4);
  out.terminated("e", "you", 4);
  out.counted("f", "12345", 5);
  const std::string octets = std::move(out).finish().value();
  EXPECT_EQ(octets, std::string("\0\0\0\x1D\1\2\3\4\5\6\7\x8\x9\xA\xBhi\0\0you\0\5"
                                "12345",
                                29));
}

Fault fault_of(const std::string& octets, const std::function<void(Reader&)>& read) {
  Reader in(octets);
  read(in);
  return in.finish("PDU").value_or(Fault{FaultKind::kValue, "none", "", ""});
}

TEST(SmsOctets, NamesTheFieldWhereTheyEnd) {
  std::string text;
  std::uint32_t number = 7;
  EXPECT_EQ(sentence(fault_of("abc", [&](Reader& in) { in.u32("Timestamp", number); })),
            "Timestamp is 3 octets, expected 4 octets");
  EXPECT_EQ(number, 0u);
  EXPECT_EQ(sentence(fault_of("abc", [&](Reader& in) { in.octets("Auth", text, 2); })),
            "PDU is 1 octets, expected no octets behind its last field");
  EXPECT_EQ(sentence(fault_of("abcd", [&](Reader& in) { in.terminated("system_id", text, 3); })),
            "system_id is without a NUL in 4 octets, expected a NUL within 3 octets");
  EXPECT_EQ(sentence(fault_of("\x05"
                              "abcd",
                              [&](Reader& in) { in.counted("sm_length", text, 254); })),
            "sm_length is 4 octets, expected 5 octets");
  EXPECT_EQ(sentence(fault_of("\xFF", [&](Reader& in) { in.counted("sm_length", text, 254); })),
            "sm_length is 255 octets, expected at most 254 octets");
  EXPECT_EQ(text, "");
}

TEST(SmsOctets, KeepTheFirstFaultAndAreNeverCutToFit) {
  Writer out;
  out.u32("length", 0);
  out.fixed("Msg_src", "1234567", 6);
  out.octets("Auth", "123", 16);
  EXPECT_EQ(std::move(out).finish().error(), (Fault{FaultKind::kValue, "Msg_src", "7 octets", "at most 6 octets"}));
  Writer with_nul;
  with_nul.u32("length", 0);
  with_nul.terminated("system_id", std::string("a\0b", 3), 16);
  EXPECT_EQ(std::move(with_nul).finish().error().found, "text with a NUL");
  Writer full;
  full.u32("length", 0);
  full.terminated("password", "123456789", 9);
  EXPECT_EQ(std::move(full).finish().error(), (Fault{FaultKind::kValue, "password", "9 octets", "at most 8 octets"}));
}

}  // namespace
}  // namespace anlan::sms
