// Whatever can be written is read back as it was, in both versions; the collected vectors where they are at hand.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "codec/cmpp/authenticator.h"
#include "codec/cmpp/report.h"
#include "codec/cmpp/sample_test.h"
#include "codec/cmpp/text.h"

namespace anlan::cmpp {
namespace {

class Values {
 public:
  explicit Values(std::uint64_t seed) : random_(seed) {}

  std::uint64_t number() { return random_(); }
  std::uint8_t u8() { return static_cast<std::uint8_t>(random_()); }
  std::string octets(std::size_t size) {
    std::string out;
    while (out.size() < size) out += static_cast<char>(random_());
    return out;
  }
  // Any octets but NUL, now and then as many as there may be.
  std::string text(std::size_t most) {
    std::string out = octets(random_() % 4 == 0 ? most : random_() % (most + 1));
    for (char& c : out) c = c == 0 ? '0' : c;
    return out;
  }

 private:
  std::mt19937_64 random_;
};

Submit submit(Values& v, bool is_30) {
  const std::size_t number = is_30 ? 32 : 21;
  Submit s;
  s.msg_id = v.number();
  for (std::uint8_t* field : {&s.pk_total, &s.pk_number, &s.registered_delivery, &s.msg_level, &s.fee_user_type,
                              &s.tp_pid, &s.tp_udhi, &s.msg_fmt})
    *field = v.u8();
  s.service_id = v.text(10);
  s.fee_terminal_id = v.text(number);
  s.msg_src = v.text(6);
  s.fee_type = v.text(2);
  s.fee_code = v.text(6);
  s.valid_time = v.text(17);
  s.at_time = v.text(17);
  s.src_id = v.text(21);
  for (std::size_t i = 1 + v.number() % 99; i-- > 0;) s.dest_terminal_id.push_back(v.text(number));
  s.msg_content = v.octets(v.u8());
  s.link_id = v.text(is_30 ? 20 : 8);
  if (is_30) s.fee_terminal_type = v.u8(), s.dest_terminal_type = v.u8();
  return s;
}

Deliver deliver(Values& v, bool is_30) {
  Deliver d;
  d.msg_id = v.number();
  d.dest_id = v.text(21);
  d.service_id = v.text(10);
  for (std::uint8_t* field : {&d.tp_pid, &d.tp_udhi, &d.msg_fmt, &d.registered_delivery}) *field = v.u8();
  d.src_terminal_id = v.text(is_30 ? 32 : 21);
  if (is_30) d.src_terminal_type = v.u8();
  d.msg_content = v.octets(v.u8());
  d.link_id = v.text(is_30 ? 20 : 8);
  return d;
}

Body body(Values& v, bool is_30) {
  const auto result = static_cast<std::uint32_t>(is_30 ? v.number() : v.u8());
  switch (v.number() % 10) {
    case 0:
      return Connect{v.text(6), v.octets(16), v.u8(), static_cast<std::uint32_t>(v.number())};
    case 1:
      return ConnectResp{result, v.octets(16), v.u8()};
    case 2:
      return Terminate{};
    case 3:
      return TerminateResp{};
    case 4:
      return submit(v, is_30);
    case 5:
      return SubmitResp{v.number(), result};
    case 6:
      return deliver(v, is_30);
    case 7:
      return DeliverResp{v.number(), result};
    case 8:
      return ActiveTest{};
    default:
      return ActiveTestResp{v.u8()};
  }
}

TEST(CmppPdu, IsReadAsItWasWritten) {
  Values v(30);
  auto frames = cmpp::frames();
  for (int round = 0; round < 20000; ++round) {
    const std::uint8_t version = v.number() % 2 == 0 ? kVersion20 : kVersion30;
    const Pdu pdu{static_cast<std::uint32_t>(v.number()), body(v, version == kVersion30)};
    const auto octets = encode(pdu, version);
    ASSERT_TRUE(octets.ok()) << sms::sentence(octets.error());
    frames.feed(*octets);
    ASSERT_EQ(frames.next().value(), *octets);
    ASSERT_EQ(decode(*octets, version).value(), pdu);
  }
}

TEST(CmppReport, IsReadAsItWasWritten) {
  Values v(31);
  for (int round = 0; round < 20000; ++round) {
    const bool is_30 = v.number() % 2 == 0;
    const Report report{
        v.number(), v.text(7), v.text(10), v.text(10), v.text(is_30 ? 32 : 21), static_cast<std::uint32_t>(v.number())};
    ASSERT_EQ(read_report(*write_report(report, is_30 ? kVersion30 : kVersion20)).value(), report);
    const std::uint64_t id = v.number();
    ASSERT_EQ(msg_id(msg_id_parts(id)), id);
  }
}

void expect_submit(const Submit& submit) {
  EXPECT_EQ(submit.pk_total, 1);
  EXPECT_EQ(submit.pk_number, 1);
  EXPECT_EQ(submit.registered_delivery, 1);
  EXPECT_EQ(submit.msg_level, 1);
  EXPECT_EQ(submit.service_id, "test");
  EXPECT_EQ(submit.fee_user_type, 2);
  EXPECT_EQ(submit.fee_terminal_id, "13500002696");
  EXPECT_EQ(submit.fee_terminal_type, 0);
  EXPECT_EQ(submit.msg_fmt, 8);
  EXPECT_EQ(submit.msg_src, "900001");
  EXPECT_EQ(submit.fee_type, "02");
  EXPECT_EQ(submit.fee_code, "10");
  EXPECT_EQ(submit.valid_time, "151105131555101+");
  EXPECT_EQ(submit.at_time, "");
  EXPECT_EQ(submit.src_id, "900001");
  EXPECT_EQ(submit.dest_terminal_id, std::vector<std::string>{"13500002696"});
  EXPECT_EQ(submit.dest_terminal_type, 0);
  EXPECT_EQ(submit.link_id, "");
  EXPECT_EQ(submit.msg_content.size(), 0x1Eu);
  EXPECT_EQ(sms::decoded(user_data(submit)->octets, alphabet_of(submit.msg_fmt)), "测试gocmpp submit");
}

// What the word that begins the description of a collected vector, and the rest of it, say.
void expect_described(const Pdu& pdu, const std::string& told) {
  const std::string word = told.substr(0, told.find(' '));
  const std::string source = authenticator_source("900001", "888888", 1021080510);
  EXPECT_EQ(pdu.sequence_id, word.starts_with("ACTIVE") ? 24u : 23u);
  if (word == "CONNECT") {
    EXPECT_EQ(std::get<Connect>(pdu.body), (Connect{"900001", source, 0x21, 1021080510}));
  } else if (word == "CONNECT_RESP") {
    const auto& answer = std::get<ConnectResp>(pdu.body);
    EXPECT_EQ(answer.status, 0u);
    EXPECT_EQ(answer.authenticator_ismg, authenticator_ismg(0, source, "888888", answer.version));
  } else if (word == "SUBMIT") {
    expect_submit(std::get<Submit>(pdu.body));
  } else if (word == "SUBMIT_RESP") {
    EXPECT_EQ(std::get<SubmitResp>(pdu.body), (SubmitResp{0xB2B9DA8000010000, 0}));
  } else if (word == "TERMINATE") {
    EXPECT_TRUE(std::holds_alternative<Terminate>(pdu.body));
  } else if (word == "ACTIVE_TEST") {
    EXPECT_TRUE(std::holds_alternative<ActiveTest>(pdu.body));
  } else {
    EXPECT_EQ(word, "ACTIVE_TEST_RESP");
    EXPECT_EQ(std::get<ActiveTestResp>(pdu.body), ActiveTestResp{0});
  }
}

TEST(CmppConformance, ReadsTheCollectedVectorsAsDescribed) {
  namespace fs = std::filesystem;
  const char* named = std::getenv("ANLAN_CORPUS");
  std::ifstream rows((named ? fs::path(named) : fs::path(ANLAN_SOURCE_DIR) / "../shared/corpus") /
                     "telemetry/cmpp.txt");
  if (!rows) GTEST_SKIP() << "no vectors at hand; set ANLAN_CORPUS";
  int compared = 0;
  for (std::string row; std::getline(rows, row); ++compared) {
    const std::string hex = row.substr(0, row.find('\t')), told = row.substr(hex.size() + 1);
    const std::uint8_t version = told.find("3.0") < told.find('\t') ? kVersion30 : kVersion20;
    const auto pdu = decode(octets_of(hex), version);
    ASSERT_TRUE(pdu.ok()) << told << sms::sentence(pdu.error());
    expect_described(*pdu, told);
    EXPECT_EQ(hex_of(encode(*pdu, version).value()), hex) << told;
  }
  EXPECT_GE(compared, 10);
}

}  // namespace
}  // namespace anlan::cmpp
