#include "edge/mail/message.h"

#include <gtest/gtest.h>

namespace anlan::edge {
namespace {

const MailChannel kChannel{.name = "mail",
                           .host = "mail.example.gov.cn",
                           .from = "warnings@example.gov.cn",
                           .from_name = "示范市应急管理局",
                           .list_id = "warnings.example.gov.cn",
                           .unsubscribe = "mailto:leave@example.gov.cn"};

outbox::Taken taken(const std::string& text) {
  outbox::Taken one;
  one.key = "warning W1.7.0";
  one.address = "li@example.com";
  one.text = text;
  return one;
}

std::vector<std::string> lines(const std::string& mail) {
  std::vector<std::string> result;
  for (std::size_t at = 0; at < mail.size();) {
    const auto end = mail.find("\r\n", at);
    result.push_back(mail.substr(at, end - at));
    at = end + 2;
  }
  return result;
}

TEST(MailText, HasTheHeadOfItsStandards) {
  const auto said = lines(mail_text(kChannel, taken("Leave now\nThe river rises."), from_ms(1'790'000'000'123)));
  EXPECT_EQ(said, (std::vector<std::string>{
                      "Date: Mon, 21 Sep 2026 22:13:20 +0800",
                      "From: =?UTF-8?B?56S66IyD5biC5bqU5oCl566h55CG5bGA?= "
                      "<warnings@example.gov.cn>",
                      "To: li@example.com", "Subject: Leave now", "Message-ID: <warning=20W1.7.0@example.gov.cn>",
                      "Auto-Submitted: auto-generated", "List-Id: <warnings.example.gov.cn>",
                      "List-Unsubscribe: <mailto:leave@example.gov.cn>", "MIME-Version: 1.0",
                      "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "",
                      "TGVhdmUgbm93ClRoZSByaXZlciByaXNlcy4="}));
}

TEST(MailText, KeepsItsLinesShortAndItsEncodedWordsWhole) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "水位超警🌊";
  for (const std::string& line : lines(mail_text(kChannel, taken(text), from_ms(0)))) {
    EXPECT_LE(line.size(), 76U) << line;
    const auto begin = line.find("?B?");
    if (begin == std::string::npos) continue;
    const auto word = line.substr(begin + 3, line.find("?=", begin) - begin - 3);
    EXPECT_EQ(word.size() % 4, 0U) << line;
  }
}

TEST(MailText, TakesNoFieldOfTheHeadFromAText) {
  const auto said = lines(mail_text(kChannel, taken("a\tb\rBcc: everybody@example.com\n\nc"), from_ms(0)));
  EXPECT_EQ(said[3], "Subject: a b");
  for (const std::string& line : said) EXPECT_FALSE(line.starts_with("Bcc")) << line;
}

TEST(MailAddress, IsOneThatStandsInACommand) {
  for (const char* good : {"a@b", "li.lei+x@example.com", "o'neil@example.com"}) EXPECT_TRUE(is_mail_address(good));
  for (const char* bad : {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b>\r\nRCPT TO:<c@d", "<a@b>", "\"a\"@b", "李@b"})
    EXPECT_FALSE(is_mail_address(bad)) << bad;
}

TEST(MailChannel, ASettingThatCannotBeIsNamed) {
  EXPECT_EQ(fault_of(kChannel), std::nullopt);
  const auto with = [](auto change) {
    MailChannel channel = kChannel;
    change(channel);
    const auto fault = fault_of(channel);
    return fault ? fault->setting + " " + fault->code : std::string();
  };
  EXPECT_EQ(with([](auto& c) { c.name.clear(); }), "name missing");
  EXPECT_EQ(with([](auto& c) { c.host.clear(); }), "host missing");
  EXPECT_EQ(with([](auto& c) { c.host = "a/b"; }), "host form");
  EXPECT_EQ(with([](auto& c) { c.from = "nobody"; }), "from form");
  EXPECT_EQ(with([](auto& c) { c.rate = 0; }), "rate range");
  EXPECT_EQ(with([](auto& c) { c.account = "anlan"; }), "secret missing");
  EXPECT_EQ(with([](auto& c) {
              c.account = c.secret = "anlan";
              c.security = transfer::MailSecurity::kOptional;
            }),
            "security insecure");
  EXPECT_EQ(with([](auto& c) { c.list_id = "a\r\nBcc: b"; }), "list_id form");
}

}  // namespace
}  // namespace anlan::edge
