#include "edge/http/bulletin_input.h"

#include "edge/http/pages_fixture.h"

namespace anlan::edge {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class BulletinInput : public PagesTest {
 protected:
  // What the document takes from the register, in one text.
  std::string printed(const std::string& report, const std::string& account = "shouguang") {
    node.clock.at += Minutes{1};
    const account::Actor viewer = node.directory().actor(account);
    const http::Query asked;
    const std::vector<std::string> arguments{report};
    const Page page{node.sql(), node.vault(), node.reference(), node.directory(), texts, viewer, kReal, node.clock.at,
                    1,          asked,        arguments};
    const auto in = read_bulletin(page, {}, report).value();
    std::string out = in.from + "|" + in.to + "|" + in.title + "|" + in.signer + "|" + in.drafter + "|" + in.duty_phone;
    for (const auto& i : in.instructions) {
      out += "\n" + i.by + "," + i.post;
      for (const auto& p : i.progress) out += "," + p.organisation;
    }
    for (const auto& line : in.timeline) out += "\n" + line.text;
    return out;
  }
  void change_organisation(const std::string& name, const std::string& phone) {
    const auto& known = *node.directory().organisations.organisation("shouguang");
    organisation::ChangeOrganisation c;
    c.name = c.short_name = name;
    c.level = known.level;
    c.division = known.division;
    c.superior = known.superior;
    c.phone = phone;
    done("system", c, "shouguang");
  }
  void change_person(const std::string& id, const std::string& name, const std::string& post) {
    organisation::ChangePerson c;
    c.name = name;
    c.organisation = node.directory().organisations.person(id)->organisation;
    c.post = post;
    done("system", c, id);
  }
  void change_the_register() {
    change_organisation("寿光市（新）", "0536-2222222");
    change_person("p-shouguang-leader", "新局长", "书记");
    change_person("p-shouguang", "新值班员", "科员");
  }
};

TEST_F(BulletinInput, WhatWasSignedKeepsTheNamesPostsAndTelephonesOfThen) {
  change_organisation("寿光市", "0536-1111111");
  const std::string incident = take_down();
  done("shouguang", instruction::Give{"立即疏散", "p-shouguang-leader", {"yangkou"}, {}, {}, {}}, incident);
  const std::string report = draft(incident);
  done("shouguang-leader", report::Sign{}, report);
  done("shouguang", report::Send{}, report);
  const std::string then = printed(report);
  EXPECT_THAT(then, AllOf(HasSubstr("0536-1111111"), HasSubstr("shouguang-leader,局长"), HasSubstr("|shouguang|")));
  change_the_register();
  EXPECT_EQ(printed(report), then);
  EXPECT_EQ(printed(report, "city"), then);
}

TEST_F(BulletinInput, ADraftSaysWhatIsKnownNow) {
  const std::string incident = take_down();
  done("shouguang", instruction::Give{"立即疏散", "p-shouguang-leader", {"yangkou"}, {}, {}, {}}, incident);
  const std::string report = draft(incident);
  change_the_register();
  EXPECT_THAT(printed(report), AllOf(HasSubstr("寿光市（新）|"), HasSubstr("|新值班员|0536-2222222"),
                                     HasSubstr("新局长,书记"), Not(HasSubstr("shouguang-leader"))));
}

TEST_F(BulletinInput, AVersionKeepsItsTitleInTheCourse) {
  const std::string report = send(take_down());
  done("city", report::Decide{report::Decision::kReturned, "请补充伤情"}, report);
  const std::string title = node.state<report::Report>(report).latest().title;
  report::Revise revise;
  revise.title = "另一个标题";
  revise.content.situation = "氯气泄漏，3人受伤";
  done("shouguang", revise, report);
  done("shouguang-leader", report::Sign{}, report);
  const std::string then = printed(report);
  EXPECT_THAT(then, AllOf(HasSubstr("签发《" + title + "》第1版"), HasSubstr("起草初报《另一个标题》第2版")));
  done("shouguang", report::Send{}, report);
  EXPECT_EQ(printed(report), then);
  const auto lines =
      texts_of(get("shouguang", pages::timeline, {node.state<report::Report>(report).incident}).at("items"), "text_zh");
  EXPECT_THAT(lines, Contains("shouguang-leader签发《另一个标题》第2版"));
}

}  // namespace
}  // namespace anlan::edge
